/** From harmless to worst. */
export const levels = ['low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

/**
 * Of a severity from 0 to 10. One beyond is no such number, and is taken seriously.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
export function levelOfScore(severity: number): Level {
  if (severity > 10) return 'high';
  if (severity >= 9) return 'critical';
  if (severity >= 7) return 'high';
  return severity >= 4 ? 'medium' : 'low';
}

/** Of what services call the severity, in any spelling. A word that is not known is taken seriously. */
export function levelOfLabel(label: string): Level {
  const word = label.toLowerCase();
  if (word === 'critical' || word === 'fatal') return 'critical';
  if (word === 'medium') return 'medium';
  return word === 'low' || word === 'informational' || word === 'untriaged' ? 'low' : 'high';
}

/**
 * Of a severity in either form, also of a score that is written as text.
 *
 * @returns undefined for what is neither
 */
export function levelOf(severity: unknown): Level | undefined {
  if (typeof severity === 'number') return levelOfScore(severity);
  if (typeof severity !== 'string') return undefined;
  return /^\d+(\.\d+)?$/.test(severity) ? levelOfScore(Number(severity)) : levelOfLabel(severity);
}
