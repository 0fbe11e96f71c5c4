import type { Access } from '../../model/access/access.ts';
import { statementsOf } from '../../model/access/policies.ts';
import { isAnyAccount, isForeignAccount, isRestricted } from '../../model/access/restrictions.ts';
import { contractOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, display, hasUnknown, map } from '../../model/values.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/**
 * Services that act for whoever asks them, and say for whom:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const actsForMany = ['scheduler.amazonaws.com', 'codebuild.amazonaws.com', 'codepipeline.amazonaws.com'];

/** A role is assumed by the services and principals it names. */
export const trust = defineRule({
  invariant: 'DAT2',
  finding: 'Trust',
  en: 'No role can be assumed by everyone, another account or an unconditioned identity provider',
  ja: '全員・他アカウント・無条件の外部IdPが引き受けられるロールがない',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, { graph, access, declared }) {
    const statements = statementsOf(role, role.properties.AssumeRolePolicyDocument, graph).filter(
      (each) => each.effect === 'Allow',
    );
    if (statements.length === 0) return pass('nobody can assume it');
    return statements.flatMap((statement): Verdict[] => {
      if (statement.notPrincipals) return [fail('everyone but those named (NotPrincipal) can assume it')];
      const aws = statement.principals?.AWS ?? [];
      if (aws.includes('*')) return [fail('everyone can assume it')];
      // How a contractor comes in is what OPS1[ContractorTrust] judges.
      const contracted = contractOf(role)?.account;
      if (contracted !== undefined && aws.every((value) => value.includes(contracted)))
        return [pass(`the contractor of ${contracted} can assume it`)];
      const foreign = aws.filter((value) => isForeignAccount(value, graph.account));
      if (foreign.length > 0) return [fail(`${foreign.join(', ')} of another account can assume it`)];
      const unclear = aws.filter((value) => isAnyAccount(value, graph) || hasUnknown(value));
      if (unclear.length > 0)
        return [
          unsure(
            `${unclear.map(display).join(', ')} can assume it: whether that is another account, nobody says`,
          ),
        ];
      const deputies = (statement.principals?.Service ?? []).filter((service) =>
        actsForMany.includes(service),
      );
      if (declared && deputies.length > 0 && !isRestricted(statement.conditions, graph)) {
        return [
          fail(
            `${deputies.join(', ')} can assume it for any account: neither aws:SourceAccount nor aws:SourceArn is asked for`,
          ),
        ];
      }
      const everybody = aws.filter((value) => /^\d{12}$|:root$/.test(value));
      if (declared && everybody.length > 0 && !isRestricted(statement.conditions, graph))
        return [fail(`whoever may call sts:AssumeRole in ${everybody.join(', ')} can assume it`)];
      const hosts = graph.referring(role, 'AWS::IAM::InstanceProfile', 'Roles').length > 0;
      if (declared && !hosts && (statement.principals?.Service ?? []).includes('ec2.amazonaws.com'))
        return [
          fail(
            'any host can be started with it: ec2.amazonaws.com is trusted and no host of the shop has it',
          ),
        ];
      const idle =
        declared && !isPowerless(role, graph, access)
          ? unusedBy(role, statement.principals?.Service ?? [], graph)
          : [];
      if (idle.length > 0)
        return [fail(`${idle.join(', ')} can assume it, and nothing of these templates runs there with it`)];
      const strangers = declared
        ? aws.filter(
            (value) => !/^\d{12}$|:root$/.test(value) && graph.target(value, 'AWS::IAM::Role') === undefined,
          )
        : [];
      if (strangers.length > 0)
        return [
          fail(`${strangers.map(display).join(', ')} can assume it, which is no role of these templates`),
        ];
      const federated = statement.principals?.Federated ?? [];
      if (declared && federated.length > 0)
        return [
          fail(`people of ${federated.map(display).join(', ')} can assume it: no role of a shop is for them`),
        ];
      if (federated.length > 0 && Object.keys(statement.conditions).length === 0) {
        return [fail(`everyone signed in through ${federated.join(', ')} can assume it`)];
      }
      // Whoever has an account with a shared provider gets a token; only its subject says who.
      const shared = federated.some((value) =>
        /oidc-provider\/(token\.actions|gitlab|app\.terraform|accounts\.google)/.test(value),
      );
      const subject = Object.values(statement.conditions).some((keys) =>
        Object.keys(map(keys)).some((key) => /:(sub|aud_sub|repository)$/.test(key)),
      );
      if (shared && !subject)
        return [fail(`every user of ${federated.join(', ')} can assume it: no subject is asked for`)];
      return [pass(`${Object.values(statement.principals ?? {}).flat().length} principals can assume it`)];
    });
  },
});

/** A role besides what was promised that is allowed nothing is no place worth having. */
function isPowerless(role: Resource, graph: EnvironmentGraph, access: Access): boolean {
  const principal = access.principals.find(({ resource }) => resource === role);
  return (
    graph.promises.isBeside(role) &&
    principal?.unknownPolicies.length === 0 &&
    !principal.statements.some(({ effect }) => effect === 'Allow')
  );
}

/** Services that run code with a role, and where their resources name it. */
const runners: Readonly<Record<string, readonly (readonly [type: string, ...property: string[]])[]>> = {
  'lambda.amazonaws.com': [
    ['AWS::Lambda::Function', 'Role'],
    ['AWS::Synthetics::Canary', 'ExecutionRoleArn'],
  ],
  'ecs-tasks.amazonaws.com': [
    ['AWS::ECS::TaskDefinition', 'TaskRoleArn'],
    ['AWS::ECS::TaskDefinition', 'ExecutionRoleArn'],
  ],
  'codebuild.amazonaws.com': [['AWS::CodeBuild::Project', 'ServiceRole']],
  'states.amazonaws.com': [['AWS::StepFunctions::StateMachine', 'RoleArn']],
  'glue.amazonaws.com': [['AWS::Glue::Job', 'Role']],
  'sagemaker.amazonaws.com': [['AWS::SageMaker::NotebookInstance', 'RoleArn']],
  'cloudformation.amazonaws.com': [],
  'edgelambda.amazonaws.com': [],
  'pods.eks.amazonaws.com': [],
  'rolesanywhere.amazonaws.com': [],
  'tasks.apprunner.amazonaws.com': [],
  'transfer.amazonaws.com': [],
};

/** Services that may run code with the role although nothing there needs it: an open place for somebody's code. */
function unusedBy(role: Resource, services: readonly string[], graph: EnvironmentGraph): string[] {
  return services.filter((service) => {
    const places = runners[service];
    return (
      places !== undefined &&
      !places.some(([type, ...property]) =>
        graph.ofType(type).some((user) => graph.target(at(user.properties, ...property), role.type) === role),
      )
    );
  });
}
