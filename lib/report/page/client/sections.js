import { badge, element, svg, table } from './dom.js';
import { breakable } from './rows.js';

/**
 * @import { Diagram } from '../model.ts'
 * @import { PageEnvironment, PageInvariant } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** @param {Page} page */
export function verdict(page) {
  const { data, t } = page;
  const { acknowledged, open, undecided, applicable } = page.totals();
  const clean = open === 0 && applicable > 0;
  const rules = data.packs.reduce((sum, pack) => sum + pack.rules, 0);
  const resources = data.environments
    .flatMap(({ stacks }) => stacks)
    .reduce((sum, stack) => sum + stack.resources, 0);
  /** @type {[number, string][]} */
  const figures = [
    [applicable, t('figureChecks')],
    [rules, t('figureRules', { n: data.packs.length })],
    [resources, t('figureResources')],
    [acknowledged, t('figureAcknowledged')],
  ];
  return element(
    'section',
    { id: 'verdict', class: clean ? 'clean' : 'open' },
    element(
      'h2',
      {},
      element('span', { class: 'mark', 'aria-hidden': 'true' }, clean ? '✓' : '✕'),
      clean ? t('verdictClean') : applicable === 0 ? t('verdictNothing') : openCount(page, open),
    ),
    element(
      'p',
      {},
      t(clean ? 'verdictCleanNote' : applicable === 0 ? 'verdictNothingNote' : 'verdictOpenNote'),
    ),
    undecided > 0 && element('p', { class: 'undecided' }, t('verdictUndecided', { n: undecided })),
    element(
      'dl',
      { class: 'figures' },
      ...figures.map(([count, label]) =>
        element('div', {}, element('dd', {}, count.toLocaleString('en')), element('dt', {}, label)),
      ),
    ),
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
export function change(page) {
  const { data, t } = page;
  if (!data.change) return undefined;
  const { baseline, added, remaining, resolved } = data.change;
  return element(
    'section',
    { id: 'change' },
    element('h2', {}, t('change')),
    element('p', { class: 'note' }, t('changeNote', { file: baseline })),
    element(
      'dl',
      { class: 'figures' },
      ...[
        [added.length, t('changeAdded')],
        [remaining, t('changeRemaining')],
        [resolved.length, t('changeResolved')],
      ].map(([count, label]) =>
        element('div', {}, element('dd', {}, String(count)), element('dt', {}, String(label))),
      ),
    ),
    added.length > 0 &&
      table(
        t('changeAdded'),
        [t('rule'), t('resource'), t('what')],
        added.flatMap((index) => {
          const row = data.rows[index];
          if (!row) return [];
          const { statement, resource, finding, reason } = page.rows.facts(row);
          return [
            [
              breakable(finding),
              `${resource.stack} ${resource.logicalId || resource.path}`,
              reason || statement,
            ],
          ];
        }),
      ),
    resolved.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, `${t('changeResolved')}: ${resolved.length}`),
        element(
          'ul',
          {},
          ...resolved.map(({ rule, resource }) => element('li', {}, `${rule} — ${resource}`)),
        ),
      ),
  );
}

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

/**
 * @param {Page} page
 * @param {PageInvariant} invariant
 */
function invariantDetails(page, invariant) {
  const { data, t } = page;
  const counts = { compliant: 0, open: 0, undecided: 0, acknowledged: 0 };
  for (const [index, environment] of invariant.environments.entries()) {
    if (!page.shows(data.environments[index]?.name ?? '')) continue;
    counts.compliant += environment.compliant;
    counts.open += environment.open;
    counts.undecided += environment.undecided;
    counts.acknowledged += environment.acknowledged;
  }
  const checked = counts.compliant + counts.acknowledged;
  const state =
    counts.open > 0 ? 'broken' : counts.undecided > 0 ? 'undecided' : checked > 0 ? 'holds' : 'unchecked';
  const body = element('div', { class: 'proof' });
  /** @type {Record<string, TextKey>} */
  const labels = { broken: 'broken', undecided: 'undecidedState', holds: 'holds', unchecked: 'unchecked' };
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
      badge(state, t(labels[state] ?? 'unchecked')),
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
function pathsOf(page, environment, paths) {
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
  const targets = [
    ...new Set(environment.access.map(({ target }) => `${target.stack} ${target.logicalId}`)),
  ].sort();
  /** @type {Map<string, typeof environment.access[number][]>} */
  const cells = new Map();
  for (const row of environment.access) {
    const key = `${row.principal}\n${row.target.stack} ${row.target.logicalId}`;
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
          element('span', { class: 'upright', title: target }, target.slice(target.indexOf(' ') + 1)),
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
          breakable(grant.target.logicalId),
          element('span', { class: 'sub' }, `${grant.target.stack} · ${grant.target.type}`),
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
  /** @type {Record<string, (line: typeof shown[number]) => string>} */
  const keys = {
    finding: ({ rules }) => rules[0] ?? '',
    reason: ({ reason }) => reason,
    since: ({ since }) => since ?? '9999',
    source: ({ source }) => source,
  };
  const { key, descending } = page.acknowledgementSort;
  const by = keys[key];
  const sorted = by
    ? [...shown].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * (descending ? -1 : 1))
    : shown;
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
        sorted.map(({ rules, statement, resources, reason, since, author, source }) => [
          element(
            'div',
            {},
            element('span', { class: 'logical' }, statement),
            element('span', { class: 'sub' }, breakable(rules.join(', '))),
            element(
              'span',
              { class: 'sub' },
              breakable(resources.slice(0, 5).join(', ') + (resources.length > 5 ? ' …' : '')),
            ),
          ),
          reason,
          element(
            'div',
            {},
            since ?? (source ? t('notCommitted') : t('unknown')),
            since !== undefined &&
              element('span', { class: 'sub' }, t('daysOld', { n: page.daysSince(since) })),
            author ? element('span', { class: 'sub' }, author) : undefined,
          ),
          element('span', { class: 'code' }, breakable(source)),
        ]),
        'acknowledged-table stacked',
      ),
  );
}

/** @param {Page} page */
export function requirements(page) {
  const { data, t, language } = page;
  if (data.requirements.length === 0) return undefined;
  return element(
    'section',
    { id: 'requirements' },
    element('h2', {}, t('requirements')),
    element('p', { class: 'note' }, t('requirementsNote')),
    table(
      t('requirements'),
      [t('requirement'), t('status'), t('provenBy'), t('stays')],
      data.requirements.map(({ id, text, status, invariants, stays }) => [
        element(
          'div',
          {},
          element('span', { class: 'logical' }, text[language]),
          element('span', { class: 'sub' }, id),
        ),
        badge(status, t(status)),
        element(
          'span',
          {},
          ...invariants.flatMap((invariant, index) => [
            index > 0 ? ', ' : '',
            element('a', { href: `#${invariant}` }, invariant),
          ]),
        ),
        stays[language],
      ]),
      'stacked',
    ),
  );
}

/** @param {Page} page */
export function architecture(page) {
  const { data, t } = page;
  const shown = data.environments.filter(({ name }) => page.shows(name));
  return element(
    'section',
    { id: 'architecture' },
    element('h2', {}, t('architecture')),
    element('p', { class: 'note' }, t('architectureNote')),
    ...shown.map((environment, index) => {
      const body = element('div', {});
      const fill = () => {
        if (!body.hasChildNodes()) body.append(...environmentPicture(page, environment));
      };
      if (index === 0) fill();
      const details = element(
        'details',
        { class: 'environment', open: index === 0, toggle: () => details.open && fill() },
        element('summary', {}, page.nameOf(environment.name)),
        body,
      );
      return details;
    }),
  );
}

/**
 * @param {Page} page
 * @param {PageEnvironment} environment
 */
function environmentPicture(page, environment) {
  const { t } = page;
  return [
    environment.diagram
      ? element(
          'div',
          {
            class: 'scroll diagram',
            tabindex: 0,
            role: 'region',
            'aria-label': `${t('architecture')}: ${page.nameOf(environment.name)}`,
          },
          draw(environment.diagram, `${t('architecture')}: ${page.nameOf(environment.name)}`),
        )
      : element('p', { class: 'note' }, t('architectureNone')),
    element(
      'details',
      { class: 'ways' },
      element('summary', {}, t('everyPath', { n: environment.paths.length })),
      ...pathsOf(page, environment, environment.paths),
    ),
    table(
      t('stacks'),
      [t('stack'), t('region'), t('figureResources')],
      environment.stacks.map(({ name, region, resources }) => [name, region, String(resources)]),
      'numbers compact',
    ),
  ];
}

/**
 * @param {Diagram} diagram
 * @param {string} title
 */
function draw({ width, height, nodes, edges }, title) {
  const arrow = svg(
    'marker',
    {
      id: 'arrow',
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    svg('path', { d: 'M0 0 L8 4 L0 8 z' }),
  );
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': title },
    svg('defs', {}, arrow),
    ...edges.map(({ points, fromInternet, label }) => {
      const [middleX = 0, middleY = 0] = points[Math.floor(points.length / 2)] ?? [];
      return svg(
        'g',
        { class: fromInternet ? 'edge internet' : 'edge' },
        svg('path', { d: `M${points.map(([x, y]) => `${x} ${y}`).join(' L')}`, 'marker-end': 'url(#arrow)' }),
        svg('text', { x: middleX, y: middleY - 4 }, label),
      );
    }),
    ...nodes.map(({ x, y, width, height, label, kind, title }) =>
      svg(
        'g',
        { class: `node ${kind}` },
        svg('title', {}, title),
        svg('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 6 }),
        svg('text', { x, y: y - 3 }, label),
        svg('text', { x, y: y + 13, class: 'kind' }, kind),
      ),
    ),
  );
}
