import { badge, element } from './dom.js';

/**
 * @import { PageRow } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

const pageSize = 100;
/** On paper: some fifty sheets. */
const printSize = 2000;

/** @typedef {'outcome' | 'rule' | 'resource' | 'what'} SortKey */

/**
 * The filtered, sorted, paged table of rows. Filters run over the whole data; only one page of it is ever in the
 * document, so that tens of thousands of rows stay quick.
 */
export class RowsTable {
  /** @type {Set<string>} */ outcomes;
  search = '';
  pack = '';
  stack = '';
  invariant = '';
  /** @type {SortKey} */ sortKey = 'outcome';
  descending = false;
  page = 0;
  printing = false;
  /** @type {Page} */ owner;
  /** @type {string[]} */ haystack = [];

  /** @param {Page} owner */
  constructor(owner) {
    this.owner = owner;
    this.outcomes = this.openOutcomes();
  }

  get data() {
    return this.owner.data;
  }

  /** What needs a decision, if anything does; otherwise everything. */
  openOutcomes() {
    const open = ['non-compliant', 'error', 'undecided'];
    const some = this.data.rows.some((row) => open.includes(this.data.outcomes[row[3]] ?? ''));
    return new Set(some ? open : this.data.outcomes);
  }

  /** @param {string} id */
  showInvariant(id) {
    this.clear();
    this.invariant = id;
    this.refresh();
    document.getElementById('rows')?.scrollIntoView();
  }

  clear() {
    this.outcomes = new Set(this.data.outcomes);
    this.search = this.pack = this.stack = this.invariant = '';
    this.page = 0;
  }

  // ------------------------------------------------------------------------------------------------- selecting

  /** @param {PageRow} row */
  facts([ruleIndex, findingIndex, resourceIndex, outcomeIndex, reasonIndex]) {
    const { rules, findings, resources, outcomes, reasons, reasonsJa } = this.data;
    const translated = this.owner.language === 'ja' ? reasonsJa[reasonIndex] : undefined;
    const rule = rules[ruleIndex];
    const resource = resources[resourceIndex];
    if (!rule || !resource) throw new Error('a row points outside of its tables');
    return {
      rule,
      statement: rule.statement[this.owner.language],
      resource,
      finding: findings[findingIndex] ?? rule.id,
      outcome: outcomes[outcomeIndex] ?? 'error',
      reason: translated ?? reasons[reasonIndex] ?? '',
    };
  }

  /** @param {number} index */
  textOf(index) {
    let text = this.haystack[index];
    const row = this.data.rows[index];
    if (text === undefined && row) {
      const { rule, resource, finding, reason } = this.facts(row);
      text = [
        finding,
        rule.statement.en,
        rule.statement.ja,
        reason,
        resource.stack,
        resource.logicalId,
        resource.type,
        resource.name,
      ]
        .join(' ')
        .toLowerCase();
      this.haystack[index] = text;
    }
    return text ?? '';
  }

  /** @returns {number[]} indexes of the rows that pass every filter, sorted */
  selected() {
    const { rows, rules, resources, outcomes } = this.data;
    const { environment } = this.owner;
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = [];
    for (const [index, row] of rows.entries()) {
      const rule = rules[row[0]];
      const resource = resources[row[2]];
      if (!rule || !resource || !this.outcomes.has(outcomes[row[3]] ?? '')) continue;
      if (this.pack && rule.pack !== this.pack) continue;
      if (this.stack && resource.stack !== this.stack) continue;
      if (environment !== undefined && resource.environment !== environment) continue;
      if (this.invariant && !rule.id.startsWith(`SecureShop-${this.invariant}`)) continue;
      if (words.length > 0 && !words.every((word) => this.textOf(index).includes(word))) continue;
      chosen.push(index);
    }
    // What another row of the same cause already names is no row of its own.
    const shown = new Set(chosen);
    for (const index of chosen) for (const other of this.data.causes[index] ?? []) shown.delete(other);
    const keys = new Map([...shown].map((index) => [index, this.sortText(index)]));
    const direction = this.descending ? -1 : 1;
    return [...shown].sort((a, b) => {
      const left = keys.get(a) ?? '';
      const right = keys.get(b) ?? '';
      return left < right ? -direction : left > right ? direction : a - b;
    });
  }

  /** @param {number} index */
  sortText(index) {
    const row = this.data.rows[index];
    if (!row) return '';
    const { statement, resource, finding, reason } = this.facts(row);
    if (this.sortKey === 'outcome') return String(row[3]);
    if (this.sortKey === 'rule') return finding;
    if (this.sortKey === 'resource') return resource.name;
    return reason || statement;
  }

  // --------------------------------------------------------------------------------------------------- drawing

  /** @returns {HTMLElement} */
  render() {
    const { t } = this.owner;
    return element(
      'section',
      { id: 'rows' },
      element('h2', {}, t('rows')),
      element('p', { class: 'note' }, t('rowsNote')),
      element('div', { class: 'filters', id: 'filters' }, ...this.filters()),
      element('div', { id: 'result' }, ...this.result(pageSize)),
    );
  }

  /** @param {number} [size] */
  refresh(size = pageSize) {
    document.getElementById('filters')?.replaceChildren(...this.filters());
    this.refreshResult(size);
  }

  /** Leaves the filters alone, so that the search field keeps its focus. @param {number} [size] */
  refreshResult(size = pageSize) {
    document.getElementById('result')?.replaceChildren(...this.result(size));
  }

  /** Thousands of compliant rows help nobody on paper, unless the reader asked for just these. */
  refreshForPrint() {
    this.printing = true;
    this.refreshResult(printSize);
    this.printing = false;
  }

  /** Whether the reader chose by more than the outcome. */
  get narrowed() {
    return [this.search, this.pack, this.stack, this.invariant].some((filter) => filter !== '');
  }

  filters() {
    const { t } = this.owner;
    const { outcomes, packs, resources } = this.data;
    const stacks = [
      ...new Set(
        resources
          .filter(
            ({ environment }) =>
              this.owner.environment === undefined || environment === this.owner.environment,
          )
          .map(({ stack }) => stack),
      ),
    ].sort();
    const shown = outcomes.filter((outcome) => outcome !== 'not-applicable');
    return [
      element('input', {
        type: 'search',
        id: 'search',
        value: this.search,
        placeholder: t('search'),
        'aria-label': t('search'),
        input: (event) => {
          this.search = /** @type {HTMLInputElement} */ (event.target).value;
          this.page = 0;
          this.refreshResult();
        },
      }),
      element(
        'fieldset',
        { class: 'chips' },
        element('legend', { class: 'hidden' }, t('outcome')),
        ...shown.map((outcome) => this.outcomeChip(outcome)),
      ),
      this.choice(
        'pack',
        t('allPacks'),
        packs.map(({ pack }) => pack),
        this.pack,
        (value) => {
          this.pack = value;
        },
      ),
      this.choice('stack', t('allStacks'), stacks.filter(Boolean), this.stack, (value) => {
        this.stack = value;
      }),
      this.invariant && element('span', { class: 'chip on' }, t('onlyInvariant', { id: this.invariant })),
      element(
        'button',
        {
          type: 'button',
          id: 'reset',
          click: () => {
            this.clear();
            this.refresh();
          },
        },
        t('reset'),
      ),
    ].filter((part) => part !== '');
  }

  /** @param {string} outcome */
  outcomeChip(outcome) {
    const { t } = this.owner;
    const box = element('input', {
      type: 'checkbox',
      name: 'outcome',
      value: outcome,
      change: () => {
        if (box.checked) this.outcomes.add(outcome);
        else this.outcomes.delete(outcome);
        this.page = 0;
        this.refreshResult();
      },
    });
    box.checked = this.outcomes.has(outcome);
    return element('label', { class: 'chip' }, box, t(/** @type {TextKey} */ (outcome)));
  }

  /**
   * @param {string} name
   * @param {string} everything
   * @param {string[]} values
   * @param {string} current
   * @param {(value: string) => void} choose
   */
  choice(name, everything, values, current, choose) {
    const select = element(
      'select',
      {
        id: `by-${name}`,
        'aria-label': everything,
        change: () => {
          choose(select.value);
          this.page = 0;
          this.refreshResult();
        },
      },
      element('option', { value: '' }, everything),
      ...values.map((value) => element('option', { value, selected: value === current }, value)),
    );
    return select;
  }

  /** @param {number} size */
  result(size) {
    const { t } = this.owner;
    const selected = this.selected();
    const compliant = this.data.outcomes.indexOf('compliant');
    const chosen =
      this.printing && !this.narrowed
        ? selected.filter((index) => this.data.rows[index]?.[3] !== compliant)
        : selected;
    const leftOut = selected.length - chosen.length;
    const note =
      leftOut > 0 && element('p', { class: 'note' }, t('notPrinted', { n: leftOut.toLocaleString('en') }));
    if (chosen.length === 0) return [note || element('p', { class: 'empty', role: 'status' }, t('noRows'))];
    this.page = Math.min(this.page, Math.ceil(chosen.length / size) - 1);
    const from = this.page * size;
    const shown = chosen.slice(from, from + size);
    const counted = t('counted', {
      from: from + 1,
      to: from + shown.length,
      n: chosen.length.toLocaleString('en'),
    });
    return [
      element(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('rows') },
        element(
          'table',
          { class: 'rows stacked' },
          element('caption', { class: 'hidden' }, t('rows')),
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              this.heading('outcome'),
              this.heading('rule'),
              this.heading('resource'),
              this.heading('what'),
            ),
          ),
          element('tbody', {}, ...shown.map((index) => this.line(index))),
        ),
      ),
      element(
        'div',
        { class: 'pager' },
        this.turn(-1, this.page > 0),
        element('span', { role: 'status', id: 'count' }, counted),
        this.turn(1, from + size < chosen.length),
      ),
      ...(note ? [note] : []),
    ];
  }

  /** @param {SortKey} key */
  heading(key) {
    const sorted = this.sortKey === key ? (this.descending ? 'descending' : 'ascending') : 'none';
    return element(
      'th',
      { scope: 'col', 'aria-sort': sorted },
      element(
        'button',
        {
          type: 'button',
          class: 'sort',
          'data-sort': key,
          click: () => {
            this.descending = this.sortKey === key && !this.descending;
            this.sortKey = key;
            this.page = 0;
            this.refreshResult();
            /** @type {HTMLElement | null} */ (document.querySelector(`[data-sort="${key}"]`))?.focus();
          },
        },
        this.owner.t(key),
      ),
    );
  }

  /**
   * @param {1 | -1} step
   * @param {boolean} possible
   */
  turn(step, possible) {
    return element(
      'button',
      {
        type: 'button',
        class: step > 0 ? 'next' : 'previous',
        disabled: !possible,
        click: () => {
          this.page += step;
          this.refreshResult();
          document.getElementById('rows')?.scrollIntoView();
        },
      },
      this.owner.t(step > 0 ? 'next' : 'previous'),
    );
  }

  /** Other rules that found what the row is about. @param {number} index @returns {string[]} */
  sameCause(index) {
    return (this.data.causes[index] ?? []).flatMap((other) => {
      const row = this.data.rows[other];
      return row ? [this.facts(row).finding] : [];
    });
  }

  /** @param {number} index */
  line(index) {
    const row = this.data.rows[index];
    if (!row) return element('tr');
    const { t } = this.owner;
    const { rule, statement, resource, finding, outcome, reason } = this.facts(row);
    const change = this.data.changes[index];
    const said = outcome === 'compliant' || outcome === 'acknowledged' ? statement : reason || statement;
    return element(
      'tr',
      { 'data-row': index, class: outcome },
      element('td', {}, badge(outcome, t(/** @type {TextKey} */ (outcome)))),
      element(
        'td',
        { class: 'rule' },
        breakable(finding),
        ...this.sameCause(index).map((other) => element('span', { class: 'sub' }, breakable(other))),
      ),
      element(
        'td',
        {},
        element('span', { class: 'logical' }, breakable(resource.name)),
        element('span', { class: 'sub' }, [resource.stack, resource.type].filter(Boolean).join(' · ')),
        change
          ? element('span', { class: 'sub code' }, t('changeAt', { ...change }))
          : resource.source !== '' && element('span', { class: 'sub code' }, resource.source),
      ),
      element(
        'td',
        {},
        outcome === 'acknowledged' && element('p', { class: 'said' }, reason),
        element(
          'details',
          {},
          element(
            'summary',
            { lang: said === statement ? this.owner.languageOf(rule.statement) : undefined },
            said || t('compliant'),
          ),
          element(
            'dl',
            {},
            ...this.term(t('asks'), said === statement ? '' : statement),
            ...this.term(t('weight'), rule.weight ? t(rule.weight) : ''),
            ...this.term(t('why'), rule.explanation[this.owner.language]),
            ...this.term(t('remedy'), rule.remedy?.[this.owner.language] ?? ''),
            ...this.term(t('rulePage'), rule.page ?? ''),
            ...this.term(t('controls'), rule.controls),
            ...this.term(t('requirements'), rule.requirements.join(', ')),
            ...this.term(t('logicalId'), resource.logicalId),
            ...this.term(t('source'), change ? resource.source : ''),
          ),
        ),
      ),
    );
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  term(name, value) {
    return value === '' ? [] : [element('dt', {}, name), element('dd', {}, value)];
  }
}

/** Lets a long rule id wrap where a reader would break it. @param {string} text */
export function breakable(text) {
  const parts = text.split(/(?<=[.:[\-/])/);
  return element(
    'span',
    {},
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])),
  );
}
