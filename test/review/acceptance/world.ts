import { join } from 'node:path';
import { ResourceNotFoundException as NoCertificate } from '@aws-sdk/client-acm';
import { ResourceNotFoundException as NoFunction } from '@aws-sdk/client-lambda';
import { ResourceNotFoundException as NoSecret } from '@aws-sdk/client-secrets-manager';
import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { App, Stack } from 'aws-cdk-lib';
import type { Ground } from '../../../lib/review/acceptance/ground.ts';
import type { RehearsalState, StateFile } from '../../../lib/review/acceptance/state.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { type Plan, planDeploy } from '../../../lib/review/deploys/plan.ts';
import { type Deployer, DeployFailed } from '../../../lib/review/launch/tools.ts';
import { operatedOf } from '../../../lib/review/status/operated.ts';
import type { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { deployVpn, type Operator } from '../../environment/admin/support/shop.ts';
import { type Answers, production, readyAnswers, recordedAws, shop, stacks } from '../preflight/recorded.ts';
import { listedStacks, secret, secretNames } from '../status/operated.ts';

const before = {
  nothing: () => undefined,
  'without VPN': () => new Deployment(stacks.slice(0, -1)),
  all: () => new Deployment(stacks),
};
const planned = new Map<keyof typeof before, Plan>();
/** There are three of them, however many processes ask. */
function plans(deployed: keyof typeof before): Plan {
  const plan = planned.get(deployed) ?? planDeploy(before[deployed](), new Deployment(stacks));
  planned.set(deployed, plan);
  return plan;
}

const gone = { message: 'gone', $metadata: {} };
const old = `sha256:${'ab'.repeat(32)}`;
const built = `sha256:${'cd'.repeat(32)}`;

/**
 * An account in which a rehearsal runs: AWS as recorded answers that follow from what was done, Client VPN's
 * certificates as moto. It outlives the process that works in it.
 */
export class World {
  bootstrapped = false;
  deployed = false;
  /** Digest that the parameter names, and the service runs. */
  named = old;
  running = old;
  restorePlan: string | undefined;
  doorOpen = false;
  certificate: string | undefined;
  readonly rotated: string[] = [];
  readonly done: string[] = [];
  readonly said: string[] = [];
  more: Answers = {};
  /** What of the deployer and the Internet goes wrong. */
  broken: 'deploy' | 'harmless failure' | 'edge' | 'vpn' | 'destroy' | undefined;
  hours = 0;
  /** Actions that are left before the process dies. */
  left = Number.POSITIVE_INFINITY;
  /** Pressed at that action. */
  interruptAt = Number.POSITIVE_INFINITY;
  interrupted = false;
  killed: () => void = () => {};

  readonly operator: Operator;
  readonly loopback: LoopbackAws;

  constructor(operator: Operator, loopback: LoopbackAws) {
    this.operator = operator;
    this.loopback = loopback;
  }

  /** Whoever acts after the process has died waits for ever. */
  private async acts(what: string): Promise<void> {
    if (this.left <= 0) {
      this.killed();
      await new Promise(() => {});
    }
    this.left -= 1;
    this.done.push(what);
    if (this.done.length >= this.interruptAt) this.interrupted = true;
  }

  count(what: string): number {
    return this.done.filter((each) => each === what).length;
  }

  private get aws() {
    const resources = (StackName: unknown) =>
      [
        ['AWS::SNS::Topic', 'Topic', 'arn:topic'],
        ['AWS::Backup::BackupPlan', 'Plan', 'plan-1'],
        ['AWS::RDS::DBSubnetGroup', 'Subnets', 'subnets-1'],
        ['AWS::EC2::SecurityGroup', 'RestoredDatabase12345678', 'sg-restored'],
        ['AWS::EC2::SecurityGroup', 'Shop12345678', 'sg-shop'],
      ].map(([ResourceType, LogicalResourceId, PhysicalResourceId]) => ({
        StackName,
        ResourceType,
        LogicalResourceId,
        PhysicalResourceId,
      }));
    const deployment = () => ({
      id: 'ecs-1',
      status: 'PRIMARY',
      rolloutState: 'COMPLETED',
      taskDefinition: `shop:${this.running}`,
    });
    const service = () => ({
      status: 'ACTIVE',
      taskDefinition: `shop:${this.running}`,
      deployments: [deployment()],
    });
    return recordedAws({
      ...readyAnswers,
      GetParameterCommand: ({ Name }) => {
        const isThere = String(Name).startsWith('/cdk-bootstrap') ? this.bootstrapped : this.deployed;
        const Value = String(Name).startsWith('/cdk-bootstrap') ? '28' : this.named;
        return isThere ? { Parameter: { Value } } : new ParameterNotFound(gone);
      },
      PutParameterCommand: ({ Value }) => {
        this.named = String(Value);
        return {};
      },
      DescribeParametersCommand: () => ({
        Parameters: this.deployed ? [{ Name: '/secure-shop/left' }] : [],
      }),
      ListStacksCommand: (input, region) =>
        this.deployed ? listedStacks(1, 'CREATE_COMPLETE')(input, region) : { StackSummaries: [] },
      ListStackResourcesCommand: ({ StackName }) => ({ StackResourceSummaries: resources(StackName) }),
      ListSubscriptionsByTopicCommand: {
        Subscriptions: production.alarms.emails.map((Endpoint) => ({
          Endpoint,
          SubscriptionArn: 'PendingConfirmation',
        })),
      },
      ListAnalyzersCommand: () => ({ analyzers: this.deployed ? [{}] : [] }),
      ListDetectorsCommand: () => ({ DetectorIds: this.deployed ? ['one'] : [] }),
      DescribeCertificateCommand: () =>
        this.certificate === undefined
          ? new NoCertificate(gone)
          : { Certificate: { NotAfter: new Date('2028-01-01') } },
      DeleteCertificateCommand: () => {
        this.certificate = undefined;
        return {};
      },
      InvokeCommand: ({ Payload }) => {
        if (!this.deployed) return new NoFunction(gone);
        const { action } = JSON.parse(String(Payload)) as { readonly action: string };
        if (action !== 'state') this.doorOpen = action === 'open';
        return { Payload: Buffer.from(JSON.stringify({ state: this.doorOpen ? 'open' : 'closed' })) };
      },
      ListSecretsCommand: () => ({
        SecretList: this.deployed ? secretNames.map((name) => secret(name)) : [],
      }),
      DescribeSecretCommand: ({ SecretId }) =>
        this.deployed && secretNames.includes(String(SecretId))
          ? {
              RotationEnabled: true,
              VersionIdsToStages: Object.fromEntries(this.rotated.map((token) => [token, ['AWSCURRENT']])),
            }
          : new NoSecret(gone),
      RotateSecretCommand: ({ ClientRequestToken }) => {
        this.rotated.push(String(ClientRequestToken));
        return {};
      },
      DescribeServicesCommand: () => ({ services: [service()] }),
      UpdateServiceCommand: () => ({ service: service() }),
      DescribeTaskDefinitionCommand: () => ({
        taskDefinition: { containerDefinitions: [{ name: 'shop', image: `1.ecr/images@${this.running}` }] },
      }),
      StartPipelineExecutionCommand: () => {
        this.running = built;
        this.named = built;
        return { pipelineExecutionId: 'run-1' };
      },
      GetPipelineExecutionCommand: { pipelineExecution: { status: 'Succeeded' } },
      ListActionExecutionsCommand: { actionExecutionDetails: [] },
      ListBackupSelectionsCommand: {
        BackupSelectionsList: [{ SelectionId: 'files' }, { SelectionId: 'db' }],
      },
      GetBackupSelectionCommand: ({ SelectionId }) => ({
        BackupSelection: {
          IamRoleArn: 'arn:role',
          Resources: [
            SelectionId === 'db'
              ? 'arn:aws:rds:ap-northeast-1:1:cluster:shop'
              : 'arn:aws:elasticfilesystem:ap-northeast-1:1:file-system/fs-1',
          ],
        },
      }),
      StartBackupJobCommand: { BackupJobId: 'job-1' },
      DescribeBackupJobCommand: { State: 'COMPLETED' },
      ListRestoreTestingPlansCommand: () => ({
        RestoreTestingPlans: this.restorePlan ? [{ RestoreTestingPlanName: this.restorePlan }] : [],
      }),
      CreateRestoreTestingPlanCommand: ({ RestoreTestingPlan }) => {
        this.restorePlan = (RestoreTestingPlan as { RestoreTestingPlanName: string }).RestoreTestingPlanName;
        return { RestoreTestingPlanArn: 'arn:plan' };
      },
      CreateRestoreTestingSelectionCommand: ({ RestoreTestingSelection }) => {
        this.done.push(
          `restore into ${JSON.stringify((RestoreTestingSelection as Record<string, unknown>).RestoreMetadataOverrides)}`,
        );
        return {};
      },
      DeleteRestoreTestingSelectionCommand: {},
      DeleteRestoreTestingPlanCommand: () => {
        this.restorePlan = undefined;
        return {};
      },
      ListRestoreJobsCommand: {
        RestoreJobs: [{ RestoreJobId: 'restore-1', Status: 'COMPLETED', DeletionStatus: 'SUCCESSFUL' }],
      },
      GetResourcesCommand: (_, region) => ({
        ResourceTagMappingList: this.deployed
          ? [{ ResourceARN: `arn:aws:ec2:${region}:1:vpc/vpc-1` }]
          : [{ ResourceARN: `arn:aws:kms:${region}:1:key/1` }],
      }),
      DescribeKeyCommand: { KeyMetadata: { KeyState: 'PendingDeletion' } },
      ...this.more,
    });
  }

  ground(file: StateFile): Ground {
    const { state } = file;
    const read: Ground['read'] = (use, change) => {
      let willFail = false;
      if (change) {
        const app = new App();
        for (const name of ['one', 'two', 'three']) new Stack(app, name);
        change(app);
        willFail = app.node.findAll().some((each) => each.node.id === 'RehearsedFailure');
      }
      const { admin } = production;
      const vpn = { ...admin.vpn, certificateArn: state.certificateArn };
      const environment = {
        ...production,
        // As in the config of the double.
        admin: {
          ...admin,
          people: this.operator.environment.admin.people.slice(0, 1),
          vpn,
          secureBrowser: undefined,
        },
      };
      const dns = {
        nameServers: async () => ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'],
        issuers: async () => [],
      };
      const account = { shop, environment, stacks, aws: this.aws, dns, now: this.now() };
      return use({
        operated: operatedOf(account, async () => {}),
        assembly: willFail ? 'will fail' : 'cdk.out',
      });
    };
    return {
      read,
      launch: {
        deployer: this.deployer(state),
        read,
        plan: async () => {
          const open = state.certificateArn !== undefined && this.loopback.endpoints.size === 0;
          return plans(this.deployed ? (open ? 'without VPN' : 'all') : 'nothing');
        },
        vpn: (operated) => ({
          ...this.operator,
          environment: { ...this.operator.environment, admin: operated.environment.admin },
        }),
        confirm: async () => true,
        say: (line) => this.said.push(line),
        pause: async () => {
          await this.acts('waited');
        },
        profile: join(state.notes.folder ?? '', 'rehearsal.ovpn'),
        keepCertificate: (arn) => {
          state.certificateArn = arn;
          this.certificate = arn;
          file.save();
          return true;
        },
      },
      ask: async ({ url, method }) => {
        await this.acts('asked');
        if (this.broken === 'edge') return 200;
        if (method === 'TRACE') return 403;
        if (url.startsWith('http:')) return 301;
        return shop.platform.adminPaths.some((path) => url.toLowerCase().includes(path)) ? 403 : 302;
      },
      connect: async (profile) => {
        await this.acts(`connected with ${profile.split('/').at(-1)}`);
        if (!this.doorOpen) throw new Error('a shut door lets nobody in');
        if (this.broken === 'vpn') throw new DeployFailed('no connection');
      },
      now: this.now,
      state,
      save: () => file.save(),
    };
  }

  private readonly now = () => new Date(Date.parse('2026-11-29T03:00:00Z') + this.hours * 3_600_000);

  private deployer(state: RehearsalState): Deployer {
    return {
      bootstrap: async () => {
        await this.acts('bootstrap');
        this.bootstrapped = true;
      },
      deploy: async (assembly, _, tell) => {
        await this.acts(assembly === 'cdk.out' ? 'deploy' : 'deploy that fails');
        this.hours += 1;
        tell({ kind: 'stack', name: stacks[0]?.name ?? '', number: 1, of: stacks.length });
        if (assembly !== 'cdk.out' && this.broken !== 'harmless failure')
          throw new DeployFailed('a wait condition timed out');
        if (this.broken === 'deploy') throw new DeployFailed('The stack shop did not become complete');
        this.deployed = true;
        this.running = this.named;
        if (state.certificateArn) await deployVpn(this.loopback, this.operator);
      },
      destroy: async () => {
        await this.acts('destroy');
        this.hours += 1;
        if (this.broken === 'destroy') throw new DeployFailed('The stack shop is not deleted');
        this.deployed = false;
        this.loopback.endpoints.clear();
      },
    };
  }
}
