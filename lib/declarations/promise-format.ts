import { declarationKeys } from './keys.ts';

/** Before the name of a section of the template, which no logical id can be: they hold letters and digits only. */
export const promisedSectionPrefix = '#';
/** What resources refer to: changed, they would mean something else. */
export const promisedSections = ['Parameters', 'Mappings', 'Conditions', 'Outputs', 'Declarations'] as const;
/** Among the declarations, which stand by logical id, those of the template itself. */
export const ofTemplate = '#';

/**
 * What metadata declares to the checks, but for the promises themselves: who changes a declaration changes what the
 * other rules expect. Undefined where it declares nothing.
 */
export function declarationsIn(metadata: unknown): Readonly<Record<string, unknown>> | undefined {
  const declared = Object.entries(metadata ?? {}).filter(
    ([key]) => key !== declarationKeys.promises && declarationNames.includes(key),
  );
  return declared.length > 0 ? Object.fromEntries(declared) : undefined;
}

const declarationNames: readonly string[] = Object.values(declarationKeys);

/** Tags are the owner's: cost centres and the like. Where one decides, such as which hosts are patched, a rule reads it. */
export function withoutTags(properties: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([key]) => !key.endsWith('Tags')));
}

/**
 * A promise as the text that metadata holds. A dynamic reference (`{{resolve:secretsmanager:...}}`) must not be there to be
 * seen: CloudFormation looks for them in the whole template, and its validator reads this one together with what follows it.
 */
export function promiseText(promise: unknown): string {
  // Two braces in a row stand inside of texts only, where JSON takes the one as well by its number.
  return JSON.stringify(promise).replaceAll('{{', '{\\u007b');
}
