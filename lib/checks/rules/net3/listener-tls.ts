import { asWritten, at, display, list, text } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass, skip } from '../rule.ts';

/** TLS 1.2 with forward secrecy or newer, as the policies of 2021 and later have it. */
const safePolicies =
  /^ELBSecurityPolicy-(TLS13-1-[23](-Res|-Ext\d|-FIPS|-PQ|-\d{4}-\d{2})*|FS-1-2-Res-20(19|20)-\d{2})/;
/** Without it for all clients: strict enough for those who did not choose these checks. */
const alsoTls12 = /^ELBSecurityPolicy-TLS-1-2-(Ext-)?2017-01$|^ELBSecurityPolicy-TLS-1-2-Ext-2018-06$/;
const stillWeak = /TLS13-1-[01]|Ext[01]/;

export const listenerTls = defineRule({
  invariant: 'NET3',
  finding: 'ListenerTls',
  en: 'Every listener speaks TLS 1.2 or newer',
  ja: '全リスナーがTLS 1.2以降を使う',
  appliesTo: ['AWS::ElasticLoadBalancingV2::Listener'],
  judge(listener, { declared }) {
    const protocol = text(listener.properties.Protocol);
    const actions = list(listener.properties.DefaultActions);
    if (protocol === 'HTTP') {
      const redirects =
        actions.length > 0 &&
        actions.every(
          (action) =>
            at(action, 'Type') === 'redirect' && at(action, 'RedirectConfig', 'Protocol') === 'HTTPS',
        );
      return redirects
        ? pass('only redirects to HTTPS')
        : fail('Protocol is HTTP: requests cross the network in clear text');
    }
    // A network load balancer hands packets on: what is in them, its targets and clients agree upon.
    if (!declared && /^(TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE)$/.test(protocol ?? ''))
      return skip('hands packets on as they are');
    if (protocol !== 'HTTPS' && protocol !== 'TLS')
      return fail(`Protocol is ${display(protocol ?? 'not set')}; expected HTTPS`);
    const policy = expectProperty(
      listener,
      ['SslPolicy'],
      (value) =>
        (safePolicies.test(asWritten(value)) && !stillWeak.test(asWritten(value))) ||
        (!declared && alsoTls12.test(asWritten(value))),
      'ELBSecurityPolicy-TLS13-1-2-* or newer',
    );
    return list(listener.properties.Certificates).length > 0 ? policy : [policy, fail('has no certificate')];
  },
});
