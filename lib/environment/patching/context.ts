import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Environment, Shop } from '../../config/index.ts';
import { type DeploymentNames, deploymentNames } from './names.ts';

/** What `secure-shop patch` works with: one environment of one shop, and the AWS APIs of its region. */
export interface PatchContext {
  readonly names: DeploymentNames;
  readonly environment: Pick<Environment, 'maintenance' | 'patching'>;
  readonly ssm: SSMClient;
  readonly ecs: ECSClient;
  readonly ecr: ECRClient;
  readonly codepipeline: CodePipelineClient;
  readonly now: () => Date;
  readonly pause: (seconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

export function patchContext(shop: Shop, environment: Environment): PatchContext {
  const { region } = environment;
  return {
    names: deploymentNames(shop.name, environment.name),
    environment,
    ssm: new SSMClient({ region }),
    ecs: new ECSClient({ region }),
    ecr: new ECRClient({ region }),
    codepipeline: new CodePipelineClient({ region }),
    now: () => new Date(),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    say: (line) => console.log(line),
  };
}
