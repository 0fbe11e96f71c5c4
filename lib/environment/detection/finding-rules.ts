import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** From "medium" up: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const mediumSeverity = 4;

export interface FindingRulesProps {
  readonly language: 'en' | 'ja';
  readonly alarmTopic: sns.ITopic;
}

interface Finding {
  readonly id: string;
  readonly pattern: events.EventPattern;
  /**
   * One line: what happened, how bad it is, what to do first, and the runbook. It names fields of the event one by
   * one, so that addresses, names and tags of the whole finding stay out of the mail.
   */
  readonly words: Readonly<Record<FindingRulesProps['language'], string>>;
}

const field = (path: string): string => events.EventField.fromPath(path);

/** A title in brackets is AWS's own, in English. */
const findings: readonly Finding[] = [
  {
    id: 'Threat',
    pattern: {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', mediumSeverity] }] },
    },
    words: {
      en: `A threat was seen in the AWS account of the shop [${field('$.detail.title')}]. How bad: ${field('$.detail.severity')} of 10; from 7 on, act within the hour. First: write down the time, delete nothing, and follow docs/runbooks/suspected-leak.md, "The first hour". Kind: ${field('$.detail.type')}; seen in ${field('$.region')} at ${field('$.time')}; in the GuardDuty console under ${field('$.detail.id')}.`,
      ja: `ショップの AWS アカウントで脅威が見つかりました [${field('$.detail.title')}]。深刻さ: 10 段階の ${field('$.detail.severity')} (7 以上は 1 時間以内に対応)。まず: 時刻を書き留め、何も消さずに docs/runbooks/suspected-leak.ja.md の「最初の 1 時間」へ。種類: ${field('$.detail.type')}、${field('$.region')}、${field('$.time')}。GuardDuty コンソールの番号: ${field('$.detail.id')}`,
    },
  },
  {
    id: 'Shared',
    pattern: {
      source: ['aws.access-analyzer'],
      detailType: ['Access Analyzer Finding'],
      detail: { status: ['ACTIVE'] },
    },
    words: {
      en: `Something of the shop is open to others outside its AWS account: ${field('$.detail.resource')}. How bad: as bad as what lies in it; act today, and at once if it is public (${field('$.detail.isPublic')}). First: ask who changed it. If nobody meant it, take the change back and follow docs/runbooks/suspected-leak.md. Kind: ${field('$.detail.resourceType')}; seen in ${field('$.region')} at ${field('$.time')}; in the Access Analyzer console under ${field('$.detail.id')}.`,
      ja: `ショップのものが AWS アカウントの外に開かれています: ${field('$.detail.resource')}。深刻さ: 中身しだいです。今日のうちに、公開 (${field('$.detail.isPublic')}) ならすぐに対応してください。まず: 誰が変えたかを確かめ、意図したものでなければ元に戻し、docs/runbooks/suspected-leak.ja.md へ。種類: ${field('$.detail.resourceType')}、${field('$.region')}、${field('$.time')}。Access Analyzer コンソールの番号: ${field('$.detail.id')}`,
    },
  },
];

/** Findings worth acting on reach a person in words (ALM1), whoever turned the services on that find them. */
export class FindingRules {
  constructor(scope: Construct, { language, alarmTopic }: FindingRulesProps) {
    for (const { id, pattern, words } of findings) {
      new events.Rule(scope, id, {
        description: `${id}: a finding that a person must look at`,
        eventPattern: pattern,
        targets: [
          new targets.SnsTopic(alarmTopic, { message: events.RuleTargetInput.fromText(words[language]) }),
        ],
      });
    }
  }
}
