/** A text of the report, in both of its languages. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}
