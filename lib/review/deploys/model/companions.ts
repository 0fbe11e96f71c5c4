import { remembered } from '../../../checks/model/remembered.ts';
import { at, isMap, list, type Value } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from './deployment.ts';

/** What belongs to a resource and makes it work, though the resource does not refer to it. */
export type Companion = (of: DeployedResource, deployment: Deployment) => readonly DeployedResource[];

const grantTypes = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** Policies that are attached to a role from outside it. */
export const policies: Companion = (role, deployment) =>
  grantTypes.flatMap((type) =>
    referrers(deployment, type, role, ({ Roles, RoleName }) => [...list(Roles), ...list(RoleName)]),
  );

/** Who may invoke a function. */
export const permissions: Companion = (lambda, deployment) =>
  referrers(deployment, 'AWS::Lambda::Permission', lambda, ({ FunctionName }) => FunctionName);

export const bucketPolicies: Companion = (bucket, deployment) =>
  referrers(deployment, 'AWS::S3::BucketPolicy', bucket, ({ Bucket }) => Bucket);

export const topicPolicies: Companion = (topic, deployment) =>
  referrers(deployment, 'AWS::SNS::TopicPolicy', topic, ({ Topics }) => Topics);

/** Policies of a secret that let somebody in; those that only refuse are not needed for anything to work. */
export const secretPolicies: Companion = (secret, deployment) =>
  referrers(deployment, 'AWS::SecretsManager::ResourcePolicy', secret, ({ SecretId }) => SecretId).filter(
    ({ properties }) =>
      list(at(properties.ResourcePolicy, 'Statement')).some(
        (statement) => at(statement, 'Effect') === 'Allow',
      ),
  );

/** What ties a secret to its database, and the instances behind that. */
export const attachment: Companion = (secret, deployment) =>
  referrers(deployment, 'AWS::SecretsManager::SecretTargetAttachment', secret, ({ SecretId }) => SecretId);

export const databaseInstances: Companion = (secret, deployment) => {
  const databases = attachment(secret, deployment).flatMap((each) =>
    deployment.referred(each, each.properties.TargetId),
  );
  return databases.flatMap((database) =>
    referrers(deployment, 'AWS::RDS::DBInstance', database, (properties) => properties.DBClusterIdentifier),
  );
};

export const mountTargets: Companion = (fileSystem, deployment) =>
  referrers(deployment, 'AWS::EFS::MountTarget', fileSystem, ({ FileSystemId }) => FileSystemId);

/** Listeners and rules through which a target group has a load balancer. */
export const listeners: Companion = (targetGroup, deployment) =>
  [
    ...referrers(
      deployment,
      'AWS::ElasticLoadBalancingV2::Listener',
      targetGroup,
      (all) => all.DefaultActions,
    ),
    ...referrers(deployment, 'AWS::ElasticLoadBalancingV2::ListenerRule', targetGroup, (all) => all.Actions),
  ].filter(({ stack }) => stack === targetGroup.stack);

/** The internet gateway's attachment to a VPC: the gateway alone leads nowhere. */
export const gatewayAttachments: Companion = (vpc, deployment) =>
  referrers(deployment, 'AWS::EC2::VPCGatewayAttachment', vpc, ({ VpcId }) => VpcId);

/** Rules that stand beside their security group. */
export const groupRules: Companion = (group, deployment) =>
  ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].flatMap((type) =>
    referrers(deployment, type, group, ({ GroupId }) => GroupId),
  );

/** How packets leave a subnet: the association of its route table, and that table's routes. */
export const routes: Companion = (subnet, deployment) => {
  const associations = referrers(
    deployment,
    'AWS::EC2::SubnetRouteTableAssociation',
    subnet,
    ({ SubnetId }) => SubnetId,
  );
  const tables = associations.flatMap((each) => deployment.referred(each, each.properties.RouteTableId));
  return [
    ...associations,
    ...tables.flatMap((table) =>
      referrers(deployment, 'AWS::EC2::Route', table, ({ RouteTableId }) => RouteTableId),
    ),
  ];
};

/** What a function needs before its first call succeeds. */
export const workingFunction: Companion = (lambda, deployment) => {
  const at = (...path: string[]) => deployment.referred(lambda, valueAt(lambda.properties, path));
  return [
    ...at('Role').flatMap((role) => policies(role, deployment)),
    ...at('VpcConfig', 'SubnetIds').flatMap((subnet) => routes(subnet, deployment)),
    ...at('VpcConfig', 'SecurityGroupIds').flatMap((group) => groupRules(group, deployment)),
  ];
};

const byType = new WeakMap<Deployment, Map<string, DeployedResource[]>>();

/** Resources of a type in the environment of a stack: what refers to a resource stands beside it. */
function ofType(
  deployment: Deployment,
  { environment }: DeployedResource['stack'],
  type: string,
): readonly DeployedResource[] {
  const known = remembered(byType, deployment, () => {
    const grouped = new Map<string, DeployedResource[]>();
    for (const each of deployment.resources)
      remembered(grouped, `${each.type} ${each.stack.environment}`, (): DeployedResource[] => []).push(each);
    return grouped;
  });
  return known.get(`${type} ${environment}`) ?? [];
}

function referrers(
  deployment: Deployment,
  type: string,
  target: DeployedResource,
  property: (properties: DeployedResource['properties']) => Value | undefined,
): DeployedResource[] {
  return ofType(deployment, target.stack, type).filter((each) =>
    deployment.referred(each, property(each.properties)).includes(target),
  );
}

/** Follows property names; `*` is each member of a list. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (step === '*') {
    return list(value).flatMap((member) => valueAt(member, rest) ?? []);
  }
  return isMap(value) ? valueAt(at(value, step), rest) : undefined;
}
