import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Environment, Shop } from '../../../../lib/config/index.ts';
import { parseShop } from '../../../../lib/config/index.ts';
import { type VpnContext, vpnContext } from '../../../../lib/environment/admin/vpn/context.ts';
import { init } from '../../../../lib/environment/admin/vpn/init.ts';
import type { LoopbackAws } from './aws.ts';

export const account = '123456789012';
export const region = 'ap-northeast-1';

type EnvironmentInput = Record<string, unknown>;

/** A shop with three admins; `overrides` replace fields of its one environment. */
export function testShop(
  overrides: EnvironmentInput = {},
  name = 'hana-candles',
): { shop: Shop; environment: Environment } {
  const shop = parseShop({
    name,
    platform: { preset: 'woocommerce' },
    payment: { provider: 'stripe' },
    environments: {
      production: {
        account,
        region,
        domain: `${name}.example.jp`,
        hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.jp' },
        alarms: { emails: ['owner@example.jp'] },
        admin: {
          people: [
            { name: 'hana', email: 'hana@example.jp' },
            { name: 'ken', email: 'ken@example.jp' },
            { name: 'yui', email: 'yui@example.jp' },
          ],
        },
        mail: 'none',
        ...overrides,
      },
    },
  });
  const environment = shop.environments.production;
  if (!environment) throw new Error('the test shop has a production environment');
  return { shop, environment };
}

/** An operator at a terminal: the context of a command, and what it said. */
export interface Operator extends VpnContext {
  readonly said: string[];
  /** Days that have passed since the test began. */
  readonly clock: { days: number };
}

let shops = 0;

/** Every test has a shop of its own, so that tests share moto and nothing else. */
export async function newOperator(overrides?: EnvironmentInput): Promise<Operator> {
  shops += 1;
  const operator = operatorOf(testShop(overrides, `shop-${shops}`));
  await operator.ssm.send(
    new PutParameterCommand({
      Name: operator.names.credentialsKeyParameter,
      Value: `arn:aws:kms:${region}:${account}:key/00000000-1111-2222-3333-444444444444`,
      Type: 'String',
    }),
  );
  return operator;
}

export function operatorOf({ shop, environment }: { shop: Shop; environment: Environment }): Operator {
  const said: string[] = [];
  const clock = { days: 0 };
  return {
    ...vpnContext(shop, environment, {
      now: () => new Date(Date.now() + clock.days * 24 * 60 * 60 * 1000),
      say: (line) => said.push(line),
    }),
    said,
    clock,
  };
}

/** What `init`, the config and a deploy bring about: an endpoint that trusts the authority. */
export async function deployVpn(
  aws: LoopbackAws,
  operator: Operator,
  options: { federated?: boolean } = {},
): Promise<string> {
  const { arn } = await init(operator);
  const id = `cvpn-endpoint-${operator.shop.name}-${aws.endpoints.size}`;
  aws.endpoints.set(id, {
    host: `${id}.prod.clientvpn.${region}.amazonaws.com`,
    rootChainArn: arn,
    federated: options.federated,
    imports: 0,
  });
  await operator.ssm.send(
    new PutParameterCommand({
      Name: operator.names.endpointParameter,
      Value: id,
      Type: 'String',
      Overwrite: true,
    }),
  );
  return id;
}
