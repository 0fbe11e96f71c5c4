import { App, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { runPacks } from '../../../lib/checks/packs/index.ts';
import type { AccountService, Environment } from '../../../lib/config/environment.ts';
import { accountServiceTypes } from '../../../lib/environment/detection/account-services.ts';
import { detectionStack, environmentWith } from './detection-stack.ts';

const services = Object.keys(accountServiceTypes) as AccountService[];
const sources: Readonly<Record<AccountService, string>> = {
  guardduty: 'aws.guardduty',
  'access-analyzer': 'aws.access-analyzer',
  'security-hub': 'aws.securityhub',
  config: 'aws.config',
  macie: 'aws.macie',
};

function choices<T>(values: readonly T[]): T[][] {
  return values.reduce<T[][]>((chosen, value) => chosen.flatMap((each) => [each, [...each, value]]), [[]]);
}

/** Every switch of the config on and off, with every choice of what the account has already. */
const settings = choices(services).flatMap((existing) =>
  [true, false].flatMap((config) =>
    [{ securityHub: {} }, {}].flatMap((hub) =>
      (['create', 'existing'] as const).map((accountServices) => ({
        existing,
        config,
        ...hub,
        accountServices,
      })),
    ),
  ),
);

/** Many come to the same: that is found out without a synthesis. */
const different = new Map<string, (typeof settings)[number]>();
for (const detection of settings) {
  const { makes, existing, standards, asksConfig } = environmentWith({ detection }).detection;
  different.set(JSON.stringify([makes, existing.toSorted(), standards, asksConfig]), detection);
}

interface Combination {
  readonly name: string;
  readonly detection: Environment['detection'];
  readonly template: Template;
}

const app = new App({ analyticsReporting: false });
const combinations: Combination[] = [...different.values()].map((detection, index) => ({
  name: JSON.stringify(detection),
  detection: environmentWith({ detection }).detection,
  template: Template.fromStack(detectionStack(new Stage(app, `Combination${index}`), { detection })),
}));

it('makes each service that is asked for, once, unless the account has it', () => {
  for (const { name, detection, template } of combinations) {
    const made = services.filter(
      (service) => Object.keys(template.findResources(accountServiceTypes[service])).length === 1,
    );
    expect([name, made.toSorted()]).toEqual([name, detection.makes.toSorted()]);
    expect([name, made.filter((service) => detection.existing.includes(service))]).toEqual([name, []]);
  }
});

it('hears what each of them finds, whoever turned it on', () => {
  for (const { name, template } of combinations) {
    const rules = Object.values(template.findResources('AWS::Events::Rule'));
    const heard = rules.flatMap(({ Properties }) => Properties.EventPattern.source);
    expect([name, Object.values(sources).filter((source) => !heard.includes(source))]).toEqual([name, []]);
    // Another stack reads the queue.
    expect(JSON.stringify(rules)).toContain('ThreatsFindings');
  }
});

it('leaves no pack with a finding', () => {
  const recorder = runPacks(app);
  const open = recorder.rows.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'error');
  expect(open.map(({ rule, resource }) => `${rule.id} ${resource.path}`)).toEqual([]);
  for (const { name, template } of combinations) {
    const { rows } = checkTemplates([{ name: 'detection', template: template.toJSON() }]);
    const found = rows.filter(
      ({ rule, outcome }) =>
        /ALM1\[(Detection|HubChecks|EventPatterns)\]|LOG1\[ConfigRecorder\]/.test(rule) &&
        outcome !== 'compliant' &&
        outcome !== 'not-applicable',
    );
    expect([name, found.map(({ rule, reason }) => `${rule} ${reason}`)]).toEqual([name, []]);
  }
});
