import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, list, object } from '../json.ts';
import { covers, statements } from '../policies.ts';

const architecture: Constraint = {
  id: 'build-architecture',
  says: 'images for arm64 are built on arm64',
  violations: (environment) => {
    const tasks = resources(environment, 'AWS::ECS::TaskDefinition');
    const arm = tasks.some(
      ({ properties }) => at(properties, 'RuntimePlatform', 'CpuArchitecture') === 'ARM64',
    );
    return resources(environment, 'AWS::CodeBuild::Project')
      .filter(({ properties }) => at(properties, 'Environment', 'PrivilegedMode') === true)
      .filter(({ properties }) => (at(properties, 'Environment', 'Type') === 'ARM_CONTAINER') !== arm)
      .map(
        (project) => `${label(project)}: builds on ${String(at(project.properties, 'Environment', 'Type'))}`,
      );
  },
  breakIn(environment) {
    const builder = resources(environment, 'AWS::CodeBuild::Project').find(
      ({ properties }) => at(properties, 'Environment', 'Type') === 'ARM_CONTAINER',
    );
    if (builder) object(builder.properties.Environment).Type = 'LINUX_CONTAINER';
    return builder !== undefined;
  },
};

const agentRepository = 'repository/aws-guardduty-agent-fargate';

/** Roles tasks are started with. */
function executionRoles(environment: DeployedEnvironment): Resource[] {
  return resources(environment, 'AWS::ECS::TaskDefinition').flatMap(({ stack, properties }) => {
    const role = target(environment, stack, properties.ExecutionRoleArn);
    return role ? [role] : [];
  });
}

function mayPullAgent(environment: DeployedEnvironment, role: Resource): boolean {
  return resources(environment, 'AWS::IAM::ManagedPolicy')
    .filter(({ stack, properties }) =>
      list(properties.Roles).some((value) => {
        const attached = target(environment, stack, value);
        return attached?.id === role.id && attached.stack.name === role.stack.name;
      }),
    )
    .flatMap(({ stack, properties }) => statements(environment, stack, properties.PolicyDocument))
    .some(
      (statement) =>
        statement.allows &&
        ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].every((action) => covers(statement, action)) &&
        statement.resources.some((resource) => resource.endsWith(agentRepository)),
    );
}

const runtimeMonitoring: Constraint = {
  id: 'runtime-monitoring',
  says: 'where GuardDuty watches tasks, they may pull its agent, and the agent may report',
  violations(environment) {
    const watched = resources(environment, 'AWS::GuardDuty::Detector').filter(({ properties }) =>
      list(properties.Features).some(
        (feature) => at(feature, 'Name') === 'RUNTIME_MONITORING' && at(feature, 'Status') === 'ENABLED',
      ),
    );
    const allowed = resources(environment, 'AWS::Route53Resolver::FirewallDomainList').flatMap((domains) =>
      list(domains.properties.Domains).map((domain) => text(environment, domains.stack, domain)),
    );
    return watched.flatMap(({ stack }) => {
      const reportsTo = `guardduty-data.${stack.region}.amazonaws.com`;
      return [
        ...(allowed.includes(reportsTo) ? [] : [`the DNS firewall blocks ${reportsTo}`]),
        ...executionRoles(environment)
          .filter((role) => !mayPullAgent(environment, role))
          .map((role) => `${label(role)}: may not pull GuardDuty's agent`),
      ];
    });
  },
  breakIn(environment) {
    const [stack] = environment.stacks.filter(({ region }) => region !== 'us-east-1');
    for (const { properties } of resources(environment, 'AWS::Route53Resolver::FirewallDomainList')) {
      properties.Domains = list(properties.Domains).filter(
        (domain) => !String(domain).startsWith('guardduty'),
      );
    }
    object(stack?.template.Resources).Detector = {
      Type: 'AWS::GuardDuty::Detector',
      Properties: { Features: [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' }] },
    };
    return stack !== undefined;
  },
};

const hostImageStays: Constraint = {
  id: 'host-image-stays',
  says: 'no host is replaced because a new image was published',
  violations: (environment) =>
    resources(environment, 'AWS::EC2::Instance')
      .filter(({ stack, properties }) => {
        const parameter = at(stack.template, 'Parameters', String(at(properties.ImageId, 'Ref')), 'Type');
        return String(parameter).startsWith('AWS::SSM::Parameter::Value');
      })
      .map((host) => `${label(host)}: its image is a parameter that every deploy reads again`),
  breakIn(environment) {
    const [host] = resources(environment, 'AWS::EC2::Instance');
    if (!host) return false;
    host.properties.ImageId = { Ref: 'Newest' };
    host.stack.template.Parameters = { Newest: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' } };
    return true;
  },
};

export const patching: Constraint[] = [architecture, runtimeMonitoring, hostImageStays];
