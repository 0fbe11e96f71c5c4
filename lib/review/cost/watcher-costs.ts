import { isObject } from '../templates/template-file.ts';
import type { PricedEnvironment } from './priced-environment.ts';
import { daysOfMonth, fixed, type Subject, text, type Usage } from './usage.ts';

/** What a release, a rotation or a patch changes of a resource in a month. */
const changesOfResource = 2;
/** Snapshots of the database and of its backups, each made and deleted again. */
const changesOfDay = 4;
/** Controls that look at a resource, as far as they do so every day. */
const controlsOfResource = 3;

/** Of AWS Config, which records what changes of the kinds that its recorder names. */
export function recorderCosts({ environment }: Subject): Usage[] {
  return [fixed('config.items', changes(environment), text('AWS Config: changes', 'AWS Config：変更の記録'))];
}

/** A rule is asked every day, or at each change of what it is about. */
export function configRuleCosts({ resource, environment }: Subject): Usage[] {
  const rules = environment.ofType('AWS::Config::ConfigRule');
  const onChange = rules.filter(({ properties }) => properties.Scope !== undefined).length;
  const evaluations =
    resource.properties.Scope === undefined ? daysOfMonth : changes(environment) / Math.max(1, onChange);
  return [fixed('config.evaluations', evaluations, text('AWS Config: rules', 'AWS Config：ルールの評価'))];
}

export function securityHubCosts({ environment }: Subject): Usage[] {
  const checks = recorded(environment) * controlsOfResource * daysOfMonth;
  return [fixed('security-hub.checks', checks, text('Security Hub', 'Security Hub'))];
}

function changes(environment: PricedEnvironment): number {
  return recorded(environment) * changesOfResource + changesOfDay * daysOfMonth;
}

/** Resources of the environment whose kinds the recorder names; a recorder elsewhere is taken to name them all. */
function recorded({ resources }: PricedEnvironment): number {
  const recorder = resources.find(({ type }) => type === 'AWS::Config::ConfigurationRecorder');
  const group = recorder?.properties.RecordingGroup;
  const types: unknown = isObject(group) ? group.ResourceTypes : undefined;
  return resources.filter(({ type }) => !Array.isArray(types) || types.includes(type)).length;
}
