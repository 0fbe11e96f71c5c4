import { managedPolicyStatements } from '../../model/access/managed-policies.ts';
import type { Resource } from '../../model/templates.ts';
import { display, list, text, type Value } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** What a policy gives, and to whom, can be read from these templates: both ends of each attachment are in them. */
export const policyAttachments = defineRule({
  invariant: 'DAT2',
  finding: 'PolicyAttachments',
  en: 'Roles hold policies, and policies have holders, that the templates show',
  ja: 'ロールのポリシーとその付与先がテンプレートで確認できる',
  appliesTo: [
    'AWS::IAM::Role',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Policy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::UserPolicy',
    'AWS::IAM::GroupPolicy',
    'AWS::IAM::UserToGroupAddition',
  ],
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    const { type, properties } = resource;
    if (type === 'AWS::IAM::Role') {
      const held = list(properties.ManagedPolicyArns).map((arn) => judgePolicy(arn, resource, context));
      return held.length > 0 ? held : pass('holds policies of these templates only');
    }
    const holders = [
      ...list(properties.Roles),
      ...list(properties.Users),
      ...list(properties.Groups),
      ...list(properties.RoleName),
      ...list(properties.UserName),
      ...list(properties.GroupName),
    ];
    if (holders.length === 0) return pass('is attached by its holders');
    return holders.map((holder) =>
      context.graph.target(holder, 'AWS::IAM::Role')
        ? pass('is held by roles of these templates')
        : fail(`gives its permissions to ${display(holder)}, which is no role of these templates`),
    );
  },
});

function judgePolicy(arn: Value, holder: Resource, { graph }: Context): Verdict {
  const known =
    graph.target(arn, 'AWS::IAM::ManagedPolicy') !== undefined ||
    managedPolicyStatements(text(arn) ?? '', holder, graph) !== undefined;
  return known
    ? pass(`holds ${display(arn)}`)
    : fail(`holds ${display(arn)}: what it allows is not in these templates`);
}
