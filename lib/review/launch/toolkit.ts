import {
  BootstrapEnvironments,
  type IIoHost,
  type IoMessage,
  StackSelectionStrategy,
  type StackSelector,
  Toolkit,
} from '@aws-cdk/toolkit-lib';
import { type Deployer, DeployFailed, type Progress } from './tools.ts';

/** https://docs.aws.amazon.com/cdk/api/toolkit-lib/message-registry/ */
const codes = {
  stackBegins: 'CDK_TOOLKIT_I5100',
  stackEnds: 'CDK_TOOLKIT_I5900',
  deletionBegins: 'CDK_TOOLKIT_I7100',
  deletionEnds: 'CDK_TOOLKIT_I7900',
  event: 'CDK_TOOLKIT_I5502',
};

/** The CDK's own toolkit, which does what `cdk deploy` does. */
export function cdkDeployer(say: (line: string) => void): Deployer {
  return {
    bootstrap: async (places) => {
      const toolkit = toolkitTelling((progress) => progress.kind === 'failed' && say(progress.says));
      await explained(() => toolkit.bootstrap(BootstrapEnvironments.fromList([...places])));
    },
    deploy: async (assembly, environment, tell) => {
      const toolkit = toolkitTelling(tell);
      const source = await toolkit.fromAssemblyDirectory(assembly);
      await explained(() => toolkit.deploy(source, { stacks: stacksOf(environment) }));
    },
    destroy: async (assembly, environment, tell) => {
      const toolkit = toolkitTelling(tell);
      const source = await toolkit.fromAssemblyDirectory(assembly);
      await explained(() => toolkit.destroy(source, { stacks: stacksOf(environment) }));
    },
  };
}

function stacksOf(environment: string): StackSelector {
  return { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH, patterns: [`${environment}/*`] };
}

function toolkitTelling(tell: (progress: Progress) => void): Toolkit {
  const ioHost: IIoHost = {
    notify: async (message) => {
      const progress = progressOf(message);
      if (progress) tell(progress);
    },
    // Whoever deploys was asked before, with the plan before the eyes: the toolkit's own defaults stand.
    requestResponse: async (request) => request.defaultResponse,
  };
  return new Toolkit({ ioHost, emojis: false, color: false });
}

/** What of the toolkit's messages is told: where the deploy stands, and what failed. */
export function progressOf({ code, level, message, data }: IoMessage<unknown>): Progress | undefined {
  if (code === codes.stackBegins || code === codes.deletionBegins) {
    const { total, current, stack } = data as {
      readonly total: number;
      readonly current: number;
      readonly stack: { readonly stackName: string };
    };
    return { kind: 'stack', name: stack.stackName, number: current, of: total };
  }
  if (code === codes.stackEnds) {
    const { stackArn = '' } = data as { readonly stackArn?: string };
    return { kind: 'complete', name: stackArn.split('/')[1] ?? stackArn };
  }
  if (code === codes.deletionEnds) {
    return { kind: 'complete', name: (data as { readonly stackName: string }).stackName };
  }
  if (code === codes.event) {
    const { event } = data as { readonly event: Readonly<Record<string, string | undefined>> };
    if (!event.ResourceStatus?.endsWith('_FAILED')) return undefined;
    return {
      kind: 'failed',
      says: `${event.StackName}/${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason ?? event.ResourceStatus}`,
    };
  }
  return level === 'error' ? { kind: 'failed', says: message } : undefined;
}

/** The toolkit's own errors are the operator's to mend; those of the SDK are explained like everywhere. */
async function explained(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Error) || '$metadata' in error || /Credentials/.test(error.name)) throw error;
    throw new DeployFailed(error.message.split('\n')[0] ?? error.name);
  }
}
