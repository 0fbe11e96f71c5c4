/** Text in both languages of the report. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

export type Language = keyof Bilingual;
