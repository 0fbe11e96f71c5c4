import { isForeignAccount } from '../../model/access/restrictions.ts';
import { at, display, hasUnknown, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, unsureOf, type Verdict } from '../rule.ts';

const switches = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** No bucket can be made public by a policy or an access-control list. */
export const bucketClosed = defineRule({
  invariant: 'DAT1',
  finding: 'BucketClosed',
  en: 'No bucket can be opened to the public',
  ja: 'どのバケットも公開できない',
  appliesTo: ['AWS::S3::Bucket'],
  judge({ properties }, { graph }) {
    const block = properties.PublicAccessBlockConfiguration;
    const off = (name: string) => !isTrue(at(block, name)) && !hasUnknown(at(block, name) ?? block);
    const open = switches.filter(off);
    const unclear = unsureOf(Object.fromEntries(switches.map((name) => [name, at(block, name) ?? block])));
    const verdicts: Verdict[] = [
      open.length > 0
        ? fail(`${open.join(', ')} is not true`)
        : (unclear ?? pass('public access is blocked')),
    ];
    const acl = text(properties.AccessControl);
    if (
      acl !== undefined &&
      !['Private', 'LogDeliveryWrite', 'BucketOwnerFullControl', 'BucketOwnerRead'].includes(acl)
    ) {
      verdicts.push(fail(`AccessControl is ${display(acl)}`));
    }
    const ownership = list(at(properties, 'OwnershipControls', 'Rules')).map((rule) =>
      text(at(rule, 'ObjectOwnership')),
    );
    if (ownership.includes('ObjectWriter'))
      verdicts.push(fail('ObjectOwnership is ObjectWriter: whoever uploads decides who may read'));
    if (properties.WebsiteConfiguration !== undefined)
      verdicts.push(fail('is served as a website, without TLS or a web ACL'));
    const origins = list(at(properties, 'CorsConfiguration', 'CorsRules')).flatMap((rule) =>
      list(at(rule, 'AllowedOrigins')),
    );
    if (origins.includes('*')) verdicts.push(fail('scripts of any site may use it (CorsConfiguration)'));
    for (const rule of list(at(properties, 'ReplicationConfiguration', 'Rules'))) {
      const account = text(at(rule, 'Destination', 'Account'));
      if (account !== undefined && isForeignAccount(account, graph.account))
        verdicts.push(fail(`is copied to account ${account}`));
    }
    return verdicts;
  },
});
