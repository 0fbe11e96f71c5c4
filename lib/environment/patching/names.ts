import type { Stack } from 'aws-cdk-lib';

/**
 * Names the patch pipeline and the storefront agree on.
 *
 * They are given by hand because the two stacks need each other: the pipeline's role is limited to this service and
 * these roles, and the service is made from the pipeline's image. A reference in both directions would be a cycle.
 */
export interface DeploymentNames {
  readonly cluster: string;
  readonly service: string;
  /** Task definition family. */
  readonly family: string;
  /** The one container whose image the pipeline changes. */
  readonly container: string;
  readonly taskRole: string;
  readonly executionRole: string;
  /** SSM parameter with the digest of the image that runs, such as `sha256:0123…`. */
  readonly digestParameter: string;
  readonly pipeline: string;
  /** Value of the tag that puts a host under this environment's patching. */
  readonly patchGroup: string;
}

export function deploymentNames(shop: string, environment: string): DeploymentNames {
  const name = `${shop}-${environment}`;
  return {
    cluster: name,
    service: name,
    family: name,
    container: 'shop',
    taskRole: `${name}-task`,
    executionRole: `${name}-execution`,
    digestParameter: `/secure-shop/${shop}/${environment}/image-digest`,
    pipeline: `${name}-patching`,
    patchGroup: name,
  };
}

export function digestParameterArn(stack: Stack, { digestParameter }: DeploymentNames): string {
  return stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: digestParameter.slice(1) });
}
