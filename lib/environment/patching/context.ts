import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { awsIn } from '../../cli/aws-client-config.ts';
import { correctedTime } from '../../cli/corrected-time.ts';
import { print } from '../../cli/output.ts';
import type { Environment, Shop } from '../../config/index.ts';
import { type DeploymentNames, deploymentNames } from './names.ts';

/** What `secure-shop patch` works with: one environment of one shop, and the AWS APIs of its region. */
export interface PatchContext {
  readonly names: DeploymentNames;
  readonly environment: Pick<Environment, 'name' | 'maintenance' | 'patching'>;
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
  const clients = {
    ssm: new SSMClient(awsIn(region)),
    ecs: new ECSClient(awsIn(region)),
    ecr: new ECRClient(awsIn(region)),
    codepipeline: new CodePipelineClient(awsIn(region)),
  };
  return {
    names: deploymentNames(shop.name, environment.name),
    environment,
    ...clients,
    now: () => correctedTime(Object.values(clients)),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    say: print,
  };
}
