import { declarationKeys } from '../../../declarations/keys.ts';
import { publicHosts } from '../../model/requests/from-internet.ts';
import { sampleRequests } from '../../model/requests/samples.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What staff do through a public path, by a parameter or a posted form, is refused as their paths are. */
export const functionsRefused = defineRule({
  invariant: 'ADM1',
  finding: 'FunctionsRefused',
  en: 'Each web ACL answers 403 where a public path would do what only staff may',
  ja: '公開パス経由の管理操作にも各Web ACLが403を返す',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const [host] = publicHosts(graph);
    const samples = sampleRequests(acl.metadata[declarationKeys.refusedRequests], 'GET', host);
    if (samples.length === 0) return skip('declares no function behind a public path');
    const through = samples.filter(({ request }) => {
      const { outcome } = answerOfWebAcl(graph, acl, request);
      return outcome.action !== 'block' || outcome.status !== 403;
    });
    return through.length > 0
      ? fail(`lets through ${through.map(({ name }) => name).join(', ')}`)
      : pass(`refuses ${samples.length} examples of what only staff may do`);
  },
});
