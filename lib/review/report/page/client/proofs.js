import { badge, element, table } from './dom.js';
import { breakable } from './rows.js';
import { standing } from './standing.js';

/**
 * @import { PageEnvironment, PageInvariant } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** Invariants whose proof is the network model, and those whose proof is the access model. */
const provenByPaths = new Set(['NET1', 'NET2', 'NET3', 'NET4', 'ADM2']);
const provenByAccess = new Set(['SEC1', 'DAT2']);

/** @param {Page} page */
export function invariants(page) {
  const { data, t } = page;
  return element(
    'section',
    { id: 'invariants' },
    element('h2', {}, t('invariants')),
    element('p', { class: 'note' }, data.invariants.length > 0 ? t('invariantsNote') : t('invariantsNone')),
    ...data.invariants.map((invariant) => invariantDetails(page, invariant)),
  );
}

/** @type {Record<ReturnType<typeof standing>['state'], TextKey>} */
const labels = {
  broken: 'broken',
  undecided: 'undecidedState',
  acknowledged: 'acceptedState',
  holds: 'holds',
  unchecked: 'unchecked',
};

/**
 * @param {Page} page
 * @param {PageInvariant} invariant
 */
function invariantDetails(page, invariant) {
  const { t } = page;
  const { counts, state, accepted } = standing(page, invariant);
  const body = element('div', { class: 'proof' });
  const details = element(
    'details',
    {
      class: 'invariant',
      id: invariant.id,
      // Fifty environments' worth of proofs are only built when somebody looks.
      toggle: () => {
        if (details.open && !body.hasChildNodes()) body.append(...proof(page, invariant, counts));
      },
    },
    element(
      'summary',
      {},
      element('span', { class: 'id' }, invariant.id),
      element('span', { class: 'text' }, invariant.text[page.language]),
      badge(state, t(labels[state])),
      state === 'acknowledged' && element('span', { class: 'sub' }, breakable(accepted.join(', '))),
    ),
    body,
  );
  return details;
}

/**
 * @param {Page} page
 * @param {PageInvariant} invariant
 * @param {{ compliant: number, open: number, undecided: number, acknowledged: number }} counts
 */
function proof(page, { id }, counts) {
  const { data, t } = page;
  const environments = data.environments.filter(({ name }) => page.shows(name));
  return [
    element(
      'p',
      {},
      t('checkedCounts', {
        ok: counts.compliant,
        open: counts.open,
        acknowledged: counts.acknowledged,
        undecided: counts.undecided,
      }),
      ' ',
      element('button', { type: 'button', click: () => page.rows.showInvariant(id) }, t('showRows')),
    ),
    ...environments.flatMap((environment) => [
      ...(provenByPaths.has(id)
        ? pathsOf(
            page,
            environment,
            environment.paths.filter(({ proves }) => proves.includes(id)),
          )
        : []),
      ...(provenByAccess.has(id) ? accessOf(page, environment) : []),
    ]),
  ];
}

/**
 * @param {Page} page
 * @param {PageEnvironment} environment
 * @param {PageEnvironment['paths']} paths
 */
export function pathsOf(page, environment, paths) {
  const { t } = page;
  const title = `${t('pathsTitle')}: ${page.nameOf(environment.name)}`;
  const short = (/** @type {string} */ name) => breakable(within(environment, name));
  return [
    element('h3', {}, title),
    paths.length === 0
      ? element('p', { class: 'note' }, t('pathsNone'))
      : table(
          title,
          [t('from'), t('to'), t('port'), t('via')],
          paths.map(({ from, to, ports, via }) => [
            short(from),
            short(to),
            ports,
            element('div', {}, ...via.map((rule) => element('span', { class: 'line' }, short(rule)))),
          ]),
          'stacked',
        ),
  ];
}

/**
 * A construct path below its environment, which a heading names already.
 *
 * @param {PageEnvironment} environment
 * @param {string} name
 */
function within({ name: environment }, name) {
  return environment && name.startsWith(`${environment}/`) ? name.slice(environment.length + 1) : name;
}

/**
 * Principal by secret, key or store.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 */
function accessOf(page, environment) {
  const { t } = page;
  const title = `${t('accessTitle')}: ${page.nameOf(environment.name)}`;
  if (environment.access.length === 0)
    return [element('h3', {}, title), element('p', { class: 'note' }, t('accessNone'))];
  const principals = [...new Set(environment.access.map(({ principal }) => principal))].sort();
  const targets = [...new Set(environment.access.map(({ target }) => target.name))].sort();
  /** @type {Map<string, typeof environment.access[number][]>} */
  const cells = new Map();
  for (const row of environment.access) {
    const key = `${row.principal}\n${row.target.name}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [
    element('h3', {}, title),
    element('p', { class: 'note' }, t('accessNote')),
    table(
      title,
      [
        t('principal'),
        ...targets.map((target) =>
          element('span', { class: 'upright', title: target }, within(environment, target)),
        ),
      ],
      principals.map((principal) => [
        breakable(within(environment, principal)),
        ...targets.map((target) => accessMark(page, cells.get(`${principal}\n${target}`) ?? [])),
      ]),
      'matrix',
    ),
    accessWays(page, environment),
  ];
}

/** Beyond this a list helps nobody; the matrix says the same. */
const mostWays = 1000;

/**
 * Every grant in words: what a mark of the matrix only tells who points at it. Drawn when somebody looks.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 */
function accessWays(page, environment) {
  const { t } = page;
  const title = t('ways', { n: environment.access.length.toLocaleString('en') });
  const lines = () =>
    environment.access.slice(0, mostWays).map((grant) => {
      const [, state, meaning] = accessState(page, [grant]);
      return [
        breakable(within(environment, grant.principal)),
        element(
          'div',
          {},
          breakable(within(environment, grant.target.name)),
          element('span', { class: 'sub' }, grant.target.type),
        ),
        breakable(grant.action),
        breakable(grant.how),
        element('span', { class: `cell ${state}` }, meaning),
      ];
    });
  const body = element('div', {});
  const headings = [t('principal'), t('target'), t('action'), t('way'), t('status')];
  const details = element(
    'details',
    {
      class: 'ways',
      toggle: () => {
        if (details.open && !body.hasChildNodes()) body.append(table(title, headings, lines(), 'stacked'));
      },
    },
    element('summary', {}, title),
    environment.access.length > mostWays &&
      element('p', { class: 'note' }, t('waysShown', { n: mostWays.toLocaleString('en') })),
    body,
  );
  return details;
}

/**
 * @param {Page} page
 * @param {PageEnvironment['access'][number][]} grants
 */
function accessMark(page, grants) {
  if (grants.length === 0) return '';
  const [mark, state, meaning] = accessState(page, grants);
  const ways = [...new Set(grants.map(({ action, how }) => `${action}, ${how}`))].join('\n');
  return element(
    'span',
    {
      class: `cell ${state}`,
      role: 'img',
      title: `${meaning}\n${ways}`,
      'aria-label': `${meaning}: ${ways}`,
    },
    mark,
  );
}

/**
 * The worst of what several grants say.
 *
 * @param {Page} page
 * @param {PageEnvironment['access'][number][]} grants
 * @returns {[mark: string, state: string, meaning: string]}
 */
function accessState({ t }, grants) {
  if (grants.some(({ declared }) => declared === false)) return ['▲', 'broken', t('undeclared')];
  if (grants.some(({ decided }) => !decided)) return ['?', 'undecided', t('undecidable')];
  if (grants.some(({ declared }) => declared === true)) return ['●', 'holds', t('declared')];
  return ['○', 'neutral', t('noDeclaration')];
}
