/**
 * Makes an element. Text only ever enters as text: nothing that came from a template can become markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} [attributes]
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  set(made, attributes, children);
  return made;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  set(made, attributes, children);
  return made;
}

/**
 * @param {Element} made
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} attributes
 * @param {(Node | string | undefined | false)[]} children
 */
function set(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) made.append(child);
}

/**
 * A table with a caption for who cannot see it, that scrolls sideways when the page is narrow.
 *
 * @param {string} caption
 * @param {(Node | string)[]} headings
 * @param {(Node | string)[][]} lines
 * @param {string} [className]
 */
export function table(caption, headings, lines, className = '') {
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: className },
      element('caption', { class: 'hidden' }, caption),
      element(
        'thead',
        {},
        element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading))),
      ),
      element(
        'tbody',
        {},
        ...lines.map((cells) =>
          element('tr', {}, ...cells.map((cell, column) => element('td', labelled(headings[column]), cell))),
        ),
      ),
    ),
  );
}

/** Where lines are stacked on a narrow page, each cell repeats its heading. @param {Node | string | undefined} heading */
function labelled(heading) {
  return typeof heading === 'string' ? { 'data-label': heading } : {};
}

/**
 * @param {string} state also the class that colours it; the mark says the same without colour
 * @param {string} label
 */
export function badge(state, label) {
  const marks = /** @type {Record<string, string>} */ ({
    compliant: '✓',
    holds: '✓',
    met: '✓',
    'non-compliant': '✕',
    broken: '✕',
    not: '✕',
    error: '!',
    undecided: '?',
    partly: '◐',
    acknowledged: '✎',
  });
  return element(
    'span',
    { class: `badge ${state}` },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[state] ?? '–'),
    label,
  );
}
