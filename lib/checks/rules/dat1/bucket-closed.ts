import { isForeignAccount } from '../../model/access/restrictions.ts';
import { at, display, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

const switches = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** No bucket can be made public by a policy or an access-control list. */
export const bucketClosed = defineRule({
  invariant: 'DAT1',
  finding: 'BucketClosed',
  en: 'No bucket can be opened to the public',
  ja: 'どのバケットも公開できない',
  appliesTo: ['AWS::S3::Bucket'],
  decidedBy: switches.map((name) => `PublicAccessBlockConfiguration.${name}`),
  judge({ properties }, { graph }) {
    const block = properties.PublicAccessBlockConfiguration;
    const open = switches.filter((name) => !isTrue(at(block, name)));
    const verdicts: Verdict[] = [
      open.length === 0 ? pass('public access is blocked') : fail(`${open.join(', ')} is not true`),
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
