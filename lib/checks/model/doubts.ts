import { constructPath } from './declarations.ts';
import type { Resource } from './resource.ts';
import { display, hasUnknown, isMap, type Value } from './values.ts';

/** More than a reader wants to know of one answer. */
const mostNamed = 3;

/** What a value leaves open, as a person reads it: `parameter Admin`, `import vpc-id`. */
export function unknownsIn(value: unknown, depth = 0): readonly string[] {
  if (depth > 12) return [];
  if (typeof value === 'string')
    return hasUnknown(value)
      ? [...display(value).matchAll(/\$\{([^}]*)\}/g)].flatMap(([, name]) => name ?? [])
      : [];
  const parts = Array.isArray(value) ? value : isMap(value) ? Object.entries(value).flat() : [];
  return parts.flatMap((part) => unknownsIn(part as Value, depth + 1));
}

/** Why something that is written in a resource is not decided. */
export function doubtAbout(source: Resource, causes: readonly string[]): string {
  const named = [...new Set(causes)];
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
  return `${named.slice(0, mostNamed).join(', ')}${more}, as written in ${constructPath(source)}`;
}
