import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { pageWatched } from '../../../lib/checks/rules/alm1/page-watched.ts';
import { parseShop } from '../../../lib/config/index.ts';
import { smallShop } from '../../support/shops.ts';
import { resourcesOfType, synthesizeShop } from '../../support/synthesize.ts';

const learned = {
  scripts: [{ source: '/app.js', hash: 'a'.repeat(64), reason: 'The cart of the shop itself.' }],
  page: { visit: ['/?add-to-cart=12', '/checkout'], hosts: ['script js.stripe.com'] },
};

function production(payment: object) {
  const [environment] = synthesizeShop(
    parseShop({ ...smallShop(), payment: { provider: 'stripe', ...payment } }),
  );
  if (!environment) throw new Error('no environment');
  return environment;
}

describe('the watch of the payment page', () => {
  const watched = production(learned);
  const [canary] = Object.values(resourcesOfType(watched, 'AWS::Synthetics::Canary'));

  it('runs by itself where scripts and page are declared, on a current runtime and outside of the VPC', () => {
    expect(canary?.Properties).toMatchObject({
      RuntimeVersion: 'syn-nodejs-playwright-6.0',
      Schedule: { Expression: 'rate(6 hours)', DurationInSeconds: '0' },
      StartCanaryAfterCreation: true,
    });
    expect(canary?.Properties).not.toHaveProperty('VPCConfig');
  });

  it('tells a person of new code, of other changes, and when nobody has read the page', () => {
    const alarms = Object.values(resourcesOfType(watched, 'AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => Properties)
      .filter(({ Namespace }) => Namespace === 'SecureShop/PaymentPage');
    expect(alarms.map(({ MetricName, TreatMissingData }) => [MetricName, TreatMissingData]).sort()).toEqual([
      ['LoudChanges', 'notBreaching'],
      ['OtherChanges', 'notBreaching'],
      ['PageRead', 'breaching'],
    ]);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  it.each([
    ['nothing is learned', {}],
    ['it is switched off', { ...learned, watch: false }],
  ])('is not there when %s', (_, payment) => {
    expect(resourcesOfType(production(payment), 'AWS::Synthetics::Canary')).toEqual({});
  });

  type Json = Record<string, unknown>;
  const outcomes = (alter: (type: string, properties: Json) => void) => {
    const templates = Object.entries(watched.templates).map(([name, each]) => {
      const template = structuredClone(each.toJSON()) as {
        Resources: Record<string, { Type: string; Properties: Json }>;
      };
      for (const { Type, Properties } of Object.values(template.Resources)) alter(Type, Properties);
      return { name, template };
    });
    return checkTemplates(templates, [pageWatched]).rows.map(({ outcome }) => outcome);
  };
  const altered = (type: string, changes: Json, when: (properties: Json) => boolean = () => true) =>
    outcomes((each, properties) => {
      if (each === type && when(properties)) Object.assign(properties, changes);
    });
  const ofMetric = (name: string) => (properties: Json) => properties.MetricName === name;

  it('keeps its own rule, also when it runs daily', () => {
    expect(outcomes(() => undefined)).toEqual(['compliant']);
    const daily = { Expression: 'rate(1 day)', DurationInSeconds: '0' };
    expect(altered('AWS::Synthetics::Canary', { Schedule: daily })).toEqual(['compliant']);
  });

  it.each<[what: string, outcome: () => string[]]>([
    ['is not started', () => altered('AWS::Synthetics::Canary', { StartCanaryAfterCreation: false })],
    ['runs monthly', () => altered('AWS::Synthetics::Canary', { Schedule: { Expression: 'rate(30 days)' } })],
    [
      'ends after a day',
      () =>
        altered('AWS::Synthetics::Canary', {
          Schedule: { Expression: 'rate(6 hours)', DurationInSeconds: '86400' },
        }),
    ],
    ['rings nobody', () => altered('AWS::CloudWatch::Alarm', { AlarmActions: [] }, ofMetric('LoudChanges'))],
    [
      'takes silence for good',
      () => altered('AWS::CloudWatch::Alarm', { TreatMissingData: 'notBreaching' }, ofMetric('PageRead')),
    ],
    [
      'rings for another watch',
      () =>
        altered(
          'AWS::CloudWatch::Alarm',
          { Dimensions: [{ Name: 'Watch', Value: 'another' }] },
          ofMetric('OtherChanges'),
        ),
    ],
  ])('breaks its own rule when it %s', (_, outcome) => {
    expect(outcome()).toContain('non-compliant');
  });
});
