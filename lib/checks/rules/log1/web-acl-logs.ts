import type { Resource } from '../../model/templates.ts';
import { asWritten, at, list } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** What the web ACL refused is recorded. */
export const webAclLogs = defineRule({
  invariant: 'LOG1',
  finding: 'WebAclLogs',
  en: 'Web ACLs are logged',
  ja: 'Web ACLのログが記録される',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph, declared }) {
    const logs = graph.referring(acl, 'AWS::WAFv2::LoggingConfiguration', 'ResourceArn');
    if (logs.length === 0) return fail('no LoggingConfiguration names it');
    return logs.map((log): Verdict => {
      const gap = leftOut(log, declared);
      return gap ? fail(`${log.logicalId} ${gap}`) : pass('is logged');
    });
  },
});

/** A logging configuration without a destination logs nothing; secrets in headers stay out of the log. */
export const webAclLogContent = defineRule({
  invariant: 'LOG1',
  finding: 'WebAclLogContent',
  en: 'Web ACL logs keep session cookies and authorization headers out',
  ja: 'Web ACLログはCookieと認証ヘッダーを含まない',
  appliesTo: ['AWS::WAFv2::LoggingConfiguration'],
  judge(log, { declared }) {
    const { properties } = log;
    const gap = leftOut(log, declared);
    if (gap) return fail(gap);
    if (list(properties.LogDestinationConfigs).length === 0) return fail('has no destination');
    if (!declared) return skip('not part of a declared shop');
    const redacted = list(properties.RedactedFields).map((field) =>
      asWritten(at(field, 'SingleHeader', 'Name') ?? '').toLowerCase(),
    );
    const hidden = list(properties.RedactedFields).filter(
      (field) => !credentialHeaders.test(asWritten(at(field, 'SingleHeader', 'Name') ?? '')),
    );
    return [
      ...['cookie', 'authorization'].map(
        (name): Verdict =>
          redacted.includes(name)
            ? pass(`${name} is redacted`)
            : fail(`${name} is not redacted: the log would hold sessions`),
      ),
      hidden.length > 0
        ? fail(`hides ${hidden.map(asWritten).join(', ')}, by which an attack is recognized (RedactedFields)`)
        : pass('shows what an attack is recognized by'),
    ];
  },
});

/** Headers that hold what somebody could sign in with. */
const credentialHeaders =
  /^(cookie|set-cookie|(proxy-)?authorization|x-.*(key|token|secret|auth|signature).*)$/i;

/** What a log does not hold, in words: an attack that got through is in what was allowed. */
function leftOut({ properties }: Resource, declared: boolean): string | undefined {
  const filter = properties.LoggingFilter;
  const behaviors = [
    at(filter, 'DefaultBehavior'),
    ...list(at(filter, 'Filters')).map((each) => at(each, 'Behavior')),
  ];
  if (!behaviors.includes('DROP')) return undefined;
  if (declared) return 'leaves requests out (LoggingFilter)';
  return behaviors[0] === 'DROP' && !JSON.stringify(filter).includes('BLOCK')
    ? 'leaves out what was blocked'
    : undefined;
}
