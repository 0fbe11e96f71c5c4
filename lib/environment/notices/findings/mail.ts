import { type FamilyName, families, familyNames, haste, type Language, levelNames } from './families.ts';
import type { Finding } from './finding.ts';
import { harmless, subjectOf } from './harmless.ts';
import { type Level, levels } from './levels.ts';
import { retoldAfterDays } from './memory.ts';

export interface Reader {
  readonly language: Language;
  /** IANA name of the zone in which times are told. */
  readonly timeZone: string;
  /** `<shop>-<environment>`. */
  readonly environment: string;
}

export interface Mail {
  readonly subject: string;
  readonly message: string;
}

/** Of the same kind and level, before the rest is only counted. */
const mostOfAKind = 5;

/** All findings in one mail: what happened, how bad it is, what to do first, and the runbook; the worst first. */
export function mailOf(findings: readonly Finding[], reader: Reader): Mail {
  const { language, environment } = reader;
  const groups = grouped(findings);
  const worst = groups[0]?.level ?? 'low';
  const count = findings.length;
  return {
    // SNS takes a subject in ASCII only, so it is English for everybody.
    subject: subjectOf(`${environment}: ${count} finding${count === 1 ? '' : 's'}, worst ${worst}`),
    message: [
      opening[language](count, environment),
      ...groups.map((group) => paragraph(group, reader)),
      closing[language],
    ].join('\n\n'),
  };
}

const opening: Readonly<Record<Language, (count: number, environment: string) => string>> = {
  en: (count, environment) =>
    count === 1
      ? `Something was found in the AWS account of ${environment}.`
      : `${count} things were found in the AWS account of ${environment}, the worst first.`,
  ja: (count, environment) =>
    `${environment} の AWS アカウントで ${count} 件の検出がありました。深刻なものから順に並べています。`,
};

const closing: Readonly<Record<Language, string>> = {
  en: `Each finding is told once: again when it gets worse, or when it is still there after ${retoldAfterDays} days. Names of others are shown with [.] and [at] so that they make no links. Runbooks lie in the folder of Secure Shop.`,
  ja: `同じ検出は一度だけお知らせします (悪化したとき、または ${retoldAfterDays} 日後も残っているときは再度お知らせします)。リンクにならないよう、名前の一部を [.] や [at] に置き換えています。手順書は Secure Shop のフォルダーにあります。`,
};

interface Group {
  readonly family: FamilyName;
  readonly level: Level;
  readonly findings: readonly Finding[];
}

function grouped(findings: readonly Finding[]): Group[] {
  return levels
    .toReversed()
    .flatMap((level) =>
      familyNames.map((family) => ({
        family,
        level,
        findings: findings.filter((finding) => finding.family === family && finding.level === level),
      })),
    )
    .filter((group) => group.findings.length > 0);
}

const labels = {
  en: {
    first: 'First',
    runbook: 'Runbook',
    seen: 'seen',
    ending: '.md',
    more: (count: number) => `and ${count} more of these, in the same console`,
  },
  ja: {
    first: 'まず',
    runbook: '手順書',
    seen: '検出',
    ending: '.ja.md',
    more: (count: number) => `ほか ${count} 件 (同じコンソールで確認できます)`,
  },
} as const;

function paragraph({ family, level, findings }: Group, reader: Reader): string {
  const { language } = reader;
  const { words, runbook, haste: kind } = families[family];
  const label = labels[language];
  const stop = language === 'ja' ? '。' : '.';
  const rest = findings.length - mostOfAKind;
  return [
    `${levelNames[language][level]}: ${haste[language][kind][level]}`,
    `${words[language].what}${stop}`,
    `${label.first}: ${words[language].first}${stop}`,
    `${label.runbook}: docs/runbooks/${runbook}${label.ending}`,
    ...findings.slice(0, mostOfAKind).map((finding) => `- ${lineOf(finding, reader)}`),
    ...(rest > 0 ? [`- ${label.more(rest)}`] : []),
  ].join('\n');
}

function lineOf({ kind, resource, service, id, region, time }: Finding, reader: Reader): string {
  const place = [service, region, id].flatMap((each) => (each === undefined ? [] : harmless(each, 80)));
  return [
    harmless(kind),
    ...(resource === undefined ? [] : [harmless(resource)]),
    ...(time === undefined ? [] : [`${labels[reader.language].seen} ${clock(time, reader.timeZone)}`]),
    place.join(' '),
  ].join('; ');
}

function clock(time: string, timeZone: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return harmless(time, 30);
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${local.format(date)} (${timeZone})`;
}
