import { deploymentNames } from '../../environment/patching/names.ts';
import { isPatched, patchStates } from '../../environment/patching/patch-compliance.ts';
import { problem, ready } from '../account/check.ts';
import { minute, type Question } from './question.ts';

/** Whether every host has its patches. The shop itself has none: its image is rebuilt. */
export const hosts: Question = {
  id: 'patch-compliance',
  title: 'Patch compliance',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-compliance-states.html',
  async ask({ shop, environment, aws, now }) {
    const { patchGroup } = deploymentNames(shop.name, environment.name);
    const found = await patchStates(patchGroup, aws.parameters(environment.region));
    if (found.length === 0) {
      return environment.patching.operationsHost
        ? [
            problem('patch compliance', 'the operations host was never scanned', [
              'docs/runbooks/patching.md',
            ]),
          ]
        : [ready('patch compliance', 'no host to patch: the shop runs without any')];
    }
    return found.map((host) => {
      const { InstanceId: id = '', MissingCount = 0, FailedCount = 0, OperationEndTime: scanned } = host;
      const says = `${MissingCount} patches missing, ${FailedCount} failed, scanned ${scanned ? minute(scanned) : 'never'}`;
      return isPatched(host, now) ? ready(id, says) : problem(id, says, ['docs/runbooks/patching.md']);
    });
  },
};
