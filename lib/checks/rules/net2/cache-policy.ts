import { declarationKeys } from '../../../declarations/keys.ts';
import { edgeCacheOf, isBehaviourFor } from '../../model/requests/edge-cache.ts';
import { sampleRequests } from '../../model/requests/samples.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { asWritten, at, list, map, type Value } from '../../model/values.ts';
import { behaviors } from '../behaviors.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/** One customer's page is never served to another from the cache. */
export const cachePolicy = defineRule({
  invariant: 'NET2',
  finding: 'CachePolicy',
  en: "CloudFront keeps no customer's page for another",
  ja: 'CloudFrontは顧客ごとのページを他の顧客に返さない',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }, { declared, graph }) {
    const config = properties.DistributionConfig;
    const dynamic = new Set(
      list(at(config, 'Origins'))
        .filter((origin) => at(origin, 'S3OriginConfig') === undefined)
        .map((origin) => at(origin, 'Id')),
    );
    const pages = customersPages(graph);
    // Whether an origin answers customers by name, only its owner knows.
    const wrong = (reason: string) => (declared ? fail(reason) : unsure(reason));
    return behaviors(config).map(([name, behavior]): Verdict => {
      if (!dynamic.has(at(behavior, 'TargetOriginId'))) return pass(`${name} holds files of a bucket`);
      const cache = edgeCacheOf(graph, map(behavior));
      if (!cache) return wrong(`${name} keeps pages by a policy that these templates do not show`);
      if (cache.keeps === 'nothing') return pass(`${name} keeps nothing`);
      const pattern = at(behavior, 'PathPattern');
      const page = pages.find((path) => isBehaviourFor(pattern ?? '*', path));
      // The shop marks with regard to what it was sent. Credentials in a header are left to its mark: no page uses them.
      const blind = cache.keeps === 'marked' ? cache.blind.filter((each) => each === 'cookies') : cache.blind;
      if (blind.length > 0)
        return wrong(
          `${name} sends ${blind.join(' and ')} to the shop and does not keep answers apart by them: a page of one customer may answer another`,
        );
      if (cache.sent.length === 0 && page)
        return wrong(`${name} asks for ${page} without cookies, as for a file`);
      if (cache.keeps === 'marked') return pass(`${name} keeps what the shop marks`);
      if (isFolderOfFiles(pattern) && cache.sent.length === 0)
        return pass(`${name} holds files, and asks for them as a stranger`);
      const what =
        cache.keeps === 'unmarked' ? 'that the shop does not mark' : 'that the shop forbids to keep';
      return wrong(`${name} keeps pages ${what}`);
    });
  },
});

/** Where customers sign in and pay, as the web ACL declares it. */
function customersPages(graph: EnvironmentGraph): string[] {
  return graph
    .ofType('AWS::WAFv2::WebACL')
    .flatMap(({ metadata }) => sampleRequests(metadata[declarationKeys.guardedPaths], 'POST'))
    .map(({ request }) => request.path);
}

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
