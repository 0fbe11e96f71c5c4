import { readFileSync } from 'node:fs';
import type { Handle, Json, Mutant } from '../mutate.ts';

/**
 * An edit of a template as a line: type, a pattern of logical ids, and what to do there.
 * `Type | pattern | path = json`, `path += json` (one member more), `path -` (remove), `path ~ /from/to/` (in a text),
 * `Type | pattern | !` (remove the resource). A step of a path may pick a member of a list: `Rules.[Name=admin-paths]`;
 * `#DeletionPolicy` is beside the properties.
 */
export interface Edit {
  readonly line: string;
  /** Makes the edit; returns the resource, or undefined when the templates hold nothing that it is about. */
  make(mutant: Mutant): Handle | undefined;
}

export function editsIn(file: URL): readonly Edit[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('//'))
    .map((line) => ({ line, make: makerOf(line) }));
}

function makerOf(line: string): Edit['make'] {
  const match = /^(\S+) \| (\S*) ?\| (?:(!)|(\S+) (-|=|\+=|~)(?: (.*))?)$/.exec(line);
  if (!match) throw new Error(`no edit: ${line}`);
  const [, type = '', like = '', whole, path = '', operator, value = ''] = match;
  const fullType = type.startsWith('Custom::') ? type : `AWS::${type}`;
  return (mutant) => {
    for (const handle of mutant.all(fullType)) {
      if (!new RegExp(like).test(handle.id)) continue;
      if (whole) {
        mutant.remove(handle);
        return handle;
      }
      const before = JSON.stringify(handle.resource);
      const root = path.startsWith('#') ? handle.resource : handle.p;
      change(root, stepsOf(path.replace('#', '')), operator as string, value);
      if (JSON.stringify(handle.resource) !== before) return handle;
    }
    return undefined;
  };
}

function change(root: Json, steps: string[], operator: string, value: string): void {
  const last = steps.pop() as string;
  const parent = steps.reduce((at: Json, step) => {
    const key = keyOf(at, step);
    if (operator === '=' && at && at[key] === undefined) at[key] = {};
    return at?.[key];
  }, root);
  if (typeof parent !== 'object' || parent === null) return;
  const key = keyOf(parent, last);
  if (operator === '=') parent[key] = JSON.parse(value);
  else if (parent[key] === undefined) return;
  else if (operator === '-') delete parent[key];
  else if (operator === '+=') parent[key] = [parent[key], JSON.parse(value)].flat();
  else {
    const [, from = '', to = ''] = value.split('/');
    const isText = typeof parent[key] === 'string';
    const written = isText ? parent[key] : JSON.stringify(parent[key]);
    const changed = written.replace(new RegExp(from), to);
    parent[key] = isText ? changed : JSON.parse(changed);
  }
}

/** Split at points, but for those inside a selection. */
function stepsOf(path: string): string[] {
  return path.match(/\[[^\]]*\]|[^.[]+/g) ?? [];
}

function keyOf(at: Json, step: string): string | number {
  const selection = /^\[(\w+)=(.*)\]$/.exec(step);
  if (!selection) return step;
  const [, key = '', value] = selection;
  return Array.isArray(at) ? at.findIndex((each: Json) => String(each[key]) === value) : step;
}
