import { isTrue, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure } from '../rule.ts';

/** With single sign-on only a group may connect. */
export const vpnGroups = defineRule({
  invariant: 'ADM2',
  finding: 'VpnGroups',
  en: 'With single sign-on, only a named group is authorized',
  ja: 'シングルサインオン利用時は指定グループだけを承認する',
  appliesTo: ['AWS::EC2::ClientVpnAuthorizationRule'],
  judge({ properties }, { declared, graph }) {
    const endpoint = graph.target(properties.ClientVpnEndpointId, 'AWS::EC2::ClientVpnEndpoint');
    const named = text(properties.AccessGroupId) !== undefined;
    if (!endpoint)
      return named
        ? pass('names a group')
        : unsure('how people sign in to its endpoint is not in these templates');
    // A directory has groups as an identity provider has.
    const hasGroups = /federated|directory-service/.test(
      JSON.stringify(endpoint.properties.AuthenticationOptions ?? ''),
    );
    if (!hasGroups) return skip('clients are told apart by their certificates');
    if (named) return pass('names a group');
    if (!isTrue(properties.AuthorizeAllGroups)) return fail('authorizes neither a group nor all');
    return declared
      ? pass('everyone whom the identity provider lets in')
      : unsure('authorizes everyone whom the identity provider lets in, who is not in these templates');
  },
});
