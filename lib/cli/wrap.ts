const wide = /[\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]/;

/** Columns of a terminal; letters of Japanese take two. https://www.unicode.org/reports/tr11/ */
export function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (wide.test(letter) ? 2 : 1), 0);
}

/**
 * Parts a line into lines of at most that width. Japanese may be parted between any two letters, and words of other
 * languages between them only; those after the first stand below the text of the first, behind its mark or number. What
 * is to be copied stays whole.
 */
export function wrapped(line: string, width: number): string[] {
  if (widthOf(line) <= width || isCopied(line)) return [line];
  const [label = ''] = /^\s*(?:\S{1,24} {2,})?/.exec(line) ?? [];
  const indent = ' '.repeat(label.length);
  const lines = [label];
  let isEmpty = true;
  for (const part of line.slice(label.length).match(/[!-~]+[。、）]?| +|[^!-~ ][。、）]*/g) ?? []) {
    const last = lines.at(-1) ?? '';
    if (!isEmpty && widthOf(last) + widthOf(part.trimEnd()) > width) lines.push(indent + part.trimStart());
    else lines[lines.length - 1] = last + part;
    isEmpty &&= part.trim() === '';
  }
  return lines.map((each) => each.trimEnd());
}

/** A command, or an address. */
function isCopied(line: string): boolean {
  return /^\s*(\w+: +)?(\$ |(npx|aws|secure-shop) |https?:\/\/)/.test(line);
}
