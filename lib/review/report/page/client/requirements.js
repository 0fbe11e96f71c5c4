import { badge, element, table } from './dom.js';
import { breakable } from './rows.js';

/**
 * @import { RequirementStatus } from '../../requirements.ts'
 * @import { Page } from './main.js'
 */

/** In the order of the totals. @type {readonly RequirementStatus['status'][]} */
const statuses = ['met', 'partly', 'acknowledged', 'not', 'aws', 'yours'];

/**
 * @param {readonly RequirementStatus[]} requirements
 * @returns {{ status: RequirementStatus['status'], count: number }[]} those that occur
 */
export function totalsOf(requirements) {
  return statuses
    .map((status) => ({ status, count: requirements.filter((each) => each.status === status).length }))
    .filter(({ count }) => count > 0);
}

/** A table for each source, of the requirements with the status that the reader chose. @param {Page} page */
export function requirements(page) {
  const { data, t, language } = page;
  if (data.sources.length === 0) return undefined;
  const all = data.sources.flatMap((source) => source.requirements);
  const shown = (/** @type {RequirementStatus} */ { status }) =>
    page.requirementStatus === undefined || status === page.requirementStatus;
  return element(
    'section',
    { id: 'requirements' },
    element('h2', {}, t('requirements')),
    element('p', { class: 'note' }, t('requirementsNote')),
    element(
      'p',
      { class: 'filters', role: 'group', 'aria-label': t('status') },
      statusButton(page, undefined, `${all.length} ${t('allStatuses')}`),
      ...totalsOf(all).map(({ status, count }) => statusButton(page, status, `${count} ${t(status)}`)),
    ),
    ...data.sources.flatMap(({ name, requirements: its }) => {
      const chosen = its.filter(shown);
      if (chosen.length === 0) return [];
      return [
        element('h3', {}, name[language]),
        element(
          'p',
          { class: 'totals' },
          ...totalsOf(its).flatMap(({ status, count }) => [badge(status, `${count} ${t(status)}`), ' ']),
        ),
        table(
          name[language],
          [t('requirement'), t('status'), t('provenBy'), t('stays')],
          chosen.map((requirement) => line(page, requirement)),
          'stacked',
        ),
      ];
    }),
  );
}

/**
 * @param {Page} page
 * @param {RequirementStatus['status'] | undefined} status undefined: all
 * @param {string} label
 */
function statusButton(page, status, label) {
  return element(
    'button',
    {
      type: 'button',
      'data-status': status ?? 'all',
      'aria-pressed': String(page.requirementStatus === status),
      click: () => {
        page.requirementStatus = status;
        document.getElementById('requirements')?.replaceWith(requirements(page) ?? '');
        /** @type {HTMLElement | null} */ (
          document.querySelector(`#requirements [data-status="${status ?? 'all'}"]`)
        )?.focus();
      },
    },
    label,
  );
}

/**
 * @param {Page} page
 * @param {RequirementStatus} requirement
 */
function line({ t, language }, { id, text, status, invariants, stays, acknowledged }) {
  return [
    element(
      'div',
      { id },
      element('span', { class: 'logical' }, text[language]),
      element('span', { class: 'sub' }, id),
    ),
    element(
      'div',
      {},
      badge(status, t(status)),
      status === 'acknowledged' && element('span', { class: 'sub' }, breakable(acknowledged.join(', '))),
    ),
    element(
      'span',
      {},
      ...invariants.flatMap((invariant, index) => [
        index > 0 ? ', ' : '',
        element('a', { href: `#${invariant}` }, invariant),
      ]),
    ),
    stays[language],
  ];
}
