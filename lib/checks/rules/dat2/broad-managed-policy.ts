import { list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

const broad =
  /(FullAccess|_FullAccess|AdministratorAccess|PowerUserAccess|PowerUser|ReadWrite|AdministratorAccess-.*)$/;
const reading =
  /^(ReadOnlyAccess|AmazonS3ReadOnlyAccess|AmazonDynamoDBReadOnlyAccess|AmazonRDSDataFullAccess)$/;

/** AWS managed policies for whole services say nothing about which data. */
export const broadManagedPolicy = defineRule({
  invariant: 'DAT2',
  finding: 'BroadManagedPolicy',
  en: 'No principal holds an AWS managed policy for whole services',
  ja: 'サービス全体を許可するAWS管理ポリシーを持つプリンシパルがない',
  appliesTo: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
  judge({ properties }) {
    return [
      pass('holds no broad AWS managed policy'),
      ...list(properties.ManagedPolicyArns).flatMap((arn): Verdict[] => {
        const name = /:aws:policy\/(?:.*\/)?([^/]+)$/.exec(text(arn) ?? '')?.[1] ?? '';
        return broad.test(name) || reading.test(name) ? [fail(`holds ${name}`)] : [];
      }),
    ];
  },
});
