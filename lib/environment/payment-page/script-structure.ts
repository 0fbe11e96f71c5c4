import { createHash } from 'node:crypto';
import { type Node, parse } from 'acorn';

/** What code does, apart from the data it carries. */
export interface ScriptStructure {
  /** SHA-256 of the structure, in hexadecimal digits. */
  readonly hash: string;
  /** Hosts that texts of the code name, sorted. */
  readonly names: readonly string[];
}

/**
 * The structure of code in a page: prices, texts, counts and one-time tokens may change, and it stays the same; a call, a
 * name, an address that is set or called, or markup in a text may not.
 *
 * Data is a literal, or an array or object of nothing else: a shop that sells one product more has one entry more.
 * Code that cannot be read counts as it is, letter by letter.
 */
export function structureOf(code: string): ScriptStructure {
  const names = new Set<string>();
  const text = structureText(code, names);
  return { hash: createHash('sha256').update(text).digest('hex'), names: [...names].sort() };
}

function structureText(code: string, names: Set<string>): string {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return spelled(
        parse(code, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true }),
        names,
        false,
      );
    } catch {
      // Read in the next way.
    }
  }
  for (const host of hostsIn(code)) names.add(host);
  return code;
}

/** Properties whose value is an address or markup. */
const addressed =
  /^(src|srcset|href|action|formAction|innerHTML|outerHTML|srcdoc|textContent|text|data|location|cookie|domain)$/;
/** Calls whose texts are code, an address or markup; those that only parse data are not among them. */
const acting =
  /^(eval|Function|setTimeout|setInterval|atob|unescape|fromCharCode|write|writeln|insertAdjacentHTML|createContextualFragment|createElement|createElementNS|setAttribute|setAttributeNS|addEventListener|on|import|importScripts|register|fetch|sendBeacon|open|post|ajax|getJSON|getScript|WebSocket|EventSource|Worker|SharedWorker|assign|replace|querySelector|querySelectorAll|getElementById)$/;

/** Markup that runs or sends something, and addresses that are code. */
const dangerous =
  /<\s*(script|iframe|form|object|embed|base|link|meta|svg|img)\b|\bon\w+\s*=|javascript:|data:text|srcdoc/i;

/** @param exact whether texts count letter by letter here */
function spelled(node: unknown, names: Set<string>, exact: boolean): string {
  if (Array.isArray(node)) return node.map((each) => spelled(each, names, exact)).join(',');
  if (!isNode(node)) return typeof node === 'object' ? '' : JSON.stringify(node ?? null);
  if (!exact && isData(node)) {
    const texts = textsOf(node);
    for (const text of texts) for (const host of hostsIn(text)) names.add(host);
    const kept = texts.filter((text) => dangerous.test(text));
    return kept.length === 0 ? 'data' : `data${JSON.stringify(kept)}`;
  }
  const own = Object.entries(node).filter(([key]) => !['type', 'start', 'end', 'raw'].includes(key));
  if (node.type === 'Literal' || node.type === 'TemplateElement') {
    const texts = textsOf(node);
    for (const text of texts) for (const host of hostsIn(text)) names.add(host);
    return exact || texts.some((text) => dangerous.test(text)) ? JSON.stringify(texts) : 'data';
  }
  return `${node.type}(${own.map(([key, value]) => `${key}:${spelled(value, names, exact || isExact(node, key))}`).join(' ')})`;
}

function isNode(value: unknown): value is Node & Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Whether texts below this part of a node do something by themselves. */
function isExact(node: Node & Record<string, unknown>, key: string): boolean {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      return key === 'arguments' && acting.test(nameOf(node.callee));
    case 'AssignmentExpression':
      return key === 'right' && addressed.test(nameOf(node.left));
    case 'MemberExpression':
      return key === 'property' && node.computed === true;
    case 'ImportExpression':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return key === 'source';
    default:
      return false;
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'MemberExpression') {
    return isNode(node.property) && node.property.type === 'Literal'
      ? String(node.property.value)
      : nameOf(node.property);
  }
  return '';
}

/** Whether a part of the code is data and nothing else. A list of scripts to load is data too: hosts in it are named. */
function isData(node: unknown): boolean {
  if (!isNode(node)) return node === null;
  switch (node.type) {
    case 'Literal':
      return !('regex' in node);
    case 'ArrayExpression':
      return (node.elements as unknown[]).every(isData);
    case 'ObjectExpression':
      return (node.properties as unknown[]).every(isData);
    case 'Property':
      return node.computed !== true && node.kind === 'init' && isData(node.value);
    case 'UnaryExpression':
      return ['-', '+', '!'].includes(String(node.operator)) && isData(node.argument);
    case 'CallExpression':
      // JSON.parse('…') and JSON.parse(decodeURIComponent('…')), as WordPress hands data over.
      return (
        /^(parse|decodeURIComponent)$/.test(nameOf(node.callee)) &&
        (node.arguments as unknown[]).every(isData)
      );
    default:
      return false;
  }
}

function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (!isNode(node)) return [];
  if (node.type === 'Literal')
    return typeof node.value === 'string' ? [decoded(node.value)] : [String(node.value)];
  if (node.type === 'TemplateElement') return [String((node.value as { cooked?: string }).cooked)];
  return Object.values(node).flatMap(textsOf);
}

function decoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Hosts in a text, in addresses with and without a scheme. */
export function hostsIn(text: string): string[] {
  const found = text
    .replaceAll('\\/', '/')
    .matchAll(/(?:(?:https?|wss?):)?\/\/((?:[a-z0-9-]+\.)+[a-z]{2,63})(?![a-z0-9.-])/gi);
  return [...found].map(([, host = '']) => host.toLowerCase());
}
