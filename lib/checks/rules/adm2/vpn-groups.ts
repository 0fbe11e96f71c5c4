import { isTrue, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** With single sign-on only a group may connect. */
export const vpnGroups = defineRule({
  invariant: 'ADM2',
  finding: 'VpnGroups',
  en: 'With single sign-on, only a named group is authorized',
  ja: 'シングルサインオン利用時は指定グループだけを承認する',
  appliesTo: ['AWS::EC2::ClientVpnAuthorizationRule'],
  judge({ properties }, { graph }) {
    const endpoint = graph.target(properties.ClientVpnEndpointId, 'AWS::EC2::ClientVpnEndpoint');
    const federated = JSON.stringify(endpoint?.properties.AuthenticationOptions ?? '').includes('federated');
    if (!federated) return skip('clients are told apart by their certificates');
    if (text(properties.AccessGroupId) !== undefined) return pass('names a group');
    return isTrue(properties.AuthorizeAllGroups)
      ? pass('everyone whom the identity provider lets in')
      : fail('authorizes neither a group nor all');
  },
});
