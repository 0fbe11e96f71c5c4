import { asWritten, at, display, list, type Value } from '../../model/values.ts';
import { behaviors } from '../behaviors.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/**
 * Managed policies that store nothing, or only what the shop marks as storable.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const safe = [
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // CachingDisabled
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65', // UseOriginCacheControlHeaders
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe', // UseOriginCacheControlHeaders-QueryStrings
];

/** One customer's page is never served to another from the cache. */
export const cachePolicy = defineRule({
  invariant: 'NET2',
  finding: 'CachePolicy',
  en: "CloudFront keeps no customer's page for another",
  ja: 'CloudFrontは顧客ごとのページを他の顧客に返さない',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const config = properties.DistributionConfig;
    const dynamic = new Set(
      list(at(config, 'Origins'))
        .filter((origin) => at(origin, 'S3OriginConfig') === undefined)
        .map((origin) => at(origin, 'Id')),
    );
    return behaviors(config).map(([name, behavior]): Verdict => {
      if (!dynamic.has(at(behavior, 'TargetOriginId')) || isFolderOfFiles(at(behavior, 'PathPattern')))
        return pass(`${name} holds files`);
      const policy = at(behavior, 'CachePolicyId');
      return safe.includes(asWritten(policy))
        ? pass(`${name} keeps what the shop marks`)
        : fail(`${name} keeps pages by ${display(policy ?? 'no policy')}, whatever the shop says`);
    });
  },
});

/**
 * A folder of files that are the same for everyone. An ending such as `*.css` makes no file of a page: many shops answer
 * `/my-account/x.css` with the page of the customer (web cache deception,
 * https://www.usenix.org/conference/usenixsecurity20/presentation/mirheidari).
 */
function isFolderOfFiles(pattern: Value | undefined): boolean {
  return (
    pattern !== undefined &&
    /^\/?(?:[\w-]+\/)*(?:static|assets?|media|uploads?|images?|img|css|js|fonts?|build|dist|bundles|themes?|wp-content|wp-includes|favicon\.ico|robots\.txt)(?:\/|$)/.test(
      asWritten(pattern),
    )
  );
}
