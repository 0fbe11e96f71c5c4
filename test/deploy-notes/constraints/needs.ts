import type { Constraint } from '../constraint.ts';
import {
  type DeployedEnvironment,
  type DeployedStack,
  label,
  type Resource,
  resources,
  resourcesOf,
  target,
} from '../environment.ts';
import { at, isObject, type Json, list, object, objectsIn, stringsIn } from '../json.ts';

/** A property that leads from a resource to what works for it: a role, or a thing that has one. */
type Path = readonly (string | number)[];

/**
 * What a resource uses while it is being made, by the property that names it. Whoever is named by one of these has
 * entries of its own here, until a role is reached. Not here: what only says who may come, such as a policy.
 */
const uses: Readonly<Record<string, readonly Path[]>> = {
  // Enhanced Monitoring: "IAM role ARN value is invalid or does not include the required permissions".
  'AWS::RDS::DBInstance': [['MonitoringRoleArn']],
  'AWS::RDS::DBCluster': [['MonitoringRoleArn']],
  // Tasks that may not read their secrets fail, and the circuit breaker counts them.
  'AWS::ECS::Service': [['TaskDefinition']],
  'AWS::ECS::TaskDefinition': [['ExecutionRoleArn'], ['TaskRoleArn']],
  // Lambda asks whether the role may make network interfaces: "does not have permissions to call CreateNetworkInterface".
  'AWS::Lambda::Function': [['Role']],
  'AWS::SecretsManager::RotationSchedule': [['RotationLambdaARN']],
  'AWS::EC2::ClientVpnEndpoint': [['ClientConnectOptions', 'LambdaFunctionArn']],
  'AWS::CodeBuild::Project': [['ServiceRole']],
  'AWS::Scheduler::Schedule': [['Target', 'RoleArn']],
  'AWS::EC2::FlowLog': [['DeliverLogsPermissionArn']],
  'AWS::CloudTrail::Trail': [['CloudWatchLogsRoleArn']],
  'AWS::EC2::Instance': [['IamInstanceProfile']],
  'AWS::IAM::InstanceProfile': [['Roles', 0]],
  'AWS::Backup::BackupSelection': [['BackupSelection', 'IamRoleArn']],
  'AWS::Backup::RestoreTestingSelection': [['IamRoleArn']],
};

function usesOf(type: string): readonly Path[] {
  return isCustom(type) ? [['ServiceToken']] : (uses[type] ?? []);
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** The roles a resource works with, through whatever it names. */
function rolesOf(environment: DeployedEnvironment, resource: Resource): Resource[] {
  const pipeline = resource.type === 'AWS::CodePipeline::Pipeline';
  const named = pipeline
    ? [resource.properties.RoleArn, ...projectsOf(resource)]
    : usesOf(resource.type).map((path) => at(resource.properties, ...path));
  return named.flatMap((value) => {
    const used = target(environment, resource.stack, value);
    if (!used) return [];
    return used.type === 'AWS::IAM::Role' ? [used] : rolesOf(environment, used);
  });
}

/** It runs as soon as it exists, and its steps with the roles of their projects. */
function projectsOf({ properties }: Resource): Json[] {
  return [...objectsIn(properties.Stages)].map(({ ProjectName }) => ProjectName).filter(isObject);
}

function policiesOf(environment: DeployedEnvironment, role: Resource): Resource[] {
  return resourcesOf(
    role.stack,
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::RolePolicy',
  ).filter(({ stack, properties }) =>
    [...list(properties.Roles), properties.RoleName].some(
      (value) => target(environment, stack, value)?.id === role.id,
    ),
  );
}

/** Everything of its stack that is made before a resource: what it refers to and depends on, and so on. */
export function before(stack: DeployedStack, id: string): Set<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of directlyBefore(stack, from)) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(id);
  return found;
}

function directlyBefore({ template }: DeployedStack, id: string): string[] {
  const declaration = at(template, 'Resources', id);
  const referred = [...objectsIn(declaration)].flatMap((each) => {
    const attribute = each['Fn::GetAtt'];
    const sub = each['Fn::Sub'];
    return [
      each.Ref,
      typeof attribute === 'string' ? attribute.split('.')[0] : at(attribute, 0),
      ...[...stringsIn(Array.isArray(sub) ? sub[0] : sub)].flatMap((text) =>
        [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
      ),
    ];
  });
  const known = object(template.Resources);
  return [...referred, ...list(at(declaration, 'DependsOn'))].filter(
    (name): name is string => typeof name === 'string' && name in known,
  );
}

/** Types that only hold a role until something starts them; they are passed through. */
const idle = ['AWS::ECS::TaskDefinition', 'AWS::CodeBuild::Project', 'AWS::IAM::InstanceProfile'];

const policiesFirst: Constraint = {
  id: 'policies-before-use',
  says: 'what works with a role is made after every policy of that role',
  violations: (environment) =>
    resources(environment).flatMap((resource) => {
      if (idle.includes(resource.type)) return [];
      const policies = rolesOf(environment, resource)
        .filter(({ stack }) => stack.name === resource.stack.name)
        .flatMap((role) => policiesOf(environment, role));
      if (policies.length === 0) return [];
      const made = before(resource.stack, resource.id);
      return policies
        .filter(({ id }) => !made.has(id))
        .map(({ id }) => `${label(resource)}: works with a role before its policy ${id}`);
    }),
  breakIn(environment) {
    const service = resources(environment, 'AWS::ECS::Service').find(({ dependsOn }) => dependsOn.length > 0);
    if (service) service.declaration.DependsOn = [];
    return service !== undefined;
  },
};

/** What belongs to a secret in its own stack: where it says who may read it, and where its database is. */
const secretParts = ['AWS::SecretsManager::ResourcePolicy', 'AWS::SecretsManager::SecretTargetAttachment'];

const rotationReady: Constraint = {
  id: 'rotation-ready',
  says: 'the first rotation, which starts with its schedule, finds its secret complete and its database up',
  violations: (environment) =>
    resources(environment, 'AWS::SecretsManager::RotationSchedule').flatMap((schedule) => {
      const { stack } = schedule;
      const secret = target(environment, stack, schedule.properties.SecretId);
      const parts = resourcesOf(stack, ...secretParts).filter(
        ({ properties }) => target(environment, stack, properties.SecretId)?.id === secret?.id,
      );
      const made = before(stack, schedule.id);
      return [...parts, ...resourcesOf(stack, 'AWS::RDS::DBInstance')]
        .filter(({ id }) => !made.has(id))
        .map((needed) => `${label(schedule)}: starts before ${label(needed)}`);
    }),
  breakIn(environment) {
    const attached = resources(environment, 'AWS::SecretsManager::SecretTargetAttachment')[0];
    if (!attached) return false;
    for (const schedule of resourcesOf(attached.stack, 'AWS::SecretsManager::RotationSchedule')) {
      schedule.declaration.DependsOn = schedule.dependsOn.filter((id) => id !== attached.id);
    }
    return true;
  },
};

const rotationConcurrency: Constraint = {
  id: 'rotation-concurrency',
  says: 'a rotation function may run once for each secret whose first rotation starts with the deploy',
  violations: (environment) =>
    resources(environment, 'AWS::Lambda::Function').flatMap((rotator) => {
      const rotated = resources(environment, 'AWS::SecretsManager::RotationSchedule').filter((schedule) => {
        const named = target(environment, schedule.stack, schedule.properties.RotationLambdaARN);
        return named?.id === rotator.id && named.stack.name === rotator.stack.name;
      });
      const reserved = rotator.properties.ReservedConcurrentExecutions;
      return reserved === undefined || Number(reserved) >= rotated.length
        ? []
        : [`${label(rotator)}: ${rotated.length} rotations start together, ${String(reserved)} may run`];
    }),
  breakIn(environment) {
    const [schedule] = resources(environment, 'AWS::SecretsManager::RotationSchedule');
    const rotator = schedule && target(environment, schedule.stack, schedule.properties.RotationLambdaARN);
    if (rotator) rotator.properties.ReservedConcurrentExecutions = 0;
    return rotator !== undefined;
  },
};

/** Routes out of the subnets a function stands in, as far as its own stack makes them. */
function routesOf(environment: DeployedEnvironment, { stack, properties }: Resource): Resource[] {
  const subnets = list(at(properties, 'VpcConfig', 'SubnetIds')).map(
    (value) => target(environment, stack, value)?.id,
  );
  const tables = resourcesOf(stack, 'AWS::EC2::SubnetRouteTableAssociation')
    .filter((association) =>
      subnets.includes(target(environment, stack, association.properties.SubnetId)?.id),
    )
    .map((association) => target(environment, stack, association.properties.RouteTableId)?.id);
  return resourcesOf(stack, 'AWS::EC2::Route').filter((route) =>
    tables.includes(target(environment, stack, route.properties.RouteTableId)?.id),
  );
}

const customResourcePath: Constraint = {
  id: 'custom-resource-path',
  says: 'a custom resource whose function stands in the VPC waits for the way out, on which it answers',
  violations: (environment) =>
    resources(environment)
      .filter(({ type }) => isCustom(type))
      .flatMap((custom) => {
        const handler = target(environment, custom.stack, custom.properties.ServiceToken);
        if (!handler) return [`${label(custom)}: its function is not of this environment`];
        const made = before(custom.stack, custom.id);
        return routesOf(environment, handler)
          .filter(({ id }) => !made.has(id))
          .map((route) => `${label(custom)}: called before ${label(route)}`);
      }),
  breakIn(environment) {
    const [closing] = resources(environment, 'Custom::VpcRestrictDefaultSG');
    if (!closing) return false;
    for (const each of resourcesOf(closing.stack)) each.declaration.DependsOn = [];
    return true;
  },
};

export const needs: Constraint[] = [policiesFirst, rotationReady, rotationConcurrency, customResourcePath];
