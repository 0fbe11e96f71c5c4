import type { PatchContext } from '../../environment/patching/context.ts';
import { deploymentNames } from '../../environment/patching/names.ts';
import type { Operated } from './question.ts';

/** What the code of `secure-shop patch` works with, through the AWS that an operator's commands share. */
export function patchContextOf(
  { shop, environment, aws }: Pick<Operated, 'shop' | 'environment' | 'aws'>,
  tools: Pick<PatchContext, 'now' | 'pause' | 'say'>,
): PatchContext {
  const { region } = environment;
  return {
    names: deploymentNames(shop.name, environment.name),
    environment,
    ssm: aws.parameters(region),
    ecs: aws.services(region),
    ecr: aws.images(region),
    codepipeline: aws.pipelines(region),
    ...tools,
  };
}
