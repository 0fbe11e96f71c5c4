/** Spreadsheets take a file for UTF-8 by this mark alone; without it Excel shows Japanese names as rubbish. */
export const byteOrderMark = '\uFEFF';

/** One line of RFC 4180. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(textOf(cell))).join(',')}\r\n`;
}

/**
 * A customer chooses their name, and whoever opens the export runs it as a formula unless an apostrophe makes it text.
 * White space and marks without width before the sign, and signs of full width, do not keep it from that.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function quoted(text: string): string {
  const formula = /^[\s\uFEFF\u200B-\u200D\u2060]*[=+\-@|＝＋－＠]|^[\t\r\n]/u.test(text);
  return `"${(formula && !isNumber(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function isNumber(text: string): boolean {
  return /^-\d+(\.\d+)?$/.test(text);
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (Buffer.isBuffer(cell)) return cell.toString('base64');
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
