/** Words of the table, in the language of a page. */
export interface Language {
  readonly headings: readonly [setting: string, value: string, byDefault: string, meaning: string];
  readonly shop: string;
  readonly required: string;
  readonly list: (of: string) => string;
  readonly object: string;
  readonly translate: (english: string) => string;
}
