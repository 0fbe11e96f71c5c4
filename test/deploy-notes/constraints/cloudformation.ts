import type { Constraint } from '../constraint.ts';
import {
  type DeployedEnvironment,
  type DeployedStack,
  label,
  producersOf,
  type Resource,
  resources,
  resourcesOf,
  target,
  text,
} from '../environment.ts';
import { at, isObject, type Json, list, object, objectsIn, stringsIn } from '../json.ts';
import { covers, matches, statements } from '../policies.ts';

const templateLimits: Constraint = {
  id: 'template-limits',
  says: 'every template fits into the quotas of CloudFormation',
  violations: (environment) =>
    environment.stacks.flatMap(({ name, template }) => {
      const counted: [string, number, number][] = [
        ['resources', Object.keys(object(template.Resources)).length, 500],
        ['outputs', Object.keys(object(template.Outputs)).length, 200],
        ['parameters', Object.keys(object(template.Parameters)).length, 200],
        ['dynamic references', [...stringsIn(template)].join(' ').split('{{resolve:').length - 1, 60],
        ['bytes', JSON.stringify(template).length, 1_000_000],
        ['bytes of description', Buffer.byteLength(String(template.Description ?? '')), 1024],
      ];
      return counted
        .filter(([, count, limit]) => count > limit)
        .map(([what, count, limit]) => `${name}: ${count} ${what}, at most ${limit}`);
    }),
  breakIn(environment) {
    const [stack] = environment.stacks;
    const all = object(stack?.template.Resources);
    for (let index = 0; index < 501; index++)
      all[`Extra${index}`] = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
    return stack !== undefined;
  },
};

const stackNames: Constraint = {
  id: 'stack-names',
  says: 'stacks have names CloudFormation takes, each once per region',
  violations: ({ stacks }) =>
    stacks.flatMap(({ name, region }, index) => [
      ...(/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name) ? [] : [`${name}: not a name of a stack`]),
      ...(stacks.slice(index + 1).some((other) => other.name === name && other.region === region)
        ? [`${name}: twice in ${region}`]
        : []),
    ]),
  breakIn({ stacks }) {
    const [stack] = stacks;
    if (stack) stack.name = `${stack.name}-${'x'.repeat(128)}`;
    return stack !== undefined;
  },
};

const noStackCycles: Constraint = {
  id: 'no-stack-cycles',
  says: 'no stack waits for itself, and each is deployed after those whose outputs it reads',
  violations(environment) {
    const graph = new Map(
      environment.stacks.map((stack) => [
        stack.name,
        { reads: producersOf(environment, stack), waitsFor: new Set(stack.dependsOn) },
      ]),
    );
    const unordered = [...graph].flatMap(([name, { reads, waitsFor }]) =>
      [...reads]
        .filter((producer) => !waitsFor.has(producer))
        .map((producer) => `${name} reads ${producer}, but does not wait for it`),
    );
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(graph.get(from)?.reads ?? [])].some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    const cycles = [...graph.keys()]
      .filter((name) => reaches(name, name))
      .map((name) => `${name} waits for itself`);
    return [...unordered, ...cycles];
  },
  breakIn(environment) {
    for (const stack of environment.stacks) {
      const [producer] = producersOf(environment, stack);
      const found = environment.stacks.find(({ name }) => name === producer);
      if (!found) continue;
      object(found.template.Resources).Backwards = {
        Type: 'AWS::SSM::Parameter',
        Properties: { Value: { 'Fn::GetStackOutput': { StackName: stack.name, OutputName: 'Anything' } } },
      };
      return true;
    }
    return false;
  },
};

const crossStackValues: Constraint = {
  id: 'cross-stack-values',
  says: 'every output that is read exists, in the region it is read from',
  violations: (environment) =>
    environment.stacks.flatMap((stack) => [
      ...[...objectsIn(stack.template.Resources)].flatMap((value) => {
        const read = value['Fn::GetStackOutput'];
        if (!isObject(read)) return [];
        const producer = environment.stacks.find(({ name }) => name === read.StackName);
        const output = producer && at(producer.template, 'Outputs', String(read.OutputName));
        const region = read.Region ?? stack.region;
        return output !== undefined && producer?.region === region
          ? []
          : [`${stack.name} reads ${read.StackName}.${read.OutputName} in ${region}, where it is not`];
      }),
    ]),
  breakIn(environment) {
    for (const stack of environment.stacks) {
      for (const value of objectsIn(stack.template.Resources)) {
        const read = value['Fn::GetStackOutput'];
        if (!isObject(read)) continue;
        read.OutputName = 'Gone';
        return true;
      }
    }
    return false;
  },
};

/** Property that holds the physical name, and whether it is one per account rather than per region. */
const namedTypes: Record<string, { readonly property: string; readonly global?: boolean }> = {
  'AWS::IAM::Role': { property: 'RoleName', global: true },
  'AWS::IAM::ManagedPolicy': { property: 'ManagedPolicyName', global: true },
  'AWS::S3::Bucket': { property: 'BucketName', global: true },
  'AWS::CloudFront::CachePolicy': { property: 'CachePolicyConfig', global: true },
  'AWS::CloudFront::ResponseHeadersPolicy': { property: 'ResponseHeadersPolicyConfig', global: true },
  'AWS::Lambda::Function': { property: 'FunctionName' },
  'AWS::Logs::LogGroup': { property: 'LogGroupName' },
  'AWS::SecretsManager::Secret': { property: 'Name' },
  'AWS::SSM::Parameter': { property: 'Name' },
  'AWS::ECR::Repository': { property: 'RepositoryName' },
  'AWS::ECS::Cluster': { property: 'ClusterName' },
  'AWS::RDS::DBCluster': { property: 'DBClusterIdentifier' },
  'AWS::Events::Rule': { property: 'Name' },
  'AWS::CloudWatch::Alarm': { property: 'AlarmName' },
  'AWS::CloudTrail::Trail': { property: 'TrailName' },
  'AWS::CodePipeline::Pipeline': { property: 'Name' },
  'AWS::CodeBuild::Project': { property: 'Name' },
  'AWS::SNS::Topic': { property: 'TopicName' },
  'AWS::Backup::BackupVault': { property: 'BackupVaultName' },
  'AWS::Backup::RestoreTestingPlan': { property: 'RestoreTestingPlanName' },
  'AWS::EC2::LaunchTemplate': { property: 'LaunchTemplateName' },
  'AWS::SSM::Document': { property: 'Name' },
  'AWS::SSM::PatchBaseline': { property: 'Name' },
  'AWS::SSM::MaintenanceWindow': { property: 'Name' },
  'AWS::ECS::Service': { property: 'ServiceName' },
  'AWS::CloudFront::OriginAccessControl': { property: 'OriginAccessControlConfig', global: true },
};

function physicalName(
  environment: DeployedEnvironment,
  { stack, type, properties }: Resource,
): string | undefined {
  const named = namedTypes[type];
  if (!named) return undefined;
  const value = properties[named.property];
  const name = text(environment, stack, isObject(value) && 'Name' in value ? value.Name : value);
  if (name === '') return undefined;
  return `${type} ${named.global ? '' : `${stack.region} `}${name.toLowerCase()}`;
}

const uniqueNames: Constraint = {
  id: 'unique-names',
  says: 'no two resources have the same physical name',
  violations(environment) {
    const holders = new Map<string, string[]>();
    for (const resource of resources(environment, ...Object.keys(namedTypes))) {
      const name = physicalName(environment, resource);
      if (name) holders.set(name, [...(holders.get(name) ?? []), label(resource)]);
    }
    return [...holders]
      .filter(([, labels]) => labels.length > 1)
      .map(([name, labels]) => `${name}: ${labels.join(' and ')}`);
  },
  breakIn(environment) {
    const [first, second] = resources(environment, 'AWS::Logs::LogGroup').filter(
      ({ stack }) => stack.region !== 'us-east-1',
    );
    if (!first || !second) return false;
    first.properties.LogGroupName = 'twice';
    second.properties.LogGroupName = 'Twice';
    return true;
  },
};

function attachedPolicies(environment: DeployedEnvironment, role: Resource): number {
  const attachedElsewhere = resources(environment, 'AWS::IAM::ManagedPolicy').filter(
    ({ stack, properties }) =>
      list(properties.Roles).some((value) => {
        const attached = target(environment, stack, value);
        return attached?.id === role.id && attached.stack.name === role.stack.name;
      }),
  );
  return list(role.properties.ManagedPolicyArns).length + attachedElsewhere.length;
}

function lengthWithoutBlanks(environment: DeployedEnvironment, resource: Resource, document: Json): number {
  return text(environment, resource.stack, JSON.stringify(document)).replaceAll(/\s/g, '').length;
}

const iamSizes: Constraint = {
  id: 'iam-sizes',
  says: 'roles and policies fit into the quotas of IAM',
  violations: (environment) => [
    ...resources(environment, 'AWS::IAM::Role').flatMap((role) => {
      const attached = attachedPolicies(environment, role);
      const name = text(environment, role.stack, role.properties.RoleName);
      const trust = lengthWithoutBlanks(environment, role, role.properties.AssumeRolePolicyDocument);
      return [
        ...(attached > 20 ? [`${label(role)}: ${attached} managed policies, at most 20`] : []),
        ...(name.length > 64 ? [`${label(role)}: a name of ${name.length}, at most 64`] : []),
        ...(trust > 2048 ? [`${label(role)}: a trust policy of ${trust}, at most 2048`] : []),
      ];
    }),
    ...resources(environment, 'AWS::IAM::ManagedPolicy').flatMap((policy) => {
      const length = lengthWithoutBlanks(environment, policy, policy.properties.PolicyDocument);
      return length > 6144 ? [`${label(policy)}: ${length} characters, at most 6144`] : [];
    }),
  ],
  breakIn(environment) {
    const [role] = resources(environment, 'AWS::IAM::Role');
    if (!role) return false;
    role.properties.ManagedPolicyArns = Array.from(
      { length: 21 },
      (_, index) => `arn:aws:iam::aws:policy/P${index}`,
    );
    return true;
  },
};

const iamTexts: Constraint = {
  id: 'iam-texts',
  says: 'descriptions of roles and policies hold only characters IAM takes',
  violations: (environment) =>
    resources(environment, 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy')
      .filter(
        ({ stack, properties }) =>
          !/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{0,1000}$/.test(
            text(environment, stack, properties.Description),
          ),
      )
      .map((resource) => `${label(resource)}: "${String(resource.properties.Description)}"`),
  breakIn(environment) {
    const [role] = resources(environment, 'AWS::IAM::Role');
    if (role) role.properties.Description = 'Backs up the shop’s stores';
    return role !== undefined;
  },
};

/** How S3 spells the hosts of CloudFormation's own buckets; older regions use the dash. */
function answerHosts(bucket: string, region: string): string[] {
  return [`${bucket}.s3.${region}.amazonaws.com`, `${bucket}.s3-${region}.amazonaws.com`];
}

/** Buckets into which functions in the VPC of this stack answer CloudFormation. */
function answerBuckets(environment: DeployedEnvironment, stack: DeployedStack): string[] {
  const all = resourcesOf(stack);
  const inVpc = (each: Resource | undefined) => each?.properties.VpcConfig !== undefined;
  const customResources = all.some(
    ({ type, properties }) =>
      (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') &&
      inVpc(target(environment, stack, properties.ServiceToken)),
  );
  const signals = all
    .filter((each) => each.type === 'AWS::Lambda::Function' && inVpc(each))
    .some(({ properties }) =>
      Object.values(object(at(properties, 'Environment', 'Variables'))).some(
        (value) => target(environment, stack, value)?.type === 'AWS::CloudFormation::WaitConditionHandle',
      ),
    );
  return [
    ...(customResources
      ? [`cloudformation-custom-resource-response-${stack.region.replaceAll('-', '')}`]
      : []),
    ...(signals ? [`cloudformation-waitcondition-${stack.region}`] : []),
  ];
}

const customResourceAnswer: Constraint = {
  id: 'custom-resource-answer',
  says: 'a function in the VPC that answers CloudFormation gets through to it: by name and by endpoint',
  violations(environment) {
    const allowed = new Set(
      resources(environment, 'AWS::Route53Resolver::FirewallDomainList').flatMap((domains) =>
        list(domains.properties.Domains).map((domain) => text(environment, domains.stack, domain)),
      ),
    );
    const endpoints = resources(environment, 'AWS::EC2::VPCEndpoint').filter(({ stack, properties }) =>
      text(environment, stack, properties.ServiceName).endsWith('.s3'),
    );
    return environment.stacks.flatMap((stack) =>
      answerBuckets(environment, stack).flatMap((bucket) => [
        ...answerHosts(bucket, stack.region)
          .filter((host) => !allowed.has(host))
          .map((host) => `${stack.name}: the DNS firewall blocks ${host}`),
        ...endpoints
          .filter(
            (endpoint) =>
              !statements(environment, endpoint.stack, endpoint.properties.PolicyDocument).some(
                (statement) =>
                  statement.allows &&
                  covers(statement, 's3:PutObject') &&
                  statement.conditions.length === 0 &&
                  statement.resources.some((resource) => matches(resource, `arn:aws:s3:::${bucket}/answer`)),
              ),
          )
          .map((endpoint) => `${label(endpoint)}: does not let answers to ${bucket} through`),
      ]),
    );
  },
  breakIn(environment) {
    const answers = resources(environment, 'AWS::Route53Resolver::FirewallDomainList').find(
      ({ properties }) => JSON.stringify(properties).includes('custom-resource-response'),
    );
    if (answers) answers.properties.Domains = ['payment.example.com'];
    return answers !== undefined;
  },
};

const namesOfTheShop: Constraint = {
  id: 'names-of-the-shop',
  says: 'every physical name carries shop and environment, for two of them share an account',
  violations(environment) {
    const prefix = plainLetters(
      environment.stacks.find(({ name }) => name.endsWith('-vault'))?.name.slice(0, -'-vault'.length) ?? '?',
    );
    return resources(environment, ...Object.keys(namedTypes)).flatMap((resource) => {
      const name = physicalName(environment, resource);
      return name === undefined || plainLetters(name).includes(prefix)
        ? []
        : [`${label(resource)}: "${name}" would exist twice`];
    });
  },
  breakIn(environment) {
    const [vault] = resources(environment, 'AWS::Backup::BackupVault');
    if (vault) vault.properties.BackupVaultName = 'productionRecoveryVaultD0A4884E';
    return vault !== undefined;
  },
};

/** Types write names in their own way: with dashes, slashes, underscores, or none of them. */
function plainLetters(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export const cloudformation: Constraint[] = [
  templateLimits,
  stackNames,
  noStackCycles,
  crossStackValues,
  uniqueNames,
  namesOfTheShop,
  iamSizes,
  iamTexts,
  customResourceAnswer,
];
