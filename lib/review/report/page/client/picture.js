import { element, svg, table } from './dom.js';
import { pathsOf } from './proofs.js';

/**
 * @import { Diagram, PageEnvironment } from '../model.ts'
 * @import { Page } from './main.js'
 */

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
          draw(page, environment.diagram, `${t('architecture')}: ${page.nameOf(environment.name)}`),
        )
      : element('p', { class: 'note' }, t('architectureNone')),
    ...(environment.diagram?.leftOut
      ? [element('p', { class: 'note' }, t('architectureLeftOut', environment.diagram.leftOut))]
      : []),
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
 * @param {Page} page
 * @param {Diagram} diagram
 * @param {string} title
 */
function draw({ t }, { width, height, nodes, edges }, title) {
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
    ...nodes.map(({ x, y, width, height, label, kind, within, title }) =>
      svg(
        'g',
        { class: `node ${kind}` },
        svg('title', {}, title),
        svg('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 6 }),
        svg('text', { x, y: y - 3 }, label),
        svg('text', { x, y: y + 13, class: 'kind' }, within ? t('eachOther', { kind, ports: within }) : kind),
      ),
    ),
  );
}
