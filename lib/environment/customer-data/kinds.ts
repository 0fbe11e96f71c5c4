/** What can be exported at the customer-data desk. */
export const exportKinds = ['customers', 'orders'] as const;
export type ExportKind = (typeof exportKinds)[number];
