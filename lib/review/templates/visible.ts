/**
 * Characters that steer a terminal, or turn the order of what a reader sees: controls but for white space, and those of
 * bidirectional text. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const steering = /(?![\t\n\r])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text in which they stand as they are written in code: `\u001b`. */
export function visible(text: string): string {
  return text.replace(steering, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for everything in a value that was read; the value itself where nothing of it changes. */
export function visibleIn(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) {
    const shown = value.map(visibleIn);
    return shown.every((each, index) => each === value[index]) ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const shown = entries.map(([key, each]) => [visible(key), visibleIn(each)] as const);
  return shown.every(([key, each], index) => key === entries[index]?.[0] && each === entries[index]?.[1])
    ? value
    : Object.fromEntries(shown);
}
