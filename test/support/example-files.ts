/** The example shops, one per preset and tier; the last is the largest. */
export const exampleFiles = [
  'examples/woocommerce-starter.ts',
  'examples/eccube-standard.ts',
  'examples/custom-high-availability.ts',
] as const;

export type ExampleFile = (typeof exampleFiles)[number];
