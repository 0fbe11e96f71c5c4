import { DescribeTasksCommand, type ECSClient, paginateListTasks, type Task } from '@aws-sdk/client-ecs';
import { everyPage } from '../lambda/every-page.ts';

/** DescribeTasks takes no more at once. */
const largestRequest = 100;

/** Private addresses of the tasks of a service that run this revision of its task definition. */
export async function taskAddresses(
  ecs: ECSClient,
  { cluster, service }: { readonly cluster: string; readonly service: string },
  taskDefinition: string,
): Promise<string[]> {
  const pages = paginateListTasks(
    { client: ecs },
    { cluster, serviceName: service, desiredStatus: 'RUNNING' },
  );
  const arns = await everyPage(pages, ({ taskArns }) => taskArns);

  const tasks: Task[] = [];
  for (let from = 0; from < arns.length; from += largestRequest) {
    const described = await ecs.send(
      new DescribeTasksCommand({ cluster, tasks: arns.slice(from, from + largestRequest) }),
    );
    tasks.push(...(described.tasks ?? []));
  }
  return tasks
    .filter((task) => task.taskDefinitionArn === taskDefinition && task.lastStatus === 'RUNNING')
    .flatMap(addressOf);
}

function addressOf({ attachments = [] }: Task): string[] {
  const details = attachments
    .filter(({ type }) => type === 'ElasticNetworkInterface')
    .flatMap((attachment) => attachment.details ?? []);
  const address = details.find(({ name }) => name === 'privateIPv4Address')?.value;
  return address === undefined ? [] : [address];
}
