import { deploymentNames } from '../../environment/patching/names.ts';
import { isSettled } from '../../environment/patching/rollout.ts';
import { lookForService } from '../../environment/patching/shop-service.ts';
import { look, problem, ready } from '../account/check.ts';
import type { Question } from './question.ts';

/** As many tasks run as are wanted. */
export const tasks: Question = {
  id: 'tasks',
  title: 'Tasks',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html',
  async ask({ shop, environment, aws }) {
    const names = deploymentNames(shop.name, environment.name);
    const service = await lookForService(names, aws.services(environment.region));
    if (typeof service === 'string') {
      return [problem('tasks', `there is ${service} ${names.service}`, ['docs/runbooks/shop-down.md'])];
    }
    const { desiredCount: wanted = 0, runningCount: running = 0 } = service;
    const says = `${running} of ${wanted} run`;
    if (wanted === 0)
      return [problem('tasks', 'none are wanted: the shop is off', ['docs/runbooks/shop-down.md'])];
    if (running >= wanted) return [ready('tasks', says)];
    return [
      isSettled(service)
        ? problem('tasks', says, ['docs/runbooks/shop-down.md'])
        : look('tasks', `${says}, while a deployment is under way`, ['Look again in ten minutes.']),
    ];
  },
};
