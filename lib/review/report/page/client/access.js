import { element, table } from './dom.js';
import { breakable } from './rows.js';
import { within } from './within.js';

/**
 * @import { PageEnvironment, PageReadable } from '../model.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** What a target is to a person, in the order in which one wants to know. @type {Record<string, TextKey>} */
const kinds = {
  'AWS::RDS::DBCluster': 'kindDatabase',
  'AWS::RDS::DBInstance': 'kindDatabase',
  'AWS::DynamoDB::Table': 'kindDatabase',
  'AWS::EFS::FileSystem': 'kindFiles',
  'AWS::S3::Bucket': 'kindBucket',
  'AWS::Backup::BackupVault': 'kindBackups',
  'AWS::SecretsManager::Secret': 'kindSecret',
  'AWS::SSM::Parameter': 'kindParameter',
  'AWS::KMS::Key': 'kindKey',
  'AWS::Logs::LogGroup': 'kindLog',
  'AWS::ECR::Repository': 'kindImages',
  'AWS::SQS::Queue': 'kindQueue',
};

/** @param {Page} page @param {string} type */
function kindOf({ t }, type) {
  const kind = kinds[type];
  return kind ? t(kind) : type.replace(/^AWS::/, '');
}

/**
 * Principal by secret, key or store.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 * @param {(type: string) => boolean} about which types of targets
 */
export function accessOf(page, environment, about) {
  const { t } = page;
  const title = `${t('accessTitle')}: ${page.nameOf(environment.name)}`;
  const access = environment.access.filter(({ target }) => about(target.type));
  const things = thingsOf(environment, access).filter(({ type }) => about(type));
  const targets = things.filter(({ name }) => access.some(({ target }) => target.name === name));
  const unread = things.filter((thing) => !targets.includes(thing));
  const principals = [...new Set(access.map(({ principal }) => principal))].sort();
  /** @type {Map<string, typeof environment.access[number][]>} */
  const cells = new Map();
  for (const row of access) {
    const key = `${row.principal}\n${row.target.name}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [
    element('h3', {}, title),
    access.length > 0 && element('p', { class: 'note' }, t('accessNote')),
    access.length > 0 &&
      table(
        title,
        [t('principal'), ...targets.map((target) => heading(page, environment, target))],
        principals.map((principal) => [
          breakable(within(environment, principal)),
          ...targets.map((target) => accessMark(page, cells.get(`${principal}\n${target.name}`) ?? [])),
        ]),
        'matrix',
      ),
    targets.some(({ type }) => kinds[type] === 'kindDatabase') &&
      element('p', { class: 'note' }, t('accessLogins'), ' ', element('a', { href: '#SEC1' }, 'SEC1')),
    unread.length > 0 &&
      element(
        'p',
        { class: 'unread' },
        t('accessNobody'),
        ...unread.flatMap(({ name, type }, index) => [
          index > 0 ? ', ' : ' ',
          breakable(`${kindOf(page, type)} ${within(environment, name)}`),
        ]),
      ),
    things.length === 0 && element('p', { class: 'note' }, t('accessNone')),
    access.length > 0 && accessWays(page, environment, access),
  ].filter((part) => part !== false);
}

/**
 * Everything that may be read, the database first; what only a grant names comes last.
 *
 * @param {PageEnvironment} environment
 * @param {PageEnvironment['access']} access
 */
function thingsOf({ readable }, access) {
  const known = new Map(readable.map((thing) => [thing.name, thing]));
  for (const { target } of access)
    if (!known.has(target.name)) known.set(target.name, { ...target, about: { en: '', ja: '' } });
  const place = (/** @type {string} */ type) => Object.keys(kinds).indexOf(type) + 1 || 100;
  return [...known.values()].sort((a, b) => place(a.type) - place(b.type) || (a.name < b.name ? -1 : 1));
}

/**
 * What a column is about, as a person knows it, and below it where it is made.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 * @param {PageReadable} thing
 */
function heading(page, environment, { name, type, about }) {
  const said = about[page.language];
  const path = within(environment, name);
  return element(
    'span',
    { class: 'upright', title: `${type} ${name}` },
    `${kindOf(page, type)}: ${said || path}`,
    said !== '' && element('span', { class: 'sub' }, path),
  );
}

/** Beyond this a list helps nobody; the matrix says the same. */
const mostWays = 1000;

/**
 * Every grant in words: what a mark of the matrix only tells who points at it. Drawn when somebody looks.
 *
 * @param {Page} page
 * @param {PageEnvironment} environment
 * @param {PageEnvironment['access']} access
 */
function accessWays(page, environment, access) {
  const { t } = page;
  const title = t('ways', { n: access.length.toLocaleString('en') });
  const lines = () =>
    access.slice(0, mostWays).map((grant) => {
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
        breakable(grant.how[page.language]),
        element(
          'div',
          {},
          element('span', { class: `cell ${state}` }, meaning),
          grant.why && element('span', { class: 'sub' }, grant.why[page.language]),
        ),
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
    access.length > mostWays &&
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
  const ways = [...new Set(grants.map(({ action, how }) => `${action}, ${how[page.language]}`))].join('\n');
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
