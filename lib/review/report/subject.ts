import { basename, relative, resolve } from 'node:path';
import type { IConstruct } from 'constructs';
import { packNames } from '../../checks/packs/index.ts';
import type { RecorderProps } from '../../checks/recorder/recorder.ts';
import type { Acknowledgement } from '../../checks/recorder/row.ts';
import { UserError } from '../../cli/user-error.ts';
import type { Shop } from '../../config/index.ts';
import { defaultConfigFile } from '../../config/load.ts';
import { sections } from '../../config/reference.ts';
import { settingLines } from '../../config/setting-lines.ts';
import { readAssembly } from '../templates/assembly.ts';
import { isObject, readTemplate, stackNameOf } from '../templates/template-file.ts';
import { type StackTemplate, templateTree, type UnreadableResource } from '../templates/template-tree.ts';
import { type Notice, noticesOf, noticesOfTemplates } from './notices.ts';
import type { SettingAt } from './places.ts';

/** What is reviewed: a construct tree for the nag packs, and the templates for the checks of our own. */
export interface Subject {
  readonly title: string;
  /** How the reader can ask for the same review again. */
  readonly source: string;
  readonly tree: IConstruct;
  readonly stacks: readonly StackTemplate[];
  readonly recorder: RecorderProps;
  readonly unreadable: readonly UnreadableResource[];
  readonly notices: readonly Notice[];
  /** Undefined for what has no config file. */
  readonly settingAt?: SettingAt;
}

/** What the options of a review name; without one the usual config. */
export interface SubjectPlace {
  readonly template?: readonly string[];
  readonly assembly?: string;
  readonly config?: string;
}

/**
 * Reads what is to be reviewed as far as its mistakes show: the templates of a config, which take seconds, are made when
 * what is returned is called.
 *
 * @throws UserError with all that is wrong with it
 */
export async function openSubject({ template, assembly, config }: SubjectPlace) {
  if (template) return always(subjectFromTemplates(template));
  if (assembly !== undefined) return always(subjectFromAssembly(assembly));
  const { loadShop } = await import('../../config/load.ts');
  const shop = await loadShop(config);
  return () => subjectOfShop(shop, config);
}

function always(subject: Subject): () => Promise<Subject> {
  return async () => subject;
}

/** Synthesizes a shop, offline and without credentials. */
async function subjectOfShop(shop: Shop, configFile: string | undefined): Promise<Subject> {
  const { withSynthesizedShop } = await import('../../synthesize.ts');
  const subject = (app: IConstruct, assembly: string): Subject => ({
    title: shop.name,
    source: configFile ? `--config ${relativeToHere(configFile)}` : 'shop.config.ts',
    tree: app,
    stacks: readAssembly(assembly).stacks,
    recorder: {},
    unreadable: [],
    notices: noticesOf(shop),
    settingAt: settingsOf(configFile),
  });
  return withSynthesizedShop(shop, subject, { sources: true });
}

/** Settings by the names that the reference of the config gives them; those of an environment begin inside of it. */
export function settingsOf(configFile = defaultConfigFile): SettingAt {
  const file = resolve(configFile);
  const placeOfSetting = settingLines(file);
  const names = new Set(
    sections().flatMap(({ path, settings }) => {
      // Of a choice, such as "platform (custom)", each setting is known by its name alone.
      const section = path.replace(/ \(.*\)$/, '');
      return settings.map(({ name }) => (section === '' ? name : `${section}.${name}`));
    }),
  );
  return (environment, setting) => {
    const [path, name] = names.has(`environments.NAME.${setting}`)
      ? [['environments', environment, ...setting.split('.')], setting]
      : [setting.split('.'), names.has(setting) ? setting : undefined];
    const place = name && placeOfSetting(path);
    return place ? { file, ...place } : undefined;
  };
}

/** Templates of any origin; together they are one environment. */
export function subjectFromTemplates(files: readonly string[]): Subject {
  const problems: string[] = [];
  const taken = new Set<string>();
  const stacks = files.flatMap((file): StackTemplate[] => {
    try {
      return [{ environment: '', name: unused(stackNameOf(file), taken), ...readTemplate(file) }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new UserError(problems);
  const { app, recorder, unreadable, remarks } = templateTree(stacks);
  return {
    title: files.map((file) => basename(file)).join(', '),
    source: `--template ${files.map(relativeToHere).join(' ')}`,
    tree: app,
    stacks,
    // The resources below an acknowledged construct each carry a copy: which of them are of use cannot be told.
    recorder: { ...recorder, acknowledgements: acknowledgementsIn(stacks), auditAcknowledgements: false },
    unreadable,
    notices: noticesOfTemplates(stacks, remarks),
  };
}

/** A cloud assembly on disk, with the acknowledgements and source lines its metadata holds. */
export function subjectFromAssembly(folder: string): Subject {
  const assembly = readAssembly(folder);
  const inTemplates = [...acknowledgementsIn(assembly.stacks)];
  const { app, recorder, unreadable, remarks } = templateTree(assembly.stacks, assembly.origins);
  return {
    title: basename(folder),
    source: `--assembly ${relativeToHere(folder)}`,
    tree: app,
    stacks: assembly.stacks,
    recorder: {
      ...recorder,
      acknowledgements: [...assembly.acknowledgements, ...inTemplates],
      auditAcknowledgements: inTemplates.length === 0,
    },
    unreadable,
    notices: noticesOfTemplates(assembly.stacks, remarks),
  };
}

/** Acknowledgements as cdk-nag writes them into templates (`cdk_nag: { rules_to_suppress: [{ id, reason }] }`). */
function* acknowledgementsIn(stacks: readonly StackTemplate[]): Generator<Acknowledgement> {
  for (const { name, template } of stacks) {
    for (const [logicalId, { Metadata }] of Object.entries(template.Resources)) {
      const written = isObject(Metadata?.cdk_nag) ? Metadata.cdk_nag.rules_to_suppress : undefined;
      if (!Array.isArray(written)) continue;
      const path = Metadata?.['aws:cdk:path'];
      for (const { id, reason } of written.filter(isObject)) {
        if (typeof id !== 'string' || typeof reason !== 'string') continue;
        const pack = packNames.find((known) => id.startsWith(`${known}-`));
        yield {
          id: pack ? `${pack}::${id}` : id,
          reason,
          path: typeof path === 'string' ? path : `${name}/${logicalId}`,
          scope: 'construct',
        };
      }
    }
  }
}

function unused(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}-${count}`;
  taken.add(candidate);
  return candidate;
}

function relativeToHere(file: string): string {
  return relative(process.cwd(), file) || '.';
}
