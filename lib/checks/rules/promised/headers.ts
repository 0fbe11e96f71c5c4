import { at, isFalse, isTrue, text, type Value } from '../../model/values.ts';
import type { Keeps } from './differences.ts';

/** A content security policy that names no source more: a directive may lose sources, or be added. */
export const tighterPolicy: Keeps = (promised, found) => {
  const [one, other] = [directivesOf(promised), directivesOf(found)];
  return (
    [...one.keys()].every((name) => other.has(name)) &&
    [...other].every(([name, sources]) => {
      const governed = [name, ...(fallbacks[name] ?? [])].find((each) => one.has(each));
      if (governed === undefined) return Object.hasOwn(fallbacks, name) || narrowingDirectives.has(name);
      return sources.every((source) => source === "'none'" || one.get(governed)?.includes(source));
    })
  );
};

/** What a directive follows as long as it is not written: one that is added takes that over. https://www.w3.org/TR/CSP3/#directive-fallback-list */
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['child', 'connect', 'font', 'img', 'manifest', 'media', 'object', 'script', 'style'].map((kind) => [
      `${kind}-src`,
      ['default-src'],
    ]),
  ),
  ...Object.fromEntries(
    ['script', 'style'].flatMap((kind) =>
      ['elem', 'attr'].map((part) => [`${kind}-src-${part}`, [`${kind}-src`, 'default-src']]),
    ),
  ),
  'default-src': [],
  'frame-src': ['child-src', 'default-src'],
  'worker-src': ['child-src', 'script-src', 'default-src'],
};

/** Directives that take something away by being there; of any other, such as where reports go, nobody has said that. */
const narrowingDirectives = new Set([
  'base-uri',
  'block-all-mixed-content',
  'form-action',
  'frame-ancestors',
  'require-trusted-types-for',
  'sandbox',
  'trusted-types',
  'upgrade-insecure-requests',
]);

function directivesOf(value: Value | undefined): Map<string, string[]> {
  const directives = (text(value) ?? '').split(';').map((each) => each.trim().split(/\s+/));
  const found = new Map<string, string[]>();
  for (const [name, ...sources] of directives) {
    // Of a directive that stands twice, browsers take the first.
    if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), sources);
  }
  return found;
}

/** A Permissions-Policy that gives no page more: a feature may be refused besides. */
export const fewerFeatures: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => featuresOf(value));
  return (
    one !== undefined &&
    other !== undefined &&
    [...one].every(([name, allowed]) => [allowed, '()'].includes(other.get(name) ?? '')) &&
    [...other].every(([name, allowed]) => one.has(name) || allowed === '()')
  );
};

/** https://www.w3.org/TR/permissions-policy/#structured-header-serialization */
function featuresOf(value: Value | undefined): Map<string, string> | undefined {
  const members = (text(value) ?? '').split(/,(?![^(]*\))/).map((each) => each.trim().split('='));
  const features = new Map(members.map(([name = '', allowed = '']) => [name.toLowerCase(), allowed]));
  return [...features].some(([name, allowed]) => !name || !allowed) ? undefined : features;
}

/** Headers that only take something away from pages and from those who embed them. */
const narrowingHeaders =
  /^(?:cross-origin-(?:opener|resource|embedder)-policy|x-permitted-cross-domain-policies|permissions-policy|x-dns-prefetch-control|origin-agent-cluster|x-download-options)$/i;

export const narrowingHeader: Keeps = (promised, found) =>
  promised === undefined &&
  narrowingHeaders.test(text(at(found, 'Header')) ?? '') &&
  !/unsafe|\*/.test(text(at(found, 'Value')) ?? '');

/** What old browsers do about scripts in a request: block the page, or nothing, which is what new ones do; never report. */
export const xssFilter: Keeps = (promised, found) =>
  promised === undefined &&
  at(found, 'ReportUri') === undefined &&
  (isFalse(at(found, 'Protection')) || isTrue(at(found, 'ModeBlock')));
