import { asWritten, at, list } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** What the web ACL refused is recorded. */
export const webAclLogs = defineRule({
  invariant: 'LOG1',
  finding: 'WebAclLogs',
  en: 'Web ACLs are logged',
  ja: 'Web ACLのログが記録される',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const logs = graph.referring(acl, 'AWS::WAFv2::LoggingConfiguration', 'ResourceArn');
    if (logs.length === 0) return fail('no LoggingConfiguration names it');
    const dropping = logs.some(
      (log) =>
        at(log.properties, 'LoggingFilter', 'DefaultBehavior') === 'DROP' &&
        !JSON.stringify(log.properties.LoggingFilter).includes('BLOCK'),
    );
    return dropping ? fail('its log leaves out what was blocked') : pass('is logged');
  },
});

/** A logging configuration without a destination logs nothing; secrets in headers stay out of the log. */
export const webAclLogContent = defineRule({
  invariant: 'LOG1',
  finding: 'WebAclLogContent',
  en: 'Web ACL logs keep session cookies and authorization headers out',
  ja: 'Web ACLログはCookieと認証ヘッダーを含まない',
  appliesTo: ['AWS::WAFv2::LoggingConfiguration'],
  judge({ properties }, { declared }) {
    if (
      at(properties, 'LoggingFilter', 'DefaultBehavior') === 'DROP' &&
      !JSON.stringify(properties.LoggingFilter).includes('BLOCK')
    )
      return fail('leaves out what was blocked');
    if (list(properties.LogDestinationConfigs).length === 0) return fail('has no destination');
    if (!declared) return skip('not part of a declared shop');
    const redacted = list(properties.RedactedFields).map((field) =>
      asWritten(at(field, 'SingleHeader', 'Name') ?? '').toLowerCase(),
    );
    return ['cookie', 'authorization'].map(
      (name): Verdict =>
        redacted.includes(name)
          ? pass(`${name} is redacted`)
          : fail(`${name} is not redacted: the log would hold sessions`),
    );
  },
});
