import type { Constraint } from '../constraint.ts';
import {
  before,
  type DeployedEnvironment,
  type DeployedStack,
  label,
  type Resource,
  resources,
  resourcesOf,
} from '../environment.ts';
import { at, type Json, type JsonObject, list } from '../json.ts';

/** Resources for which a template says what becomes of them when they are no longer wanted. */
function withPolicy(environment: DeployedEnvironment, policy: string): Resource[] {
  return resources(environment).filter(({ declaration }) => declaration.DeletionPolicy === policy);
}

const creationUndone: Constraint = {
  id: 'creation-undone',
  says: 'nothing survives the rollback of its own creation, and holds its name against the second try',
  violations: (environment) =>
    withPolicy(environment, 'Retain')
      // One that is full would not be deleted either, and without a name it is in nobody's way.
      .filter(({ type, properties }) => type !== 'AWS::S3::Bucket' || properties.BucketName !== undefined)
      .map((resource) => `${label(resource)}: kept by a failed creation`),
  breakIn(environment) {
    const kept = withPolicy(environment, 'RetainExceptOnCreate').find(
      ({ type }) => type !== 'AWS::S3::Bucket',
    );
    if (kept) kept.declaration.DeletionPolicy = 'Retain';
    return kept !== undefined;
  },
};

const disposableLeavesNothing: Constraint = {
  id: 'disposable-leaves-nothing',
  says: 'nothing of a disposable environment outlives its stack',
  violations: (environment) =>
    environment.disposable
      ? resources(environment)
          .filter(
            ({ declaration: { DeletionPolicy } }) =>
              ![undefined, 'Delete'].includes(DeletionPolicy as string),
          )
          .map((resource) => `${label(resource)}: stays behind`)
      : [],
  breakIn(environment) {
    const [group] = environment.disposable ? resources(environment, 'AWS::Logs::LogGroup') : [];
    if (group) group.declaration.DeletionPolicy = 'RetainExceptOnCreate';
    return group !== undefined;
  },
};

/** Switches that refuse a deletion, and with it a rollback, as templates say them. */
const locks: Readonly<Record<string, (properties: JsonObject) => Json>> = {
  'AWS::RDS::DBCluster': ({ DeletionProtection }) => DeletionProtection,
  'AWS::RDS::DBInstance': ({ DeletionProtection }) => DeletionProtection,
  'AWS::DynamoDB::Table': ({ DeletionProtectionEnabled }) => DeletionProtectionEnabled,
  'AWS::EC2::Instance': ({ DisableApiTermination }) => DisableApiTermination,
  'AWS::Cognito::UserPool': ({ DeletionProtection }) => DeletionProtection === 'ACTIVE',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': ({ MutationProtection }) =>
    MutationProtection === 'ENABLED',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ LoadBalancerAttributes }) =>
    list(LoadBalancerAttributes).some(
      (attribute) =>
        at(attribute, 'Key') === 'deletion_protection.enabled' && String(at(attribute, 'Value')) === 'true',
    ),
};

const lockedLater: Constraint = {
  id: 'locked-later',
  says: 'no switch against deletion is on before its stack is complete, and with it the way back',
  violations: (environment) => [
    ...environment.stacks
      .filter(({ terminationProtection }) => terminationProtection)
      .map(({ name }) => `${name}: the CDK could not delete it after a failed creation`),
    ...resources(environment, ...Object.keys(locks))
      .filter((resource) => locks[resource.type]?.(resource.properties))
      .map((resource) => `${label(resource)}: refuses to be rolled back`),
  ],
  breakIn(environment) {
    const [cluster] = resources(environment, 'AWS::RDS::DBCluster');
    if (cluster) cluster.properties.DeletionProtection = true;
    return cluster !== undefined;
  },
};

/** Schedules that switch a protection on, by the call they make. Those of people's hours change a role. */
function switchesIn(stack: DeployedStack): { readonly schedule: Resource; readonly call: string }[] {
  return resourcesOf(stack, 'AWS::Scheduler::Schedule').flatMap((schedule) => {
    const [, call] =
      /^arn:aws:scheduler:::aws-sdk:(.+)$/.exec(String(at(schedule.properties, 'Target', 'Arn'))) ?? [];
    return call === undefined || call.startsWith('iam:') ? [] : [{ schedule, call }];
  });
}

const lockedAtLast: Constraint = {
  id: 'locked-at-last',
  says: 'every stack is protected from deletion, by the last thing in it that is made',
  violations: (environment) =>
    environment.disposable
      ? []
      : environment.stacks.flatMap((stack) => {
          const switches = switchesIn(stack);
          const last = new Set(switches.map(({ schedule }) => schedule.id));
          const early = switches.flatMap(({ schedule }) => {
            const made = before(stack, schedule.id);
            return resourcesOf(stack)
              .filter(({ id }) => !last.has(id) && !made.has(id))
              .map((other) => `${label(schedule)}: may switch a lock on before ${label(other)} is made`);
          });
          return switches.some(({ call }) => call === 'cloudformation:updateTerminationProtection')
            ? early
            : [...early, `${stack.name}: nothing protects it from deletion`];
        }),
  breakIn(environment) {
    const [found] = environment.stacks.flatMap(switchesIn);
    if (found) found.schedule.declaration.DependsOn = found.schedule.dependsOn.slice(1);
    return found !== undefined;
  },
};

export const failure: Constraint[] = [creationUndone, disposableLeavesNothing, lockedLater, lockedAtLast];
