import {
  CloudFormationClient,
  CreateStackCommand,
  ListStacksCommand,
  type OperationEvent,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { judgedByAws } from '../../../lib/review/deploys/aws/change-sets.ts';
import { readDeployed } from '../../../lib/review/deploys/aws/deployed.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { planDeploy, planRemoval } from '../../../lib/review/deploys/plan.ts';
import { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { program } from '../../support/programs.ts';
import { deployment, exported, type Resources, stack } from './stacks.ts';

const moto = program('moto_server');
const account = '123456789012';
const region = 'ap-northeast-1';

/** Moto knows no ListImports. */
function nobodyImports(client: CloudFormationClient): CloudFormationClient {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'ListImportsCommand') throw new Error("Export 'x' is not imported by any stack.");
        return next(args);
      },
    { step: 'initialize', priority: 'low' },
  );
  return client;
}

describe.skipIf(moto.missing)(`the deployed state of a shop (needs moto: ${moto.install})`, () => {
  let aws: LoopbackAws;
  const said: string[] = [];
  const access = {
    client: (at: string) => nobodyImports(new CloudFormationClient({ region: at })),
    storage: (at: string) => new S3Client({ region: at, forcePathStyle: true }),
    pause: async () => {},
    say: (line: string) => void said.push(line),
  };

  const queue = (name: string): Resources => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } },
  });
  const outputs = { Queue: exported({ Ref: 'Queue' }, 'shop-main-vault:Queue') };
  const target = (name: string) =>
    deployment(
      stack('shop-main-vault', queue(name), { account, outputs }),
      stack('shop-main-more', queue('more'), { account }),
    );

  const create = (name: string, template: object) =>
    access
      .client(region)
      .send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));

  beforeAll(async () => {
    aws = await LoopbackAws.start(moto.path ?? '');
    await create('shop-main-vault', { Resources: queue('one'), Outputs: outputs });
    await create('others', { Resources: queue('others'), Outputs: { Queue: exported('x', 'taken') } });
    await create('shop-main-cellar', {
      Metadata: { 'secure-shop:environment': { shop: 'other', environment: 'production' } },
      Resources: queue('cellar'),
    });
  });
  afterAll(() => aws.stop());

  it('is what CloudFormation has under the names of the shop, and says how far it is', async () => {
    const { stacks, foreignExports } = await readDeployed(target('one').stacks, access);
    expect(stacks.map(({ name, template }) => [name, Object.keys(template.Resources)])).toEqual([
      ['shop-main-vault', ['Queue']],
    ]);
    expect(foreignExports).toEqual([
      { name: 'taken', region, stackId: expect.stringContaining('stack/others/') },
    ]);
    expect(said).toContain('Reading shop-main-vault (1 of 2) ...');
  });

  it('is planned against like an earlier assembly', async () => {
    const { stacks } = await readDeployed(target('one').stacks, access);
    const plan = planDeploy(new Deployment(stacks), target('two'));
    expect(plan.stacks.map(({ stack: name, action }) => [name, action])).toEqual([
      ['shop-main-vault', 'changed'],
      ['shop-main-more', 'created'],
    ]);
  });

  it('counts stacks of others that import from it: what they hold does not go', async () => {
    const importing = (at: string) => answeringTo('ListImportsCommand', { Imports: ['reports'] })(at);
    const { stacks } = await readDeployed(target('one').stacks, { ...access, client: importing });
    const without = deployment(
      stack('shop-main-vault', queue('one'), { account }),
      stack('shop-main-more', queue('more'), { account }),
    );
    const refused = planDeploy(new Deployment(stacks), without).stacks.flatMap(({ findings }) => findings);
    expect(refused.map(({ says }) => says)).toEqual([
      expect.stringMatching(/export shop-main-vault:Queue goes away while reports imports it/),
    ]);
    expect(planRemoval(new Deployment(stacks)).stacks.map(({ stack: name }) => name)).toEqual([
      'shop-main-vault',
    ]);
  });

  it('is not looked for with the credentials of another account', async () => {
    const elsewhere = [stack('shop-main-vault', queue('one'), { account: '999988887777' })];
    await expect(readDeployed(elsewhere, access)).rejects.toThrow(UserError);
  });

  it('is judged by change sets, which leave nothing behind', async () => {
    const { stacks } = await readDeployed(target('one').stacks, access);
    const before = new Deployment(stacks);
    const refused: OperationEvent = {
      ValidationStatus: 'FAILED',
      ValidationStatusReason: 'name is taken',
      LogicalResourceId: 'Queue',
    };
    const findings = await judgedByAws(before, target('two'), { ...access, client: answering([refused]) });
    expect(findings.map(({ stack: name, resource, says }) => [name, resource, says])).toEqual([
      ['shop-main-vault', 'Queue', 'name is taken'],
      ['shop-main-more', 'Queue', 'name is taken'],
    ]);
    expect(await judgedByAws(before, target('two'), { ...access, client: answering([]) })).toEqual([]);

    const { StackSummaries = [] } = await access.client(region).send(new ListStacksCommand({}));
    const standing = StackSummaries.filter(({ StackStatus: status }) => status !== 'DELETE_COMPLETE');
    expect(standing.map(({ StackName: name }) => name).sort()).toEqual([
      'others',
      'shop-main-cellar',
      'shop-main-vault',
    ]);
  });

  /** Moto has no DescribeEvents, through which AWS hands out its validation. */
  function answering(events: readonly OperationEvent[]) {
    return answeringTo('DescribeEventsCommand', { OperationEvents: [...events] });
  }

  function answeringTo(command: string, answer: object) {
    return (at: string) => {
      const client = access.client(at);
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) =>
            commandName === command ? { response: {}, output: { ...answer, $metadata: {} } } : next(args),
        { step: 'initialize' },
      );
      return client;
    };
  }
});
