import type { Bilingual } from '../../../checks/bilingual.ts';
import type { Translate } from '../../../cli/language/pattern.ts';
import type { Effect, Finding } from '../../deploys/finding.ts';
import type { ChangeKind } from '../../deploys/model/changes.ts';
import type { PlannedStack } from '../../deploys/plan.ts';
import { answerInJapanese } from '../../japanese/answers/index.ts';
import { effectCounts, excerptOf, isUntouched, type NextDeploy } from '../next-deploy.ts';
import { changeText, findingText } from '../next-deploy-text.ts';

/** Of changes and of findings, each, in a stack. */
const most = 100;

export interface PageNextDeploy {
  readonly from: string;
  /** Those with something to tell, in the order in which they are deployed. */
  readonly stacks: readonly PagePlannedStack[];
  readonly untouched: readonly { readonly environment: string }[];
}

export interface PagePlannedStack
  extends Pick<PlannedStack, 'environment' | 'region' | 'action' | 'minutes'> {
  readonly name: string;
  readonly counts: Readonly<Record<ChangeKind, number>>;
  readonly changes: readonly string[];
  readonly moreChanges: number;
  /** Of all findings, also those not listed. */
  readonly effects: Readonly<Record<Effect, number>>;
  readonly findings: readonly PagePlanFinding[];
  readonly moreFindings: number;
}

export interface PagePlanFinding {
  readonly effect: Effect;
  readonly says: Bilingual;
  readonly way: Bilingual;
  readonly commands: readonly string[];
  readonly source: string;
}

export function pageNextDeploy(next: NextDeploy): PageNextDeploy {
  const { stacks } = next.plan;
  return {
    from: next.from,
    stacks: stacks.filter((stack) => !isUntouched(stack)).map(pageStack),
    untouched: stacks.filter(isUntouched).map(({ environment }) => ({ environment })),
  };
}

function pageStack(stack: PlannedStack): PagePlannedStack {
  const { environment, region, action, minutes } = stack;
  const excerpt = excerptOf(stack, most);
  return {
    ...excerpt,
    environment,
    name: stack.stack,
    region,
    action,
    minutes,
    changes: excerpt.changes.map(changeText),
    effects: effectCounts([stack]),
    findings: excerpt.findings.map((finding) => ({
      effect: finding.effect,
      says: findingIn(finding),
      way: { en: finding.way, ja: answerInJapanese(finding.way) ?? finding.way },
      commands: finding.commands ?? [],
      source: finding.source,
    })),
  };
}

function findingIn(finding: Finding): Bilingual {
  const said = (translate: Translate) => findingText(finding, (text) => translate(text) ?? text);
  return { en: said(() => undefined), ja: said(answerInJapanese) };
}
