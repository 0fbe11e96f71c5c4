import { isForeignAccount } from '../../model/access/restrictions.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { hasToken, hasUnknown, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** The same for the permissions of functions, which are written one by one. */
export const publicFunction = defineRule({
  invariant: 'DAT2',
  finding: 'PublicFunction',
  en: 'No function may be called by everyone or another account',
  ja: 'どの関数も全員や他アカウントから呼び出せない',
  appliesTo: ['AWS::Lambda::Permission'],
  judge({ properties }, { graph, declared }) {
    const action = text(properties.Action) ?? '';
    if (declared && !/^lambda:(InvokeFunction|InvokeFunctionUrl|InvokeAsync)$/.test(action))
      return fail(`allows ${action || 'no action'}; expected lambda:InvokeFunction`);
    const principal = text(properties.Principal) ?? '*';
    if (principal === '*') {
      const tied =
        properties.SourceAccount !== undefined ||
        properties.SourceArn !== undefined ||
        properties.PrincipalOrgID !== undefined;
      return tied ? pass('is tied to a source') : fail('everyone may call the function');
    }
    if (isForeignAccount(graph.canonicalArn(principal), graph.account))
      return fail(`${principal} of another account may call the function`);
    // Any customer of AWS can make these services call a function they can name.
    const shared = [
      's3.amazonaws.com',
      'sns.amazonaws.com',
      'apigateway.amazonaws.com',
      'events.amazonaws.com',
      'secretsmanager.amazonaws.com',
    ].includes(principal);
    if (shared && properties.SourceArn === undefined && properties.SourceAccount === undefined)
      return fail(
        `${principal} may call the function for any account: neither SourceArn nor SourceAccount is set`,
      );
    const account = text(properties.SourceAccount) ?? accountIn(properties.SourceArn, graph);
    if (declared && account !== undefined && account !== graph.account)
      return fail(`${principal} may call the function for ${account || 'whoever has what SourceArn names'}`);
    return pass(`${principal} may call it`);
  },
});

/** The account of what a text names; '' when it tells none, as names of buckets do; undefined of what the templates make. */
function accountIn(arn: Value | undefined, graph: EnvironmentGraph): string | undefined {
  if (typeof arn !== 'string' || hasToken(arn) || hasUnknown(arn)) return undefined;
  if (graph.target(arn, 'AWS::S3::Bucket')) return undefined;
  return /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(arn)?.[1];
}
