import { harmless, subjectOf } from '../findings/harmless.ts';
import type { Mail } from '../findings/mail.ts';
import type { Asked } from './asked.ts';
import { sections } from './sections.ts';
import { digestWords, sectionNames } from './words.ts';

/** Of a section, before the rest is only counted: eight sections stay below 60 lines. */
const mostLines = 10;
const mostOfAll = 58;

/** What happened in the week, and what is due. What a source does not answer is said, and never left out. */
export async function digestOf(asked: Asked): Promise<Mail> {
  const { settings, now } = asked;
  const words = digestWords[settings.language];
  const read = await Promise.all(
    sectionNames.map(async (name) => {
      const lines = await Promise.all(
        sections[name].map((ask) =>
          ask(asked, words).catch((error: unknown) => [words.unread(reasonOf(error))]),
        ),
      );
      const distinct = [...new Set(lines.flat())];
      const shown = distinct.length > 0 ? distinct : [name === 'due' ? words.nothingDue : words.none];
      return { title: words.titles[name], lines: shown };
    }),
  );
  const room = mostOfAll - 2 * read.length - 2;
  const most =
    read.reduce((sum, { lines }) => sum + Math.min(lines.length, mostLines), 0) > room ? 4 : mostLines;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: settings.timeZone }).format(now);
  return {
    subject: subjectOf(`${settings.environment}: the week until ${day}`),
    message: [
      words.opening(settings.environment, day),
      ...read.flatMap(({ title, lines }) => [
        '',
        title,
        ...lines.slice(0, most).map((line) => `- ${line}`),
        ...(lines.length > most ? [`- ${words.more(lines.length - most)}`] : []),
      ]),
      '',
      words.closing,
    ].join('\n'),
  };
}

function reasonOf(error: unknown): string {
  return harmless(error instanceof Error ? error.name : 'no answer', 60);
}
