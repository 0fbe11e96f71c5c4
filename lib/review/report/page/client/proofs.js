import { accessOf } from './access.js';
import { badge, element, table } from './dom.js';
import { breakable } from './rows.js';
import { standing } from './standing.js';
import { within } from './within.js';

/**
 * @import { FactKind } from '../../facts.ts'
 * @import { PageEnvironment, PageInvariant } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** Invariants whose proof is the network model, and those whose proof is the access model. */
const provenByPaths = new Set(['NET1', 'NET2', 'NET3', 'NET4', 'ADM2']);
/** Secrets prove SEC1, everything else DAT2. */
const secret = 'AWS::SecretsManager::Secret';
/** @type {Record<string, (type: string) => boolean>} */
const provenByAccess = { SEC1: (type) => type === secret, DAT2: (type) => type !== secret };
/** Invariants about what the config declares. @type {Record<string, readonly FactKind[]>} */
const provenByFacts = {
  NET2: ['country'],
  NET5: ['allowedName'],
  ADM2: ['person', 'hours'],
  ALM1: ['subscriber'],
};

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
  undecided: 'holdsBut',
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
  const { counts, state, accepted, doubts } = standing(page, invariant);
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
      badge(state, t(labels[state], { n: counts.undecided })),
      state === 'acknowledged' && element('span', { class: 'sub' }, breakable(accepted.join(', '))),
      (state === 'acknowledged' || state === 'undecided') &&
        doubts.length > 0 &&
        element('span', { class: 'sub' }, breakable(doubts.join(' · '))),
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
      ...(provenByAccess[id] ? accessOf(page, environment, provenByAccess[id]) : []),
      ...(provenByFacts[id] ?? []).map((kind) => factsOf(page, environment, kind)),
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
 * What the config says, as the templates declare it: names, countries, people.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 * @param {FactKind} kind
 */
function factsOf({ data, language, t }, environment, kind) {
  const facts = environment.facts[kind] ?? [];
  const { [kind]: name } = data.factNames;
  return element(
    'div',
    { class: 'facts' },
    element('h3', {}, `${name?.[language] ?? kind}: ${environment.name || t('templates')}`),
    facts.length === 0
      ? element('p', { class: 'note' }, t('factsNone'))
      : element('ul', {}, ...facts.map((fact) => element('li', {}, breakable(fact)))),
  );
}
