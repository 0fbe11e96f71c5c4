import { beforeAll, describe, expect, it } from 'vitest';
import {
  checkTemplates,
  type EnvironmentRow,
  type TemplateInput,
} from '../../../lib/checks/check-templates.ts';
import { exampleEnvironment } from '../../support/synthesize.ts';
import { type Handle, Mutant } from '../mutate.ts';
import { type Edit, editsIn } from './edits.ts';

/**
 * Edits that were written without a look at the rules: each weakening is told, and no harmless one. Many are made at
 * once, at most one a resource, so that a few evaluations show all.
 */
describe('edits of an example that nobody made for a rule', () => {
  let templates: TemplateInput[];

  beforeAll(async () => {
    const { templates: synthesized } = await exampleEnvironment('examples/eccube-standard.ts');
    templates = Object.entries(synthesized).map(([name, template]) => ({
      name,
      template: template.toJSON(),
    }));
  });

  it('are told when they weaken something', () => {
    const edits = editsIn(new URL('weakenings.txt', import.meta.url));
    const rounds = made(edits, templates);
    expect(rounds.flatMap(({ edits: each }) => each).length).toBeGreaterThan(250);
    const silent = rounds.flatMap(({ mutant, edits: each }) => {
      const rows = open(mutant.templates);
      return each.filter(({ handle }) => !rows.some((row) => names(row, handle))).map(({ line }) => line);
    });
    expect(silent).toEqual([]);
  });

  it('are passed over when they are harmless', () => {
    const rounds = made(editsIn(new URL('harmless.txt', import.meta.url)), templates);
    expect(rounds.flatMap(({ edits: each }) => each).length).toBeGreaterThan(80);
    const told = rounds.flatMap(({ mutant }) => open(mutant.templates));
    expect(told.map(({ rule, resource, reason }) => `${rule} ${resource.logicalId} ${reason}`)).toEqual([]);
  });
});

interface Round {
  readonly mutant: Mutant;
  readonly edits: { readonly line: string; readonly handle: Handle }[];
}

function made(edits: readonly Edit[], templates: readonly TemplateInput[]): readonly Round[] {
  const rounds: Round[] = [];
  for (const { line, make } of edits) {
    const handle = make(new Mutant(templates));
    if (!handle) continue;
    const isTaken = (round: Round) =>
      round.edits.some(({ handle: other }) => other.stack === handle.stack && other.id === handle.id);
    let round = rounds.find((each) => !isTaken(each));
    if (!round) {
      round = { mutant: new Mutant(templates), edits: [] };
      rounds.push(round);
    }
    make(round.mutant);
    round.edits.push({ line, handle });
  }
  return rounds;
}

function names({ resource, reason }: EnvironmentRow, { stack, id }: Handle): boolean {
  return (resource.stack === stack && resource.logicalId === id) || reason.includes(id);
}

function open(templates: readonly TemplateInput[]): EnvironmentRow[] {
  return checkTemplates(templates).rows.filter(
    ({ outcome }) => outcome === 'non-compliant' || outcome === 'undecided',
  );
}
