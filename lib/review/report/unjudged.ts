import { distance } from 'fastest-levenshtein';
import type { Bilingual } from '../../checks/bilingual.ts';
import { awsType, awsTypeNames } from '../../checks/model/aws-types/table.ts';
import type { ResourceRef, Row } from '../../checks/recorder/row.ts';
import { packName } from '../../declarations/pack-name.ts';

/** A resource about which a review says nothing. */
export interface Unjudged {
  readonly resource: ResourceRef;
  /** Whether AWS has a type of this name, as far as its schemas are known. */
  readonly typeExists: boolean;
  /** The name that was most likely meant, of a type that does not exist. */
  readonly meant?: string;
}

/** Resources that no rule of any pack judged, and those of types that nobody knows. */
export function unjudgedIn(resources: readonly ResourceRef[], rows: readonly Row[]): readonly Unjudged[] {
  const judged = new Set(rows.map(({ resource }) => keyOf(resource)));
  return resources.flatMap((resource): Unjudged[] => {
    const typeExists = isType(resource.type);
    if (typeExists && judged.has(keyOf(resource))) return [];
    return [{ resource, typeExists, ...(!typeExists && { meant: nearest(resource.type) }) }];
  });
}

const keyOf = ({ environment, stack, logicalId }: ResourceRef) =>
  JSON.stringify([environment, stack, logicalId]);

/** Types of others, of modules and of macros are not AWS's to know. */
function isType(type: string): boolean {
  if (!type.startsWith('AWS::') || /^AWS::(?:Serverless|CDK)::|::MODULE$/.test(type)) return true;
  return awsType(type) !== undefined;
}

function nearest(type: string): string {
  return awsTypeNames().reduce((best, each) => (distance(each, type) < distance(best, type) ? each : best));
}

const mostNamed = 10;

/** What a reader must hear of them before the findings. */
export function unjudgedRemarks(unjudged: readonly Unjudged[], all: number): readonly Bilingual[] {
  const unknown = unjudged.filter(({ typeExists }) => !typeExists);
  const silent = unjudged.filter(({ typeExists }) => typeExists);
  const remarks = unknown.map(({ resource, meant }) => ({
    en: `${resource.path} is of the type ${resource.type}, which AWS does not have: did you mean ${meant}?`,
    ja: `${resource.path} の種類 ${resource.type} は AWS に存在しません。${meant} の誤りではありませんか。`,
  }));
  if (silent.length === 0) return remarks;
  const named = silent.slice(0, mostNamed).map(({ resource }) => `${resource.path} (${resource.type})`);
  const more = silent.length > mostNamed ? ` and ${silent.length - mostNamed} more` : '';
  return [
    ...remarks,
    {
      en: `No rule says anything about ${silent.length} of ${all} resources: ${named.join(', ')}${more}`,
      ja: `${all} 個のうち ${silent.length} 個のリソースには、どのルールも判定していません：${named.join('、')}${more ? ' ほか' : ''}`,
    },
  ];
}

/**
 * Of the rules of others that cannot read a resource one row stands for all: in templates of any origin there would be
 * thousands that say the same.
 */
export function thrownOnce(rows: readonly Row[]): Row[] {
  const first = new Map<string, { row: Row; rules: Set<string> }>();
  const kept = rows.filter((row) => {
    if (row.outcome !== 'error' || row.rule.pack === packName || row.rule.pack === 'Template') return true;
    const key = JSON.stringify([keyOf(row.resource), row.reason]);
    const before = first.get(key);
    if (before) before.rules.add(row.rule.id);
    else first.set(key, { row, rules: new Set([row.rule.id]) });
    return before === undefined;
  });
  const counted = new Map([...first.values()].map(({ row, rules }) => [row, rules.size]));
  return kept.map((row) => {
    const count = counted.get(row) ?? 1;
    return count > 1 ? { ...row, reason: `${count} rules cannot judge it: ${row.reason}` } : row;
  });
}
