import { element, table } from './dom.js';
import { breakable } from './rows.js';

/**
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** What is otherwise than in the baseline, of all that a reviewer signs. @param {Page} page */
export function change(page) {
  const { data, t } = page;
  if (!data.change) return undefined;
  const { baseline, added, undecided, accepted, remaining, resolved, unasked, facts } = data.change;
  /** @type {[number, TextKey][]} */
  const figures = [
    [added.length, 'changeAdded'],
    [undecided.length, 'changeUndecided'],
    [accepted.length, 'changeAccepted'],
    [remaining, 'changeRemaining'],
    [resolved.length, 'changeResolved'],
  ];
  if (unasked > 0) figures.push([unasked, 'changeUnasked']);
  return element(
    'section',
    { id: 'change' },
    element('h2', {}, t('change')),
    element('p', { class: 'note' }, t('changeNote', { file: baseline })),
    element(
      'dl',
      { class: 'figures' },
      ...figures.map(([count, label]) =>
        element('div', {}, element('dd', {}, String(count)), element('dt', {}, t(label))),
      ),
    ),
    rowsOf(page, 'changeAdded', added),
    rowsOf(page, 'changeUndecided', undecided),
    rowsOf(page, 'changeAccepted', accepted),
    resolved.length > 0 &&
      listed(
        `${t('changeResolved')}: ${resolved.length}`,
        resolved.map(({ rule, resource }) => `${rule} — ${resource}`),
      ),
    facts === undefined && element('p', { class: 'note' }, t('changeNoFacts')),
    ...(facts ?? []).map(({ name, added: came, removed: went, changed: otherwise }) => {
      const counts = { came: came.length, went: went.length, otherwise: otherwise.length };
      return listed(`${name[page.language]}: ${t('changeCameAndWent', counts)}`, [
        ...came.map((fact) => `+ ${fact}`),
        ...went.map((fact) => `− ${fact}`),
        ...otherwise.map((fact) => `≠ ${fact}`),
      ]);
    }),
  );
}

/**
 * @param {Page} page
 * @param {TextKey} title
 * @param {readonly number[]} indexes of rows
 */
function rowsOf({ data, rows, t }, title, indexes) {
  if (indexes.length === 0) return undefined;
  return table(
    t(title),
    [t('rule'), t('resource'), t('what')],
    indexes.flatMap((index) => {
      const row = data.rows[index];
      if (!row) return [];
      const { statement, resource, finding, reason } = rows.facts(row);
      return [[breakable(finding), breakable(resource.name), reason || statement]];
    }),
  );
}

/** @param {string} title @param {readonly string[]} lines */
function listed(title, lines) {
  return element(
    'details',
    {},
    element('summary', {}, title),
    element('ul', {}, ...lines.map((line) => element('li', {}, breakable(line)))),
  );
}
