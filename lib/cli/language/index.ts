import type { Translate } from './pattern.ts';
import { languageOfReader } from './reader.ts';

/** What says a text in the language of whoever reads the terminal; undefined for those who read English. */
export async function translatorOfReader(others: () => Promise<Translate>): Promise<Translate | undefined> {
  if (languageOfReader() === 'en') return undefined;
  const [{ messagesInJapanese }, { translator }, other] = await Promise.all([
    import('./messages.ja.ts'),
    import('./pattern.ts'),
    others(),
  ]);
  const messages = translator(messagesInJapanese);
  return (text) => messages(text) ?? other(text);
}
