import type { Constraint } from '../constraint.ts';
import {
  type DeployedEnvironment,
  type DeployedStack,
  label,
  type Resource,
  resources,
  resourcesOf,
  target,
  text,
} from '../environment.ts';
import { at, isObject, list, object } from '../json.ts';
import { covers, matches, statements } from '../policies.ts';

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

export const cloudformation: Constraint[] = [namesOfTheShop, customResourceAnswer];
