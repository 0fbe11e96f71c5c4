import type { Bilingual } from '../bilingual.ts';
import type { Acknowledgement, ResourceRef, Row, RuleRef } from './row.ts';

/** Pack name under which the findings about acknowledgements themselves are reported. */
export const acknowledgementPack = 'Acknowledgements';

const rule = (id: string, info: Bilingual, explanation: Bilingual): RuleRef => ({
  pack: acknowledgementPack,
  id: `${acknowledgementPack}-${id}`,
  severity: 'error',
  info: info.en,
  infoJa: info.ja,
  explanation: explanation.en,
  explanationJa: explanation.ja,
});

export const acknowledgementRules = {
  qualified: rule(
    'Qualified',
    {
      en: 'The acknowledgement names a rule without its pack, so the finding would vanish from every report.',
      ja: '承認がパックなしでルールを指していて、指摘がどの報告からも消える。',
    },
    {
      en: 'Write the id as "Pack::Rule", such as "AwsSolutions::AwsSolutions-S1": only then the finding stays in the report together with its reason.',
      ja: 'id は "AwsSolutions::AwsSolutions-S1" のように "パック::ルール" と書いてください。そうして初めて、指摘が理由とともに報告に残ります。',
    },
  ),
  narrow: rule(
    'Narrow',
    {
      en: 'The acknowledgement stands on an app, stage or stack and covers resources nobody looked at.',
      ja: '承認がアプリ、ステージ、スタックに置かれていて、誰も見ていないリソースにも及ぶ。',
    },
    {
      en: 'Move it to the construct it is about: resources added later would be accepted unseen.',
      ja: '対象のコンストラクトに移してください。後から加えたリソースが見られないまま承認されます。',
    },
  ),
  current: rule(
    'Current',
    { en: 'The acknowledgement matches no finding.', ja: '承認に当てはまる指摘がない。' },
    {
      en: 'Remove it: the finding it accepted is gone, or its id is misspelt; left standing it would silently accept the next one.',
      ja: '削除してください。承認した指摘がなくなったか、id が誤っています。残すと次の指摘を黙って承認します。',
    },
  ),
  explained: rule(
    'Explained',
    {
      en: 'The acknowledgement gives no reason a reviewer could judge.',
      ja: '承認に、レビュー担当者が判断できる理由がない。',
    },
    {
      en: 'Name the control that compensates, in a sentence of at least 20 characters.',
      ja: '補完する対策を 20 文字以上の文で書いてください。',
    },
  ),
};

const shortestReason = 20;

/** The validator that ships with the CDK: it keeps its findings to itself. */
const templateValidator = 'CloudFormation-Validate';

interface Standing {
  readonly acknowledgement: Acknowledgement;
  matches: number;
}

/** The acknowledgements of a construct tree by path, and which of them are of use. */
export class Acknowledgements {
  private readonly byPath = new Map<string, Map<string, Standing>>();
  private readonly inEffectAt = new Map<string, ReadonlyMap<string, Standing>>();

  constructor(acknowledgements: Iterable<Acknowledgement>) {
    for (const acknowledgement of acknowledgements) {
      const here = this.byPath.get(acknowledgement.path) ?? new Map<string, Standing>();
      here.set(acknowledgement.id, { acknowledgement, matches: 0 });
      this.byPath.set(acknowledgement.path, here);
    }
  }

  /** The nearest acknowledgement of this finding, which from then on counts as being of use. */
  match(path: string, pack: string, finding: string): Acknowledgement | undefined {
    const standing = this.inEffect(path).get(qualified(pack, finding));
    if (!standing) return undefined;
    standing.matches += 1;
    return standing.acknowledgement;
  }

  /** By path and not by construct: that is how the CDK matches them, and all that an assembly on disk tells. */
  private inEffect(path: string): ReadonlyMap<string, Standing> {
    const known = this.inEffectAt.get(path);
    if (known) return known;
    const outer = path === '' ? new Map<string, Standing>() : this.inEffect(parentOf(path));
    const own = this.byPath.get(path);
    const all = own ? new Map([...outer, ...own]) : outer;
    this.inEffectAt.set(path, all);
    return all;
  }

  /**
   * Judges the acknowledgements themselves, after every pack has run.
   *
   * @param packsRun packs whose findings are known; an acknowledgement of another pack cannot be called stale
   * @param packsKnown every pack by name, so that an id written without its pack is recognized
   * @param resources what the acknowledged constructs are made of
   */
  audit(
    packsRun: readonly string[],
    packsKnown: readonly string[],
    resources: readonly ResourceRef[],
  ): Row[] {
    const rows: Row[] = [];
    const byPath = new Map(resources.map((resource) => [resource.path, resource]));
    for (const { acknowledgement, matches } of [...this.byPath.values()].flatMap((here) => [
      ...here.values(),
    ])) {
      const { id, reason, scope } = acknowledgement;
      const [namespace = '', bareId = ''] = splitOnce(id, '::');
      const isAnnotation = /^annotation$/i.test(namespace);
      const unqualified = isAnnotation && packsKnown.some((pack) => bareId.startsWith(`${pack}-`));
      // What is left under this prefix acknowledges a warning of the CDK itself, which is no rule of a pack.
      if (isAnnotation && !unqualified) continue;
      // Nor do packs know of the CDK's own validator, whose findings the CDK's constructs acknowledge by themselves.
      if (namespace === templateValidator) continue;

      const resource = subjectOf(acknowledgement, byPath);
      const judged = (against: RuleRef, holds: boolean): Row => ({
        rule: against,
        finding: `${against.id}[${isAnnotation ? bareId : id}]`,
        resource,
        outcome: holds ? 'compliant' : 'non-compliant',
        ...(!holds && { reason: against.info }),
        acknowledgement,
      });
      rows.push(
        judged(acknowledgementRules.qualified, !unqualified),
        judged(acknowledgementRules.narrow, scope === 'construct'),
        judged(acknowledgementRules.explained, reason.trim().length >= shortestReason),
      );
      const decidable = packsRun.includes(namespace) || !packsKnown.includes(namespace);
      if (!unqualified && decidable) rows.push(judged(acknowledgementRules.current, matches > 0));
    }
    return rows;
  }
}

/** The id under which CDK looks an acknowledgement up; it writes hyphens for spaces. */
export function qualified(pack: string, finding: string): string {
  return `${pack}::${finding}`.replaceAll(' ', '-');
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The resource an acknowledged construct stands for: itself, or what CDK calls its default child. */
function subjectOf(
  { path, scope, source }: Acknowledgement,
  resources: ReadonlyMap<string, ResourceRef>,
): ResourceRef {
  const resource =
    resources.get(path) ?? resources.get(`${path}/Resource`) ?? resources.get(`${path}/Default`);
  if (resource) return resource;
  return {
    environment: '',
    stack: '',
    logicalId: '',
    type: scope === 'construct' ? '' : scope,
    path: path || 'app',
    sources: source ? [source] : [],
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + separator.length)];
}
