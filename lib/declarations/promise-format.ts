/** Before the name of a section of the template, which no logical id can be: they hold letters and digits only. */
export const promisedSectionPrefix = '#';
/** What resources refer to: changed, they would mean something else. */
export const promisedSections = ['Parameters', 'Mappings', 'Conditions', 'Outputs'] as const;

/** Tags are the owner's: cost centres and the like. Where one decides, such as which hosts are patched, a rule reads it. */
export function withoutTags(properties: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([key]) => !key.endsWith('Tags')));
}
