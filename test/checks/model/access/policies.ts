import { Access } from '../../../../lib/checks/model/access/access.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';

export const account = '111122223333';
export const region = 'ap-northeast-1';
export type Resources = Readonly<Record<string, object>>;
export type Word = 'can' | 'cannot decide' | 'cannot';

export const ref = (id: string) => ({ Ref: id });
export const attribute = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
export const resource = (Type: string, Properties: object = {}, more: object = {}) => ({
  Type,
  Properties,
  ...more,
});
export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
export const document = (...Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });
export const inline = (...statements: readonly unknown[]) => [
  { PolicyName: 'p', PolicyDocument: document(...statements) },
];
export const trust = (Principal: unknown, Action: unknown = 'sts:AssumeRole', more: object = {}) =>
  document({ Effect: 'Allow', Action, Principal, ...more });

export const role = (
  policies: readonly unknown[],
  properties: object = {},
  service: unknown = { Service: 'lambda.amazonaws.com' },
) =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(service), Policies: policies, ...properties });
export const user = (policies: readonly unknown[] = [], properties: object = {}) =>
  resource('AWS::IAM::User', { Policies: policies, ...properties });

export interface Asked {
  readonly template: object;
  readonly principal: string;
  readonly target: string;
  /** Undefined for templates that are deployed wherever. */
  readonly account?: string | undefined;
  readonly more?: readonly object[];
}

/** What the model says of one principal, by its logical id or by what a reader sees, and one store. */
export function wordOf(asked: Asked): Word {
  const { template, principal, target, more = [] } = asked;
  const graph = new EnvironmentGraph(
    [template, ...more].map((each, index) => ({
      name: index === 0 ? 'S' : `S${index}`,
      account: 'account' in asked ? asked.account : account,
      region,
      template: each,
    })),
  );
  const store = graph.get('S', target);
  if (!store) throw new Error(`the template has no ${target}`);
  const grants = new Access(graph)
    .readersOf(store)
    .filter(({ principal: { name } }) => name.replace(/^S\d?\//, '') === principal);
  if (grants.length === 0) return 'cannot';
  return grants.some(({ decided }) => decided) ? 'can' : 'cannot decide';
}
