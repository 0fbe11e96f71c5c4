/** The example shops that are meant for customers, one per preset and tier. */
export const exampleFiles = [
  'examples/woocommerce-starter.ts',
  'examples/eccube-standard.ts',
  'examples/custom-high-availability.ts',
] as const;

/** With the one that may be deleted. */
export const allExampleFiles = [...exampleFiles, 'examples/disposable-staging.ts'] as const;

export type ExampleFile = (typeof allExampleFiles)[number];
