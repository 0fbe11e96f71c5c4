import { statementsOf } from '../../model/access/policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** What runs with a role of its own, and where it names it. */
const users: readonly (readonly [type: string, property: string])[] = [
  ['AWS::Lambda::Function', 'Role'],
  ['AWS::IAM::InstanceProfile', 'Roles'],
  ['AWS::ECS::TaskDefinition', 'TaskRoleArn'],
  ['AWS::ECS::TaskDefinition', 'ExecutionRoleArn'],
  ['AWS::CodeBuild::Project', 'ServiceRole'],
];
/** Tasks of one service have one role in all their revisions, and so have the steps of one pipeline. */
const mayShare = ['AWS::ECS::TaskDefinition', 'AWS::CodeBuild::Project'];

/** A role is one program's: whoever runs with the role of another has its rights, and shows under its name. */
export const roleShared = defineRule({
  invariant: 'DAT2',
  finding: 'RoleShared',
  en: 'Functions and hosts each have a role of their own',
  ja: '関数とホストはそれぞれ専用のロールを持つ',
  appliesTo: [...new Set(users.map(([type]) => type))],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    const byRole = new Map<Resource, Resource[]>();
    for (const [type, property] of users)
      for (const user of graph.ofType(type))
        for (const role of rolesOf(user.properties[property], graph))
          byRole.set(role, [...(byRole.get(role) ?? []), user]);
    return [...byRole].flatMap(([role, sharing]): Finding[] =>
      sharing.map((user) => {
        const others = sharing.filter(
          (each) => each !== user && !(each.type === user.type && mayShare.includes(user.type)),
        );
        if (others.length > 0) {
          const names = others.map(({ logicalId }) => logicalId);
          return {
            resource: user,
            ...fail(`runs with the role of ${names.join(', ')} (${role.logicalId})`),
          };
        }
        return user.type === 'AWS::IAM::InstanceProfile' &&
          servicesOf(role, graph).some((each) => each !== 'ec2.amazonaws.com')
          ? { resource: user, ...fail(`gives a host ${role.logicalId}, the role of something else`) }
          : { resource: user, ...pass(`has ${role.logicalId} for itself`) };
      }),
    );
  },
});

function rolesOf(value: Value | undefined, graph: EnvironmentGraph): Resource[] {
  return list(value).flatMap((each) => graph.target(each, 'AWS::IAM::Role') ?? []);
}

function servicesOf(role: Resource, graph: EnvironmentGraph): string[] {
  return statementsOf(role, role.properties.AssumeRolePolicyDocument, graph).flatMap(
    (statement) => statement.principals?.Service ?? [],
  );
}
