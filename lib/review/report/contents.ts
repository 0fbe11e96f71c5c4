import { createHash } from 'node:crypto';
import { declarationKeys } from '../../declarations/keys.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import { shownLogical } from './locations.ts';

const mark = ' #';

/** A fact whose value is too long to show, or not to be shown: its name, and a digest by which another value is noticed. */
function withDigest(name: string, value: unknown): string {
  const digest = createHash('sha256').update(canonical(value)).digest('base64url').slice(0, 12);
  return `${name}${mark}${digest}`;
}

/** The fact without its digest: what stays the same while its value changes. */
export function nameOfFact(fact: string): string {
  return fact.replace(/ #[\w-]{12}$/, '');
}

/** Two spellings of one value, which differ by the order of keys alone, are one. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

/** What of a resource is no setting of it: its kind and its place are facts of their own, and an order is not reviewed. */
const apart = ['Type', 'Properties', 'Metadata', 'DependsOn'];
/** The same of a template. */
const noSections = ['Resources', 'Metadata', 'AWSTemplateFormatVersion'];

/** Every setting of every resource, and every other section of the template: whatever a deploy would do otherwise. */
export function contentsOf({ name, template }: StackTemplate): string[] {
  const settings = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const { Properties = {}, Metadata = {} } = resource;
    const shown = shownLogical(name, logicalId, Metadata);
    return [
      ...Object.entries(Properties),
      ...Object.entries(resource).filter(([attribute]) => !apart.includes(attribute)),
      ...declarationsOf(Metadata),
    ].map(([setting, value]) => withDigest(`${shown}: ${setting}`, value));
  });
  const sections = Object.entries(template).filter(([section]) => !noSections.includes(section));
  const declared = isObject(template.Metadata) ? declarationsOf(template.Metadata) : [];
  return [
    ...settings,
    ...[...sections, ...declared].map(([section, value]) => withDigest(`${name}: ${section}`, value)),
  ];
}

const declarations: readonly string[] = Object.values(declarationKeys).filter(
  (key) => key !== declarationKeys.promises,
);

function declarationsOf(metadata: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(metadata).filter(([key]) => declarations.includes(key));
}
