/**
 * A text of somebody else's as it may stand in a mail: on one line, of a bounded length, and nothing that a mail program
 * makes a link of. Whoever attacks a shop may choose names of buckets, files and users, and a mail of the owner's own
 * alarms is trusted.
 *
 * @param longest in characters, with the dots that stand for the rest
 */
export function harmless(text: string, longest = 120): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[^A-Za-z0-9 :/_.,+=@!*#-]+/g, '_')
    .replace(/:\/\//g, '[:]//')
    .replace(/@/g, '[at]')
    // Numbers keep theirs: no top-level domain begins with a digit.
    .replace(/\.(?=[A-Za-z_-])/g, '[.]')
    .replace(/ {2,}/g, ' ')
    .trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 3)}...`;
}

/** As SNS takes a subject: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function subjectOf(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, 99);
}
