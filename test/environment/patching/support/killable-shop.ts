import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient, ImageAlreadyExistsException } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { ReleaseSettings, ReleaseTools } from '../../../../lib/environment/patching/release.ts';
import type { SmokeAnswer } from '../../../../lib/environment/patching/smoke-check.ts';
import { enhancedScan } from './scans.ts';

type Input = Readonly<Record<string, unknown>>;

/** What an image does in service. */
export type Temper = 'works' | 'shows errors' | 'does not start';

const repositoryUri = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/images';
const family = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/shop';
const none = { $metadata: {}, message: '' };

export const settings: ReleaseSettings = {
  candidates: 'candidates',
  repository: 'images',
  repositoryUri,
  digestParameter: '/shop/image-digest',
  cluster: 'shop',
  service: 'web',
  container: 'shop',
  exceptions: [],
};

/** How the run that goes on at this moment reaches AWS. */
let answered: (operation: string, input: Input) => Promise<object>;

/** The middleware of a client, as far as it stands in for AWS: before anything is signed or sent. */
interface Middleware {
  add(
    middleware: (
      next: unknown,
      context: { readonly commandName?: string },
    ) => (args: { readonly input: Input }) => Promise<{ readonly output: object; readonly response: object }>,
    options: { readonly step: 'initialize'; readonly priority: 'high' },
  ): void;
}

function connected<Client extends CodePipelineClient | ECRClient | ECSClient | SSMClient>(
  client: Client,
): Client {
  (client.middlewareStack as unknown as Middleware).add(
    (_next, { commandName }) =>
      async ({ input }) => ({
        output: { $metadata: {}, ...(await answered(String(commandName).replace(/Command$/, ''), input)) },
        response: {},
      }),
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

const region = 'ap-northeast-1';
const clients = {
  ecr: connected(new ECRClient({ region })),
  ecs: connected(new ECSClient({ region })),
  ssm: connected(new SSMClient({ region })),
  codepipeline: connected(new CodePipelineClient({ region })),
};

export type KillableTools = ReleaseTools & typeof clients;

/**
 * A shop in AWS that keeps what was done to it, whoever did it: images, tags, revisions, a service with a circuit
 * breaker, a parameter. A run can be ended at any of its calls, as a killed process ends: nothing of it comes after.
 */
export class KillableShop {
  parameter: string | undefined;
  primary: string;
  /** `<tag prefix> <digest>`, as often as it was given. */
  readonly tags: string[];
  readonly images: string[] = [];
  /** Runs of the pipeline that somebody started. */
  runs = 0;
  calls = 0;

  private readonly tempers: Readonly<Record<string, Temper>>;
  /** The last revision whose deployment was completed: where the circuit breaker goes back to. */
  private completed: string;
  private rollout: 'COMPLETED' | 'IN_PROGRESS' | 'going back' = 'COMPLETED';
  private readonly blobs = new Set<string>();

  /** @param released the image that runs, and is named */
  constructor(released: string, tempers: Readonly<Record<string, Temper>>) {
    this.tempers = { [released]: 'works', ...tempers };
    this.parameter = released;
    this.tags = [`released ${released}`];
    this.images.push(released);
    this.primary = `${family}:1`;
    this.completed = this.primary;
  }

  /** The image the service runs, once what is under way has ended. */
  get running(): string {
    while (this.rollout !== 'COMPLETED') this.look();
    return this.imageOf(this.primary);
  }

  /**
   * @param last the call, from 0, after which the run ends: AWS carries it out, and no answer arrives @default none
   * @returns what the run threw; 'killed' when it was ended
   */
  async run(work: (tools: KillableTools) => Promise<void>, last?: number): Promise<unknown> {
    this.calls = 0;
    let pullPlug: (killed: 'killed') => void = () => {};
    const killed = new Promise<'killed'>((resolve) => {
      pullPlug = resolve;
    });
    const call = async <T>(carryOut: () => T): Promise<T> => {
      const answer = carryOut();
      if (this.calls++ !== last) return answer;
      pullPlug('killed');
      return new Promise<never>(() => {});
    };
    answered = (operation, input) => call(() => this.answer(operation, input));
    const tools: KillableTools = {
      ...clients,
      request: () => call(() => new Response('layer')),
      askTasks: (addresses) => call(() => addresses.flatMap((address) => this.page(address))),
      pause: async () => {},
      now: () => new Date('2026-11-22T19:40:00Z'),
      say: () => {},
    };
    return Promise.race([
      killed,
      work(tools).then(
        () => undefined,
        (error: unknown) => error,
      ),
    ]);
  }

  private imageOf(revision: string): string {
    return this.images[Number(revision.split(':').at(-1)) - 1] ?? '';
  }

  private page(address: string): SmokeAnswer[] {
    const status = this.tempers[this.imageOf(`:${address.split('.').at(-1)}`)] === 'works' ? 200 : 500;
    return [{ address, page: 'the front page', required: true, status, detail: `answers ${status}` }];
  }

  /** Each look finds the deployment a step further. */
  private look() {
    if (this.rollout === 'IN_PROGRESS' && this.tempers[this.imageOf(this.primary)] === 'does not start') {
      this.primary = this.completed;
      this.rollout = 'going back';
    } else {
      this.rollout = 'COMPLETED';
      this.completed = this.primary;
    }
  }

  private answer(operation: string, input: Input): Record<string, unknown> {
    const digestOf = (of: unknown) => (of as { imageDigest: string }).imageDigest;
    switch (operation) {
      case 'DescribeImageScanFindings':
        return { ...enhancedScan(), imageId: { imageDigest: digestOf(input.imageId) } };
      case 'BatchGetImage': {
        const [id] = input.imageIds as unknown[];
        const manifest = { config: { digest: `config ${digestOf(id)}` }, layers: [{ digest: 'layer' }] };
        return { images: [{ imageManifest: JSON.stringify(manifest) }] };
      }
      case 'BatchCheckLayerAvailability':
        return {
          layers: (input.layerDigests as string[]).map((layerDigest) => ({
            layerDigest,
            layerAvailability: this.blobs.has(layerDigest) ? 'AVAILABLE' : 'UNAVAILABLE',
          })),
        };
      case 'GetDownloadUrlForLayer':
        return { downloadUrl: 'https://layers' };
      case 'InitiateLayerUpload':
        return { uploadId: 'upload', partSize: 100 };
      case 'UploadLayerPart':
        return {};
      case 'CompleteLayerUpload':
        this.blobs.add(String((input.layerDigests as unknown[])[0]));
        return {};
      case 'PutImage': {
        if (!this.blobs.has(`config ${input.imageDigest}`)) throw new Error('LayersNotFoundException');
        const tag = `${String(input.imageTag).split('-')[0]} ${input.imageDigest}`;
        if (this.tags.includes(tag)) throw new ImageAlreadyExistsException(none);
        this.tags.push(tag);
        return {};
      }
      case 'DescribeServices':
        this.look();
        return { services: [this.service()] };
      case 'DescribeTaskDefinition':
        return { taskDefinition: this.definition(String(input.taskDefinition)) };
      case 'RegisterTaskDefinition': {
        const [container] = input.containerDefinitions as { image: string }[];
        this.images.push(String(container?.image.split('@')[1]));
        return { taskDefinition: this.definition(`${family}:${this.images.length}`) };
      }
      case 'UpdateService':
        this.primary = String(input.taskDefinition);
        this.rollout = 'IN_PROGRESS';
        return { service: this.service() };
      case 'ListTasks':
        return { taskArns: ['task'] };
      case 'DescribeTasks':
        return { tasks: [this.task()] };
      case 'DescribeImages': {
        const digest = digestOf((input.imageIds as unknown[])[0]);
        const imageTags = this.tags
          .filter((tag) => tag.endsWith(digest))
          .map((tag) => tag.replace(' ', '-').slice(0, 20));
        return { imageDetails: [{ imageDigest: digest, imageTags, imagePushedAt: new Date('2026-11-20') }] };
      }
      case 'ListPipelineExecutions':
        return { pipelineExecutionSummaries: [{ status: 'Failed' }] };
      case 'StartPipelineExecution':
        this.runs++;
        return { pipelineExecutionId: 'run' };
      case 'DescribeInstancePatchStatesForPatchGroup':
        return { InstancePatchStates: [] };
      case 'GetParameter':
        if (this.parameter === undefined) throw new ParameterNotFound(none);
        return { Parameter: { Value: this.parameter } };
      case 'PutParameter':
        this.parameter = String(input.Value);
        return {};
      default:
        throw new Error(`nobody plays ${operation}`);
    }
  }

  private service() {
    const [id, taskDefinition] = [this.primary, this.primary];
    const rolloutState = this.rollout === 'COMPLETED' ? 'COMPLETED' : 'IN_PROGRESS';
    return {
      status: 'ACTIVE',
      taskDefinition,
      deployments: [{ id, taskDefinition, status: 'PRIMARY', rolloutState }],
    };
  }

  private definition(taskDefinitionArn: string) {
    const image = `${repositoryUri}@${this.imageOf(taskDefinitionArn)}`;
    return { taskDefinitionArn, family: 'shop', containerDefinitions: [{ name: 'shop', image }] };
  }

  /** Its address ends with the number of its revision. */
  private task() {
    const value = `10.0.0.${this.primary.split(':').at(-1)}`;
    return {
      taskDefinitionArn: this.primary,
      lastStatus: 'RUNNING',
      attachments: [{ type: 'ElasticNetworkInterface', details: [{ name: 'privateIPv4Address', value }] }],
    };
  }
}
