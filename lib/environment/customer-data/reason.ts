/**
 * Why an export is made stands in the trail. Whoever may call the function need not come by the command, so both ask.
 *
 * @returns what to write instead; undefined for a reason. Three letters of Japanese say as much as a word of English.
 */
export function reasonProblem(reason: unknown): string | undefined {
  const says = typeof reason === 'string' ? reason.trim() : '';
  return Buffer.byteLength(says) < 5 || says.length > 200
    ? '--reason: write some words, at most 200 characters, that still say something in a year'
    : undefined;
}
