import { z } from 'zod';
import { expectation, isRequired, objectOptions, unionOptions, unwrap } from './reader.ts';
import { japanese } from './reference.ja.ts';
import type { Language } from './reference-language.ts';
import { shopSchema } from './schema.ts';

/** One object of the config file, such as `environments.NAME.waf`, and the settings in it. */
export interface Section {
  /** Empty for the shop itself. */
  readonly path: string;
  readonly description: string;
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The section that describes an object's own settings. */
  readonly section: string | undefined;
  /** As it would be written; undefined when there is none. */
  readonly default: string | undefined;
  readonly required: boolean;
  readonly description: string;
}

export const english: Language = {
  headings: ['Setting', 'Value', 'Default', 'Meaning'],
  shop: 'The shop',
  required: '**required**',
  list: (of) => `list: ${of}`,
  object: 'object',
  translate: (text) => text,
};

/** The pages that hold the tables. */
export const pages: readonly { readonly file: string; readonly language: Language }[] = [
  { file: 'docs/configuration.md', language: english },
  { file: 'docs/configuration.ja.md', language: japanese },
];

const begin = '<!-- The tables below are generated from lib/config/schema.ts by `npm run docs`. -->';

/** @returns the page with its tables renewed; what stands above them is written by hand */
export function renewTables(page: string, language: Language): string {
  const [introduction = ''] = page.split(begin);
  return `${introduction.trimEnd()}\n\n${begin}\n\n${tables(language)}`;
}

function tables(language: Language): string {
  return sections()
    .map((section) => {
      const title = section.path === '' ? language.shop : `\`${section.path}\``;
      const about = section.description === '' ? '' : `${language.translate(section.description)}\n\n`;
      const rows = section.settings.map((setting) => tableRow(setting, language));
      const head = `| ${language.headings.join(' | ')} |\n|---|---|---|---|`;
      return `## ${title}\n\n${about}${head}\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

function tableRow(setting: Setting, language: Language): string {
  const byDefault = setting.default === undefined ? '' : `\`${setting.default}\``;
  const cells = [
    `\`${setting.name}\``,
    valueText(setting, language),
    setting.required ? language.required : byDefault,
    language.translate(setting.description),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function valueText({ value, section }: Setting, language: Language): string {
  const isList = value.startsWith('list: ');
  const single = isList ? value.slice('list: '.length) : value;
  const text =
    section === undefined ? language.translate(single) : `[${language.object}](#${anchor(section)})`;
  return isList ? language.list(text) : text;
}

/** As GitHub makes it from a heading. */
function anchor(section: string): string {
  return section
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

/** Every object of the config file, outer ones first. */
export function sections(): readonly Section[] {
  return sectionsOf(shopSchema, '', '');
}

function sectionsOf(schema: z.core.$ZodType, path: string, description: string): Section[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord && isObject(inner.def.valueType)) {
    return sectionsOf(inner.def.valueType, `${path}.NAME`, description);
  }
  if (inner instanceof z.ZodArray) return sectionsOf(inner.def.element, `${path}[]`, description);
  if (inner instanceof z.ZodDiscriminatedUnion) {
    return [...unionOptions(inner)].flatMap(([name, option]) => {
      const kind = option.shape[inner.def.discriminator] as z.core.$ZodType;
      return sectionsOf(option, `${path} (${String(name)})`, descriptionOf(kind));
    });
  }
  const options = objectOptions(inner);
  if (options.length > 0) {
    return options.flatMap((option, index) =>
      sectionsOf(option, path, index === 0 ? description : '').map((section) => ({
        ...section,
        path: index === 0 ? section.path : `${section.path} (${kindOf(option)})`,
      })),
    );
  }
  if (!(inner instanceof z.ZodObject)) return [];
  const settings = Object.entries(inner.shape).map(([name, setting]) => settingOf(name, setting, path));
  const below = Object.entries(inner.shape).flatMap(([name, setting]) =>
    sectionsOf(
      setting,
      path === '' ? name : `${path.replace(/ \(.*\)$/, '')}.${name}`,
      descriptionOf(setting),
    ),
  );
  return [{ path, description, settings }, ...below];
}

/** The one text that tells an option from the others, such as `ses`. */
function kindOf(option: z.ZodObject): string {
  const literal = Object.values(option.shape).find((setting) => setting instanceof z.ZodLiteral);
  return String(literal?.value ?? '');
}

function settingOf(name: string, schema: z.core.$ZodType, path: string): Setting {
  const below = sectionsOf(schema, path === '' ? name : `${path.replace(/ \(.*\)$/, '')}.${name}`, '');
  return {
    name,
    value: writtenAs(schema),
    section: below[0]?.path,
    default: defaultOf(schema),
    required: isRequired(schema),
    description: descriptionOf(schema),
  };
}

function writtenAs(schema: z.core.$ZodType): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return `list: ${writtenAs(inner.def.element)}`;
  if (isObject(inner)) return 'object';
  if (inner instanceof z.ZodRecord) return 'object of texts';
  if (inner instanceof z.ZodBoolean) return '`true` or `false`';
  return expectation(inner)
    .replace(/^.*?\bwrite /, '')
    .replace(/"([^"]+)"/g, '`$1`');
}

function isObject(schema: z.core.$ZodType): boolean {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return isObject(inner.def.valueType);
  return (
    inner instanceof z.ZodObject ||
    inner instanceof z.ZodDiscriminatedUnion ||
    objectOptions(inner).length > 0
  );
}

function defaultOf(schema: z.core.$ZodType): string | undefined {
  if (!(schema instanceof z.ZodDefault)) return undefined;
  const value: unknown = schema.def.defaultValue;
  return JSON.stringify(value, undefined, 1)
    .replaceAll(/\n\s*/g, ' ')
    .replace('[ ]', '[]')
    .replace('{ }', '{}');
}

function descriptionOf(schema: z.core.$ZodType): string {
  return z.globalRegistry.get(schema)?.description ?? '';
}
