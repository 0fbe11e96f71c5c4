export type Language = 'en' | 'ja';

/**
 * The language of whoever reads the terminal.
 * https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function languageOfReader(environment: NodeJS.ProcessEnv = process.env): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return /^ja(_|\.|-|$)/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en';
}
