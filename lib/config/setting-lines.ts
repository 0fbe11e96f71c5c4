import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { extname } from 'node:path';
import { type Expression, type ObjectExpression, type Program, parse } from 'acorn';
import { type Loader, transformSync } from 'esbuild';

/** A place in a config file, from 1. */
export interface SettingPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a config file writes its settings. Follows objects that are written out, constants of the same file and spreads
 * of them; what comes out of a function or another file has no place.
 *
 * @returns by a path such as `['environments', 'production', 'waf', 'mode']` the place of the setting, or of the
 * innermost object of its that is written, where it would be added
 */
export function settingLines(
  file: string,
  text = readFileSync(file, 'utf8'),
): (path: readonly string[]) => SettingPlace | undefined {
  const { code, map } = transformSync(text, {
    loader: extname(file).replace(/^\.[cm]?/, '') as Loader,
    format: 'esm',
    sourcemap: 'external',
    logLevel: 'silent',
  });
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const original = new SourceMap(JSON.parse(map));
  const shop = exportedObject(program);
  return (path) => {
    const place = shop && placeIn(shop, path, program);
    if (!place) return undefined;
    const entry = original.findEntry(place.line - 1, place.column);
    return 'originalLine' in entry
      ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
      : undefined;
  };
}

function exportedObject(program: Program): ObjectExpression | undefined {
  for (const node of program.body) {
    if (node.type !== 'ExportDefaultDeclaration' && node.type !== 'ExportNamedDeclaration') continue;
    if (node.type === 'ExportDefaultDeclaration') return objectOf(node.declaration as Expression, program);
    const named = node.specifiers.find(
      ({ exported }) => exported.type === 'Identifier' && exported.name === 'default',
    );
    if (named?.local.type === 'Identifier') return objectOf(named.local, program);
  }
  return undefined;
}

/** The object that an expression is: itself, a constant, or what `defineShop` is given. */
function objectOf(expression: Expression, program: Program): ObjectExpression | undefined {
  if (expression.type === 'ObjectExpression') return expression;
  if (expression.type === 'CallExpression') {
    const [given] = expression.arguments;
    return given && given.type !== 'SpreadElement' ? objectOf(given, program) : undefined;
  }
  if (expression.type !== 'Identifier') return undefined;
  for (const node of program.body) {
    const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    if (declared?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declared.declarations)
      if (id.type === 'Identifier' && id.name === expression.name && init) return objectOf(init, program);
  }
  return undefined;
}

function placeIn(
  object: ObjectExpression,
  [name, ...inner]: readonly string[],
  program: Program,
): SettingPlace | undefined {
  // The last one counts.
  for (const property of object.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const spread = objectOf(property.argument, program);
      const found =
        spread && holds(spread, name, program) && placeIn(spread, [name ?? '', ...inner], program);
      if (found) return found;
      continue;
    }
    const { key, value } = property;
    const own = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (own !== name || !property.loc) continue;
    const below = inner.length > 0 ? objectOf(value as Expression, program) : undefined;
    return (below && holds(below, inner[0], program) && placeIn(below, inner, program)) || property.loc.start;
  }
  return undefined;
}

function holds(object: ObjectExpression, name: string | undefined, program: Program): boolean {
  return name !== undefined && placeIn(object, [name], program) !== undefined;
}
