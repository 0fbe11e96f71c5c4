import { covers, everyAddress, ipv4Range, isPublicRange } from '../../model/network/addresses.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import {
  at,
  display,
  isFalse,
  isTrue,
  list,
  numeric,
  text,
  type Value,
  type ValueMap,
} from '../../model/values.ts';
import { whyIdle } from '../functions.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/** A person connects with a certificate of their own; single sign-on may come on top, never instead. */
export const vpnAuthentication = defineRule({
  invariant: 'ADM2',
  finding: 'VpnAuthentication',
  en: 'VPN clients authenticate with a certificate of their own',
  ja: 'VPN利用者は本人の証明書で認証する',
  appliesTo: ['AWS::EC2::ClientVpnEndpoint'],
  judge({ properties }, { declared }) {
    const options = list(properties.AuthenticationOptions);
    const types = options.map((option) => text(at(option, 'Type')) ?? '');
    const verdicts: Verdict[] = [
      types.includes('certificate-authentication')
        ? pass('asks for a certificate')
        : fail('asks for no certificate'),
    ];
    for (const option of options) {
      if (
        text(at(option, 'Type')) === 'certificate-authentication' &&
        at(option, 'MutualAuthentication', 'ClientRootCertificateChainArn') === undefined
      ) {
        verdicts.push(fail('names no authority that issues the certificates'));
      }
      // One authority signs the server's certificate and those of people, so that its ARN stands for both.
      const chain = at(option, 'MutualAuthentication', 'ClientRootCertificateChainArn');
      if (declared && chain !== undefined && chain !== properties.ServerCertificateArn)
        verdicts.push(fail(`accepts certificates of ${display(chain)}, another authority than the server's`));
    }
    return verdicts;
  },
});

/** A connection is asked about, recorded, and ends. */
export const vpnSessions = defineRule({
  invariant: 'ADM2',
  finding: 'VpnSessions',
  en: 'VPN connections are checked by a handler and end within a day',
  ja: 'VPN接続はハンドラーで検査され、1日以内に切断される',
  appliesTo: ['AWS::EC2::ClientVpnEndpoint'],
  judge({ properties }, { declared, graph }) {
    const hours = numeric(properties.SessionTimeoutHours);
    const verdicts: Verdict[] = [
      hours !== undefined && hours <= 24
        ? pass(`sessions end after ${hours} hours`)
        : declared
          ? fail(`SessionTimeoutHours is ${hours ?? 'not set'}; expected 24 or fewer`)
          : pass('sessions end after a day by default'),
    ];
    if (declared)
      verdicts.push(
        isTrue(properties.SplitTunnel)
          ? pass('carries the traffic of the shop only')
          : fail('SplitTunnel is not true: all traffic of a person goes through the VPC'),
      );
    if (declared)
      verdicts.push(
        isTrue(at(properties, 'ClientRouteEnforcementOptions', 'Enforced'))
          ? pass('takes back routes that a client adds')
          : fail('lets clients add routes of their own (ClientRouteEnforcementOptions.Enforced is not true)'),
      );
    const handler = at(properties, 'ClientConnectOptions');
    if (declared) {
      verdicts.push(
        isTrue(at(handler, 'Enabled')) && at(handler, 'LambdaFunctionArn') !== undefined
          ? pass('a handler checks each connection')
          : fail('no handler checks connections (ClientConnectOptions)'),
      );
      verdicts.push(...judgeHandler(at(handler, 'LambdaFunctionArn'), properties, graph));
      verdicts.push(
        isFalse(properties.DisconnectOnSessionTimeout)
          ? fail('sessions renew themselves (DisconnectOnSessionTimeout is false)')
          : pass('a session that ends must sign in again'),
      );
    }
    if (!declared) verdicts.push(judgeUndeclared(handler, graph));
    const resolvers = list(properties.DnsServers).filter((server) => !isInside(server, graph));
    if (declared && resolvers.length > 0)
      verdicts.push(
        fail(`clients ask ${resolvers.join(', ')} for names, which is not in the VPC (DnsServers)`),
      );
    const rangeOfClients = ipv4Range(properties.ClientCidrBlock);
    if (declared && rangeOfClients && isPublicRange(rangeOfClients))
      verdicts.push(fail('clients get public addresses (ClientCidrBlock)'));
    verdicts.push(
      text(properties.SelfServicePortal) !== 'enabled'
        ? pass('no self-service portal')
        : declared
          ? fail('the self-service portal hands out the configuration')
          : pass('its self-service portal asks to sign in'),
    );
    return verdicts;
  },
});

/** Somebody else's endpoint may be guarded in other ways; that a handler guards it takes one that can be read. */
function judgeUndeclared(handler: Value | undefined, graph: EnvironmentGraph): Verdict {
  if (!isTrue(at(handler, 'Enabled')))
    return unsure('no handler checks connections: who may connect is not in these templates');
  const arn = at(handler, 'LambdaFunctionArn');
  const code = graph.target(arn, 'AWS::Lambda::Function');
  if (!code)
    return unsure(`${display(arn ?? 'nothing')} decides who connects, which these templates do not show`);
  const idle = whyIdle(code);
  return idle ? fail(`${code.logicalId} ${idle}`) : pass('a handler checks each connection');
}

function isInside(server: Value, graph: EnvironmentGraph): boolean {
  const address = ipv4Range(server);
  return (
    !address ||
    graph
      .ofType('AWS::EC2::VPC')
      .some((vpc) => covers(ipv4Range(vpc.properties.CidrBlock) ?? everyAddress, address))
  );
}

/** The handler is code of these templates, made for this, and knows whether people sign in besides. */
function judgeHandler(value: Value | undefined, endpoint: ValueMap, graph: EnvironmentGraph): Verdict[] {
  const handler = graph.target(value, 'AWS::Lambda::Function');
  if (!handler)
    return [fail(`${display(value ?? 'nothing')} decides who connects, which these templates do not show`)];
  // AWS asks for the prefix: https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-authorization.html
  const named = text(handler.properties.FunctionName) ?? '';
  const verdicts: Verdict[] = [
    named.startsWith('AWSClientVPN-')
      ? pass(`${handler.logicalId} decides who connects`)
      : fail(
          `${handler.logicalId} was not made to decide who connects: its name does not begin with AWSClientVPN-`,
        ),
  ];
  const idle = whyIdle(handler);
  if (idle) verdicts.push(fail(`${handler.logicalId} ${idle}`));
  const federated = list(endpoint.AuthenticationOptions).some(
    (option) => text(at(option, 'Type')) === 'federated-authentication',
  );
  const settings = JSON.stringify(at(handler.properties, 'Environment', 'Variables') ?? {}).replaceAll(
    '\\',
    '',
  );
  const told = /"singleSignOn":(true|false)/.exec(settings)?.[1];
  if (told !== undefined && (told === 'true') !== federated)
    verdicts.push(
      fail(
        `its handler is told that there is ${told === 'true' ? 'single' : 'no single'} sign-on, which is not so`,
      ),
    );
  return verdicts;
}
