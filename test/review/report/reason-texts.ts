import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, type Expression, parse } from 'acorn';
import { transformSync } from 'esbuild';

/** Every text by which a rule says that something does not hold or cannot be told; `{}` stands for a value. */
export function reasonTexts(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return [...new Set(files.flatMap((file) => textsOfFile(readFileSync(join(folder, file), 'utf8'))))];
}

/** Every text that a file writes into a property of that name; `{}` stands for a value. */
export function propertyTexts(file: string, names: readonly string[]): string[] {
  const nodes = nodesOf(readFileSync(file, 'utf8'));
  const values = nodes.flatMap((node) =>
    node.type === 'Property' && node.key.type === 'Identifier' && names.includes(node.key.name)
      ? [node.value as Expression]
      : [],
  );
  return [...new Set(values.flatMap((value) => textsOf(value, nodes)))];
}

/** As `propertyTexts`, with every text that such a text may be put together of: all but other properties, and what is compared with. */
export function writtenTexts(file: string, names: readonly string[]): string[] {
  const [program] = nodesOf(readFileSync(file, 'utf8'));
  return program ? [...new Set(textsWithin(program, names))] : [];
}

function* textsWithin(node: AnyNode, names: readonly string[]): Generator<string> {
  if (node.type === 'ImportDeclaration') return;
  const isText = (each: AnyNode) =>
    each.type === 'TemplateLiteral' || (each.type === 'Literal' && typeof each.value === 'string');
  if (isText(node)) yield* textsOf(node as Expression, []);
  for (const child of childrenOf(node)) {
    const isNamed =
      node.type !== 'Property' || (node.key.type === 'Identifier' && names.includes(node.key.name));
    if (!isText(child) || (isNamed && node.type !== 'BinaryExpression')) yield* textsWithin(child, names);
  }
}

function nodesOf(source: string): AnyNode[] {
  const { code } = transformSync(source, { loader: 'ts', target: 'es2022' });
  return [...nodesIn(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }))];
}

function textsOfFile(source: string): string[] {
  const nodes = nodesOf(source);
  const sayings = nodes.flatMap((node) =>
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    ['fail', 'unsure'].includes(node.callee.name) &&
    node.arguments[0]
      ? [node.arguments[0] as Expression]
      : [],
  );
  return sayings.flatMap((said) => textsOf(said, nodes));
}

function* nodesIn(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flat()
    .filter((child) => typeof child === 'object' && child !== null && 'type' in child);
}

/** What an expression can be, as far as it is written in its file. */
function textsOf(said: Expression, nodes: readonly AnyNode[], depth = 0): string[] {
  if (depth > 3) return [];
  const inner = (each: Expression) => textsOf(each, nodes, depth + 1);
  switch (said.type) {
    case 'Literal':
      return [String(said.value)];
    case 'TemplateLiteral':
      return [said.quasis.map(({ value }) => value.cooked ?? '').join('{}')];
    case 'ConditionalExpression':
      return [...inner(said.consequent), ...inner(said.alternate)];
    case 'LogicalExpression':
      return [...inner(said.left), ...inner(said.right)];
    case 'Identifier':
      return initialsOf(said.name, nodes).flatMap(inner);
    case 'CallExpression':
      return said.callee.type === 'Identifier' ? returnsOf(said.callee.name, nodes).flatMap(inner) : [];
    default:
      return [];
  }
}

function initialsOf(name: string, nodes: readonly AnyNode[]): Expression[] {
  return nodes.flatMap((node) =>
    node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name && node.init
      ? [node.init]
      : [],
  );
}

function returnsOf(name: string, nodes: readonly AnyNode[]): Expression[] {
  const named = nodes.find((node) => node.type === 'FunctionDeclaration' && node.id?.name === name);
  return named
    ? [...nodesIn(named)].flatMap((node) =>
        node.type === 'ReturnStatement' && node.argument ? [node.argument] : [],
      )
    : [];
}
