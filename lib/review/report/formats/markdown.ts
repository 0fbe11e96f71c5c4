/** Of one cell: some rules say everything they know about everything. */
const mostText = 400;

/** Text from a template must not become markup, a mention or a link of the pull request. */
export function md(text: string): string {
  return (text.length > mostText ? `${text.slice(0, mostText)}…` : text)
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#|!~]/g, '\\$&')
    .replaceAll('@', '@\u200B')
    .replaceAll('://', ':\u200B//');
}
