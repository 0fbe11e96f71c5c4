import { change } from './change.js';
import { cost } from './cost.js';
import { element } from './dom.js';
import { nextDeploy } from './next-deploy.js';
import { architecture } from './picture.js';
import { invariants } from './proofs.js';
import { requirements } from './requirements.js';
import { RowsTable } from './rows.js';
import { acknowledgements, packs, verdict } from './sections.js';
import { status } from './status.js';
import { translator } from './text.js';

/**
 * @import { Bilingual } from '../../../../checks/bilingual.ts'
 * @import { PageData } from '../model.ts'
 * @import { RequirementStatus } from '../../requirements.ts'
 * @import { Language, TextKey } from './text.js'
 */

/** The whole page: what it was given, and what its reader chose. */
export class Page {
  /** @type {PageData} */ data;
  /** @type {Language} */ language;
  /** Undefined: all environments. @type {string | undefined} */ environment;
  /** @type {RowsTable} */ rows;
  /** Undefined: all. @type {RequirementStatus['status'] | undefined} */ requirementStatus;
  /** @type {{ key: string, descending: boolean }} */ acknowledgementSort = { key: '', descending: false };

  /**
   * @param {PageData} data
   * @param {Language} language
   */
  constructor(data, language) {
    this.data = data;
    this.language = language;
    this.rows = new RowsTable(this);
    this.t = translator(language);
  }

  /** @param {string} environment empty for what belongs to all */
  shows(environment) {
    return this.environment === undefined || environment === this.environment || environment === '';
  }

  /** @param {string} environment */
  nameOf(environment) {
    return environment || this.t('templates');
  }

  /** Looks at one environment alone, or at all again when it is the one already. @param {string} environment */
  choose(environment) {
    this.environment = this.environment === environment ? undefined : environment;
    this.rows.stack = '';
    this.rows.page = 0;
    this.render();
    /** @type {HTMLElement | null} */ (
      document.querySelector('.by-environment [aria-pressed="true"]')
    )?.focus();
  }

  /** English among Japanese is to be read as such. @param {Bilingual} text */
  languageOf({ en, ja }) {
    return this.language === 'ja' && ja === en ? 'en' : undefined;
  }

  /** Whole days from then until the report was made. @param {string} date such as "2026-11-22" */
  daysSince(date) {
    return Math.max(0, Math.floor((Date.parse(this.data.generated) - Date.parse(date)) / 86_400_000));
  }

  /** @param {string} [environment] all that are shown when left out */
  totals(environment) {
    const { rows, resources, outcomes } = this.data;
    const totals = { applicable: 0, open: 0, undecided: 0, acknowledged: 0 };
    for (const row of rows) {
      const its = resources[row[2]]?.environment ?? '';
      if (environment === undefined ? !this.shows(its) : its !== environment) continue;
      const outcome = outcomes[row[3]];
      totals.applicable += 1;
      if (outcome === 'non-compliant' || outcome === 'error') totals.open += 1;
      if (outcome === 'undecided') totals.undecided += 1;
      if (outcome === 'acknowledged') totals.acknowledged += 1;
    }
    return totals;
  }

  render() {
    const { data, t } = this;
    document.documentElement.lang = this.language;
    document.title = `${t('title')}: ${data.title}`;
    const when = new Date(data.generated).toLocaleString(this.language === 'ja' ? 'ja-JP' : 'en-GB');
    const sections = [
      verdict(this),
      change(this),
      nextDeploy(this),
      status(this),
      invariants(this),
      packs(this),
      acknowledgements(this),
      requirements(this),
      architecture(this),
      cost(this),
      this.rows.render(),
    ].filter((section) => section !== undefined);
    document.body.replaceChildren(
      element('a', { class: 'skip', href: '#rows' }, t('skip')),
      element(
        'header',
        {},
        element(
          'div',
          {},
          element('p', { class: 'kicker' }, t('title')),
          element('h1', {}, data.title),
          element('p', { class: 'note' }, t('generated', { when, source: data.source })),
        ),
        element('div', { class: 'controls' }, this.environmentChoice(), ...this.buttons()),
      ),
      element('nav', { 'aria-label': t('contents') }, ...sections.map((section) => this.link(section))),
      element('main', {}, ...sections),
    );
  }

  /** @param {HTMLElement} section */
  link(section) {
    const { id } = section;
    const heading =
      id === 'verdict' ? this.t('verdict') : (section.querySelector('h2')?.firstChild?.textContent ?? id);
    return element('a', { href: `#${id}` }, heading);
  }

  environmentChoice() {
    const { environments } = this.data;
    if (environments.length < 2) return undefined;
    const select = element(
      'select',
      {
        id: 'environment',
        'aria-label': this.t('environment'),
        change: () => {
          this.environment = select.value === '*' ? undefined : select.value;
          this.rows.stack = '';
          this.rows.page = 0;
          this.render();
          document.getElementById('environment')?.focus();
        },
      },
      element('option', { value: '*' }, this.t('allEnvironments')),
      ...environments.map(({ name }) =>
        element('option', { value: name, selected: name === this.environment }, this.nameOf(name)),
      ),
    );
    return select;
  }

  buttons() {
    const button = (/** @type {TextKey} */ key, /** @type {() => void} */ click, lang = '') =>
      element('button', { type: 'button', id: `to-${key}`, lang: lang || undefined, click }, this.t(key));
    return [
      button(
        'language',
        () => this.speak(this.language === 'en' ? 'ja' : 'en'),
        this.language === 'en' ? 'ja' : 'en',
      ),
      button('theme', () => {
        const root = document.documentElement;
        const dark = root.dataset.theme
          ? root.dataset.theme === 'dark'
          : matchMedia('(prefers-color-scheme: dark)').matches;
        root.dataset.theme = dark ? 'light' : 'dark';
        remember('theme', root.dataset.theme);
      }),
      button('print', () => print()),
    ];
  }

  /** @param {Language} language */
  speak(language) {
    this.language = language;
    this.t = translator(language);
    remember('language', language);
    this.render();
    document.getElementById('to-language')?.focus();
  }
}

/** A page opened from disk may be refused a memory: then it forgets. */
function remember(/** @type {string} */ key, /** @type {string} */ value) {
  try {
    localStorage.setItem(`secure-shop.${key}`, value);
  } catch {}
}

function remembered(/** @type {string} */ key) {
  try {
    return localStorage.getItem(`secure-shop.${key}`);
  } catch {
    return null;
  }
}

/** The invariant or section a link points at may be closed, or not drawn when the page was opened. */
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  if (target) target.scrollIntoView();
}

const data = /** @type {PageData} */ (JSON.parse(document.getElementById('data')?.textContent ?? '{}'));
const wished =
  new URLSearchParams(location.search).get('lang') ?? remembered('language') ?? navigator.language;
const theme = remembered('theme');
if (theme) document.documentElement.dataset.theme = theme;
const page = new Page(data, wished.startsWith('ja') ? 'ja' : 'en');
page.render();
reveal();
addEventListener('hashchange', reveal);
addEventListener('beforeprint', () => {
  // Those below an invariant exist once it was opened.
  for (const kind of ['invariant', 'environment', 'ways']) {
    for (const details of document.querySelectorAll(`details.${kind}`)) {
      if (!(details instanceof HTMLDetailsElement) || details.open) continue;
      details.open = true;
      // The event that fills it comes too late for the printer.
      details.dispatchEvent(new Event('toggle'));
    }
  }
  page.rows.refreshForPrint();
});
addEventListener('afterprint', () => page.rows.refresh());
