import { at, isTrue, list, numeric, text, type Value } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** What runs stays what was scanned: a read-only root file system, no root user, no privileges. */
export const taskHardening = defineRule({
  invariant: 'PAT1',
  finding: 'TaskHardening',
  en: 'Containers run without root, privileges or a writable root file system',
  ja: 'コンテナはroot・特権・書き込み可能なルートFSなしで動作する',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge(task, { declared, graph }) {
    const { properties } = task;
    const verdicts: Verdict[] = [];
    const network = text(properties.NetworkMode);
    if (declared && network !== 'awsvpc')
      verdicts.push(
        fail(`NetworkMode is ${network ?? 'not set'}; expected awsvpc, with a security group a task`),
      );
    else if (network === 'host')
      verdicts.push(fail('NetworkMode is host: containers share the host and its addresses'));
    for (const kind of ['PidMode', 'IpcMode'] as const) {
      if (text(properties[kind]) === 'host') verdicts.push(fail(`${kind} is host`));
    }
    for (const volume of list(properties.Volumes)) {
      const path = text(at(volume, 'Host', 'SourcePath'));
      if (path !== undefined) verdicts.push(fail(`mounts ${path} of its host`));
    }
    if (
      declared &&
      properties.TaskRoleArn !== undefined &&
      same(properties.TaskRoleArn, properties.ExecutionRoleArn)
    )
      verdicts.push(fail('its code runs with the execution role, which reads every secret of the task'));
    for (const container of containersOf(task, graph)) verdicts.push(...judgeContainer(container, declared));
    return verdicts.length > 0 ? verdicts : pass('has no container');
  },
});

function judgeContainer(container: Value, declared: boolean): Verdict[] {
  const name = text(at(container, 'Name')) ?? 'a container';
  const verdicts: Verdict[] = [];
  const user = text(at(container, 'User'));
  // Without a user the image decides; only our own images are known to have one.
  if (user === undefined)
    verdicts.push(declared ? fail(`${name} sets no User`) : pass(`${name} runs as the user of its image`));
  else
    verdicts.push(
      /^(root|0)(:|$)/.test(user) || numeric(user) === 0
        ? fail(`${name} runs as root`)
        : pass(`${name} runs as ${user}`),
    );
  const readOnly = isTrue(at(container, 'ReadonlyRootFilesystem'));
  if (!readOnly && declared) verdicts.push(fail(`${name} can write its root file system`));
  if (isTrue(at(container, 'Privileged'))) verdicts.push(fail(`${name} is privileged`));
  if (declared && !list(at(container, 'LinuxParameters', 'Capabilities', 'Drop')).includes('ALL'))
    verdicts.push(
      fail(`${name} keeps capabilities that it does not need (LinuxParameters.Capabilities.Drop)`),
    );
  // What was scanned is the image, with what it starts.
  const instead = ['Command', 'EntryPoint'].filter((key) => list(at(container, key)).length > 0);
  if (declared && instead.length > 0)
    verdicts.push(fail(`${name} starts something else than its image says (${instead.join(', ')})`));
  const added = list(at(container, 'LinuxParameters', 'Capabilities', 'Add'));
  if (added.length > 0) verdicts.push(fail(`${name} has capabilities ${added.join(', ')}`));
  return verdicts;
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
