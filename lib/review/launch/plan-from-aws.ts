import { awsAccess } from '../deploys/aws/access.ts';
import { readDeployed } from '../deploys/aws/deployed.ts';
import { Deployment } from '../deploys/model/deployment.ts';
import { type Plan, planDeploy } from '../deploys/plan.ts';
import type { Operated } from '../status/question.ts';

/** What the next deploy does, from what AWS says is deployed. */
export async function planFromAws({ stacks }: Pick<Operated, 'stacks'>): Promise<Plan> {
  const target = new Deployment(stacks);
  const { stacks: deployed, foreignExports } = await readDeployed(target.stacks, awsAccess());
  const before = deployed.length > 0 ? new Deployment(deployed) : undefined;
  return planDeploy(before, target, { foreignExports });
}
