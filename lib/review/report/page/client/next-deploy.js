import { badge, element, table } from './dom.js';
import { breakable } from './rows.js';

/**
 * @import { PagePlanFinding, PagePlannedStack } from '../next-deploy.ts'
 * @import { TextKey } from './text.js'
 * @import { Page } from './main.js'
 */

/** How a badge colours an effect; its mark and its word say the same without colour. */
const states = { refused: 'broken', lost: 'broken', interrupted: 'undecided', left: 'acknowledged' };

/** From what is deployed to what is reviewed, stack by stack. @param {Page} page */
export function nextDeploy(page) {
  const { data, t } = page;
  if (!data.nextDeploy) return undefined;
  const { from, stacks, untouched } = data.nextDeploy;
  const shown = stacks.filter(({ environment }) => page.shows(environment));
  const others = untouched.filter(({ environment }) => page.shows(environment)).length;
  const minutes = shown.reduce((sum, stack) => sum + stack.minutes, 0);
  const any = (/** @type {PagePlanFinding['effect']} */ effect) =>
    shown.some(({ effects }) => effects[effect] > 0);
  const verdict = any('refused') ? 'deployRefused' : any('lost') ? 'deployLost' : 'deployWorks';
  return element(
    'section',
    { id: 'next-deploy' },
    element('h2', {}, t('nextDeploy')),
    element('p', {}, badge(verdict === 'deployWorks' ? 'holds' : 'broken', t(verdict))),
    element(
      'p',
      { class: 'note' },
      t(from === 'nothing' ? 'deployFromNothing' : 'deployFrom', { from }),
      minutes > 0 && ` ${t('deployMinutes', { n: minutes })}`,
      others > 0 && ` ${t('deployUntouched', { n: others })}`,
    ),
    shown.length > 0 &&
      table(
        t('nextDeploy'),
        [
          t('stack'),
          t('deployAction'),
          t('deployCreated'),
          t('deployChanged'),
          t('deployReplaced'),
          t('deployRemoved'),
          t('deployTime'),
        ],
        shown.map(({ name, region, action, counts, minutes }) => [
          element('div', {}, breakable(name), element('span', { class: 'sub' }, region)),
          t(actions[action]),
          ...[counts.created, counts.changed, counts.replaced, counts.removed].map(String),
          minutes > 0 ? t('deployAbout', { n: minutes }) : '',
        ]),
        'stacked',
      ),
    ...shown.filter(tells).map((stack) => details(page, stack)),
  );
}

/** @type {Record<PagePlannedStack['action'], TextKey>} */
const actions = {
  created: 'deployStackCreated',
  changed: 'deployStackChanged',
  unchanged: 'deployStackUnchanged',
  deleted: 'deployStackDeleted',
  'left behind': 'deployStackLeft',
};

/** @param {PagePlannedStack} stack */
function tells({ changes, findings }) {
  return changes.length + findings.length > 0;
}

/** Of hundreds of stacks only what is opened is drawn. @param {Page} page @param {PagePlannedStack} stack */
function details(page, stack) {
  const body = element('div', {});
  const fill = () => {
    if (!body.hasChildNodes()) body.append(...told(page, stack));
  };
  const open = stack.findings.length > 0;
  if (open) fill();
  const made = element(
    'details',
    { class: 'environment', open, toggle: () => made.open && fill() },
    element('summary', {}, stack.name),
    body,
  );
  return made;
}

/** @param {Page} page @param {PagePlannedStack} stack */
function told({ t, language }, { changes, moreChanges, findings, moreFindings }) {
  return [
    ...listed(findings.map((finding) => effect(t(`effect-${finding.effect}`), finding, language))),
    ...(moreFindings > 0 ? [element('p', { class: 'note' }, t('deployMore', { n: moreFindings }))] : []),
    ...listed(changes.map((change) => element('li', {}, breakable(change)))),
    ...(moreChanges > 0 ? [element('p', { class: 'note' }, t('deployMore', { n: moreChanges }))] : []),
  ];
}

/** @param {readonly HTMLLIElement[]} items */
function listed(items) {
  return items.length > 0 ? [element('ul', {}, ...items)] : [];
}

/** @param {string} title @param {PagePlanFinding} finding @param {'en' | 'ja'} language */
function effect(title, { effect, says, way, commands, source }, language) {
  return element(
    'li',
    {},
    badge(states[effect], title),
    ' ',
    breakable(says[language]),
    element('span', { class: 'sub' }, breakable(way[language])),
    ...commands.map((command) => element('pre', { class: 'code', tabindex: 0 }, command)),
    element('span', { class: 'sub' }, breakable(source)),
  );
}
