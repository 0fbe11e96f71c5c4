import { element, table } from './dom.js';

/** @import { Page } from './main.js' */

/** What each environment costs a month, and what for. @param {Page} page */
export function cost(page) {
  const { data, t, language } = page;
  const shown = data.costs.filter(({ environment }) => page.shows(environment));
  if (shown.length === 0) return undefined;
  return element(
    'section',
    { id: 'cost' },
    element('h2', {}, t('cost')),
    element('p', { class: 'note' }, t('costNote')),
    ...shown.map(({ environment, total, most, purposes, unknown }) =>
      element(
        'div',
        {},
        element('h3', {}, t('costOf', { environment, total, most })),
        table(
          t('cost'),
          [t('costFor'), t('costUsd')],
          purposes.map(({ name, usd }) => [name[language], String(usd)]),
        ),
        unknown > 0 && element('p', { class: 'note' }, t('costUnknown', { n: unknown })),
      ),
    ),
  );
}
