import { declarationKeys } from '../../../declarations/keys.ts';
import { parseRequest } from '../../model/requests/request.ts';
import { sampleRequests } from '../../model/requests/samples.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import { at, list, text } from '../../model/values.ts';
import { attemptsAt } from '../adm1/attempts.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A screen that writes all customers into a file is shut to whoever is let in as well: staff has the desk for that. */
export const exportScreensClosed = defineRule({
  invariant: 'DAT3',
  finding: 'ExportScreens',
  en: 'The screens of the shop software that export customers and orders answer 403 on the admin host, too',
  ja: 'ショップソフトの顧客・注文の書き出し画面は、管理用ホストでも403を返す',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const declared = acl.metadata[declarationKeys.closedScreens];
    if (declared === undefined) return skip('closes no screens');
    if (graph.referring(acl, 'AWS::WAFv2::WebACLAssociation', 'WebACLArn').length === 0)
      return fail('guards no load balancer, so that nothing closes the screens');
    const host = text(at(declared, 'host')) ?? '';
    const paths = list(at(declared, 'paths')).flatMap((path) => text(path) ?? []);
    const samples = [
      ...attemptsAt(paths, [], [host]).filter(({ request }) => request.path !== '/'),
      ...paths.map((path) => ({ name: `${path}/1`, request: parseRequest({ url: `${path}/1` }, host) })),
      ...sampleRequests(at(declared, 'requests'), 'GET', host),
    ];
    const through = samples.filter(({ request }) => {
      const { outcome } = answerOfWebAcl(graph, acl, request);
      return outcome.action !== 'block' || outcome.status !== 403;
    });
    return through.length > 0
      ? fail(`lets through ${through.map(({ name }) => name).join(', ')}`)
      : pass(`refuses ${samples.length} examples of exports`);
  },
});
