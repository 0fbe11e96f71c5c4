import { element, table } from './dom.js';

/** @import { Page } from './main.js' */

/** How the deployed environments fared when somebody asked last. @param {Page} page */
export function status(page) {
  const { data, t } = page;
  const shown = data.statuses.filter(({ environment }) => page.shows(environment));
  if (shown.length === 0) return undefined;
  return element(
    'section',
    { id: 'status' },
    element('h2', {}, t('deployedStatus')),
    ...shown.map(({ environment, asked, counts, differing, answers }) =>
      element(
        'div',
        {},
        element('h3', {}, t('statusOf', { environment, asked: asked.slice(0, 16).replace('T', ' ') })),
        element('p', {}, t('statusCounts', counts)),
        element(
          'p',
          { class: 'note' },
          differing.length > 0 ? t('statusDiffers', { stacks: differing.join(', ') }) : t('statusEqual'),
        ),
        table(
          t('deployedStatus'),
          [t('statusStanding'), t('statusAbout'), t('statusFound'), t('statusTodo')],
          answers.map(({ standing, about, says, todo }) => [
            t(`status_${standing}`),
            ...[about, says, todo].map((text) => text[page.language]),
          ]),
        ),
      ),
    ),
  );
}
