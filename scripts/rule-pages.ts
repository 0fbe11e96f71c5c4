import { danglingReference } from '../lib/checks/check-templates.ts';
import { guidanceOf } from '../lib/checks/guidance/index.ts';
import { rules } from '../lib/checks/rules/index.ts';
import { requirementsOf } from '../lib/review/report/requirements.ts';

export const rulePageFiles = [
  { file: 'docs/rules.md', language: 'en' },
  { file: 'docs/rules.ja.md', language: 'ja' },
] as const;

const words = {
  en: {
    title: '# Rules of the pack SecureShop',
    intro:
      'Made by `npm run docs` from `lib/checks`. Reports link here; how rules work stands in [checks.md](checks.md). 日本語: [rules.ja.md](rules.ja.md)',
    weight: 'How bad',
    risk: 'What can happen',
    remedy: 'What to do',
    requirements: 'Serves',
    weights: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  },
  ja: {
    title: '# SecureShop パックのルール',
    intro:
      '`npm run docs` が `lib/checks` から作成します。レポートはここを参照します。ルールの仕組みは [checks.md](checks.md) にあります。English: [rules.md](rules.md)',
    weight: '重大度',
    risk: '起こりうること',
    remedy: '対処',
    requirements: '対応する要件',
    weights: { critical: '致命的', high: '高', medium: '中', low: '低' },
  },
} as const;

/** A section a rule: what it asks, how bad it is when that is not so, and what to change. */
export function rulePages(language: 'en' | 'ja'): string {
  const text = words[language];
  const sections = [...rules, danglingReference].flatMap(({ id, title }) => {
    const guidance = guidanceOf(id);
    const requirements = requirementsOf(id);
    return [
      `## ${id}`,
      '',
      title[language],
      '',
      ...(guidance
        ? [
            `- ${text.weight}: ${text.weights[guidance.weight]}`,
            `- ${text.risk}: ${guidance.risk[language]}`,
            `- ${text.remedy}: ${guidance.remedy[language]}`,
          ]
        : []),
      ...(requirements.length > 0 ? [`- ${text.requirements}: ${requirements.join(', ')}`] : []),
      '',
    ];
  });
  return [text.title, '', text.intro, '', ...sections].join('\n');
}
