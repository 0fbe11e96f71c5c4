import { badge, element, table } from './dom.js';
import { totalsOf } from './requirements.js';
import { breakable } from './rows.js';
import { standing } from './standing.js';

/**
 * @import { PageAcknowledgement } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** @param {Page} page */
export function verdict(page) {
  const { data, t } = page;
  const { acknowledged, open, undecided, applicable } = page.totals();
  const clean = open === 0 && applicable > 0;
  const reserved = data.invariants.filter((invariant) =>
    ['acknowledged', 'undecided'].includes(standing(page, invariant).state),
  ).length;
  const rules = data.packs.reduce((sum, pack) => sum + pack.rules, 0);
  const resources = data.environments
    .flatMap(({ stacks }) => stacks)
    .reduce((sum, stack) => sum + stack.resources, 0);
  /** @type {[number, string][]} */
  const figures = [
    [applicable, t('figureChecks')],
    [rules, t('figureRules', { n: data.packs.length })],
    [resources, t('figureResources')],
    [open, t('figureOpen')],
    [undecided, t('figureUndecided')],
    [acknowledged, t('figureAcknowledged')],
  ];
  return element(
    'section',
    { id: 'verdict', class: clean ? (reserved > 0 ? 'reserved' : 'clean') : 'open' },
    element(
      'h2',
      {},
      element('span', { class: 'mark', 'aria-hidden': 'true' }, clean ? (reserved > 0 ? '!' : '✓') : '✕'),
      clean ? cleanly(page, reserved) : applicable === 0 ? t('verdictNothing') : openCount(page, open),
    ),
    element(
      'p',
      {},
      t(clean ? 'verdictCleanNote' : applicable === 0 ? 'verdictNothingNote' : 'verdictOpenNote'),
    ),
    undecided > 0 && element('p', { class: 'undecided' }, t('verdictUndecided', { n: undecided })),
    ...accepted(page),
    element(
      'dl',
      { class: 'figures' },
      ...figures.map(([count, label]) =>
        element('div', {}, element('dd', {}, count.toLocaleString('en')), element('dt', {}, label)),
      ),
    ),
    requirementTotals(page),
    data.environments.length > 1 && byEnvironment(page),
    ...data.notices
      .filter(({ environment }) => page.shows(environment))
      .map(({ text }) =>
        element(
          'p',
          { class: 'notice' },
          element('span', { class: 'mark', 'aria-hidden': 'true' }, '!'),
          text[page.language],
        ),
      ),
  );
}

/** What would hold or be met, were it not for findings that somebody accepted: by name. @param {Page} page */
function accepted(page) {
  const { data, t } = page;
  const statements = data.invariants.flatMap((invariant) => {
    const { state, accepted } = standing(page, invariant);
    return state === 'acknowledged' ? [{ id: invariant.id, rules: accepted }] : [];
  });
  const doubted = data.invariants.flatMap((invariant) => {
    const { state, doubts, counts } = standing(page, invariant);
    return state !== 'broken' && doubts.length > 0 ? [{ id: invariant.id, n: counts.undecided }] : [];
  });
  const unmet = data.sources.flatMap(({ requirements }) =>
    requirements.filter(({ status }) => status === 'acknowledged').map(({ id }) => id),
  );
  const link = (/** @type {string} */ id) => element('a', { href: `#${id}` }, id);
  return [
    statements.length > 0 &&
      element(
        'p',
        { class: 'accepted' },
        t('verdictAccepted'),
        ...statements.flatMap(({ id, rules }) => [' ', link(id), ` (${rules.join(', ')})`]),
      ),
    doubted.length > 0 &&
      element(
        'p',
        { class: 'undecided' },
        t('verdictDoubts'),
        ...doubted.flatMap(({ id, n }) => [' ', link(id), ` (${n})`]),
      ),
    unmet.length > 0 &&
      element('p', { class: 'accepted' }, t('verdictNotMet'), ...unmet.flatMap((id) => [' ', link(id)])),
  ];
}

/** How many requirements are met, partly met and so on. @param {Page} page */
function requirementTotals(page) {
  const { data, t } = page;
  if (data.sources.length === 0) return undefined;
  const totals = totalsOf(data.sources.flatMap(({ requirements }) => requirements));
  return element(
    'p',
    { class: 'totals' },
    element('a', { href: '#requirements' }, t('requirements')),
    ...totals.flatMap(({ status, count }) => [' ', badge(status, `${count} ${t(status)}`)]),
  );
}

/** @param {Page} page @param {number} reserved statements that something accepted or undecided stands against */
function cleanly({ t }, reserved) {
  if (reserved === 0) return t('verdictClean');
  return reserved === 1 ? t('verdictReservedOne') : t('verdictReserved', { n: reserved });
}

/** @param {Page} page @param {number} open */
function openCount({ t }, open) {
  return open === 1 ? t('verdictOne') : t('verdictOpen', { n: open.toLocaleString('en') });
}

/** The verdict of each environment, which is also the way to look at one alone. @param {Page} page */
function byEnvironment(page) {
  const { data, t } = page;
  return element(
    'ul',
    { class: 'by-environment', 'aria-label': t('byEnvironment') },
    ...data.environments.map(({ name }) => {
      const { open, undecided, acknowledged } = page.totals(name);
      const state = open > 0 ? 'broken' : undecided > 0 ? 'undecided' : 'holds';
      const label =
        open > 0
          ? openCount(page, open)
          : undecided > 0
            ? t('countUndecided', { n: undecided })
            : t('verdictClean');
      return element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            'aria-pressed': String(page.environment === name),
            click: () => page.choose(name),
          },
          element('strong', {}, page.nameOf(name)),
          ' ',
          badge(state, label),
          element('span', { class: 'sub' }, t('countAcknowledged', { n: acknowledged })),
        ),
      );
    }),
  );
}

/** @param {Page} page */
export function packs(page) {
  const { data, t } = page;
  /** @type {TextKey[]} */
  const columns = ['compliant', 'acknowledged', 'non-compliant', 'error', 'undecided', 'not-applicable'];
  return element(
    'section',
    { id: 'packs' },
    element('h2', {}, t('packs')),
    table(
      t('packs'),
      [t('pack'), t('rulesEvaluated'), ...columns.map((column) => t(column))],
      data.packs.map(({ pack, rules, outcomes }) => [
        pack,
        String(rules),
        ...columns.map((column) => {
          const count = outcomes[/** @type {keyof typeof outcomes} */ (column)];
          const alarming = (column === 'non-compliant' || column === 'error') && count > 0;
          return element(
            'span',
            { class: alarming ? 'alarming' : count === 0 ? 'zero' : '' },
            count.toLocaleString('en'),
          );
        }),
      ]),
      'numbers',
    ),
    element('p', { class: 'note' }, t('notApplicableNote')),
  );
}

/** @param {Page} page */
export function acknowledgements(page) {
  const { data, t } = page;
  const shown = data.acknowledgements.filter(({ environments }) =>
    environments.some((name) => page.shows(name)),
  );
  const { key, descending } = page.acknowledgementSort;
  const heading = (/** @type {TextKey} */ name) =>
    element(
      'button',
      {
        type: 'button',
        class: 'sort',
        'data-acknowledged': name,
        'data-sorted': key === name ? (descending ? 'descending' : 'ascending') : undefined,
        click: () => {
          page.acknowledgementSort = { key: name, descending: key === name && !descending };
          document.getElementById('acknowledgements')?.replaceWith(acknowledgements(page));
          /** @type {HTMLElement | null} */ (
            document.querySelector(`[data-acknowledged="${name}"]`)
          )?.focus();
        },
      },
      t(name),
    );
  return element(
    'section',
    { id: 'acknowledgements' },
    element('h2', {}, t('acknowledgements'), element('span', { class: 'count' }, String(shown.length))),
    element('p', { class: 'note' }, shown.length > 0 ? t('acknowledgementsNote') : t('acknowledgementsNone')),
    shown.length > 0 &&
      table(
        t('acknowledgements'),
        [heading('finding'), heading('reason'), heading('since'), heading('source')],
        sorted(shown, page.acknowledgementSort).map(
          ({ rules, statement, resources, reason, reasonJa, since, author, source, change }) => [
            element(
              'div',
              {},
              element(
                'span',
                { class: 'logical', lang: page.languageOf(statement) },
                statement[page.language],
              ),
              element('span', { class: 'sub' }, breakable(rules.join(', '))),
              element(
                'span',
                { class: 'sub' },
                breakable(resources.slice(0, 5).join(', ') + (resources.length > 5 ? ' …' : '')),
              ),
            ),
            page.language === 'ja' ? reasonJa : reason,
            element(
              'div',
              {},
              since ?? (source ? t('notCommitted') : t('unknown')),
              since !== undefined &&
                element('span', { class: 'sub' }, t('daysOld', { n: page.daysSince(since) })),
              author ? element('span', { class: 'sub' }, author) : undefined,
            ),
            element(
              'div',
              {},
              element('span', { class: 'code' }, breakable(source)),
              change && element('span', { class: 'sub code' }, t('changeAt', { ...change })),
            ),
          ],
        ),
        'acknowledged-table stacked',
      ),
  );
}

/** What each column of the acknowledgements is sorted by. @type {Record<string, (line: PageAcknowledgement) => string>} */
const sortKeys = {
  finding: ({ rules }) => rules[0] ?? '',
  reason: ({ reason }) => reason,
  // What was never committed is the newest.
  since: ({ since }) => since ?? '9999',
  source: ({ source }) => source,
};

/**
 * @param {readonly PageAcknowledgement[]} lines
 * @param {Page['acknowledgementSort']} sort
 */
function sorted(lines, { key, descending }) {
  const by = sortKeys[key];
  if (!by) return lines;
  return [...lines].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * (descending ? -1 : 1));
}
