import fc from 'fast-check';
import { group, instance, ref, resource, subnet } from '../network/networks.ts';

/**
 * Small networks, and who reaches whom in them by trying: every value that a deploy may give, every address an interface
 * may get. Nothing here shares code with the model.
 */

/** A value that the template gives, or one that a deploy picks among some. */
export type Written<T> = { readonly given: T } | { readonly parameter: string; readonly among: readonly T[] };

export interface Rule {
  readonly peer:
    | { readonly cidr: Written<string> }
    | { readonly group: Written<GroupName> }
    | { readonly list: readonly string[] };
  readonly protocol: '-1' | 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  /** Whether the rule stands under a condition that a deploy decides. */
  readonly optional: boolean;
}
export interface Entry {
  readonly egress: boolean;
  readonly allow: boolean;
  readonly block: string;
  readonly protocol: '-1' | '6' | '17';
  readonly from: number;
  readonly to: number;
  readonly optional: boolean;
}
export type GroupName = 'GroupA' | 'GroupB';
export type SubnetName = 'SubnetA' | 'SubnetB';
export interface Network {
  readonly ingress: Readonly<Record<GroupName, readonly Rule[]>>;
  /** Undefined where the group says nothing of it. */
  readonly egress: Readonly<Record<GroupName, readonly Rule[] | undefined>>;
  readonly acls: Readonly<Record<SubnetName, readonly Entry[] | undefined>>;
  readonly client: { readonly subnet: Written<SubnetName>; readonly group: Written<GroupName> };
  readonly server: {
    readonly subnet: SubnetName;
    readonly groups: readonly GroupName[];
    readonly secondCard: GroupName | undefined;
    readonly publicAddress: Written<boolean>;
  };
  readonly route: 'none' | 'internet' | 'nat' | 'optional' | 'private';
}

const blocks: Readonly<Record<SubnetName, string>> = { SubnetA: '10.0.0.0/28', SubnetB: '10.0.0.16/28' };
export const questions = [22, 443, 3306] as const;

// --------------------------------------------------------------------------------------------------- arbitrary

const cidrs = [
  '10.0.0.0/28',
  '10.0.0.0/29',
  '10.0.0.5/32',
  '10.0.0.16/28',
  '10.0.0.0/16',
  '0.0.0.0/0',
  '198.51.100.0/24',
];
const groupNames: readonly GroupName[] = ['GroupA', 'GroupB'];
let serial = 0;
const written = <T>(values: readonly T[]): fc.Arbitrary<Written<T>> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values).map((given) => ({ given })) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 2, maxLength: 2 }).map((among) => ({
        parameter: `P${serial++}`,
        among,
      })),
    },
  );
const range = fc
  .tuple(fc.constantFrom(0, 22, 100, 443, 3306), fc.constantFrom(22, 442, 443, 3306, 65535))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const rarely = fc.integer({ max: 5 }).map((n) => n === 0);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    peer: fc.oneof(
      written(cidrs).map((cidr) => ({ cidr })),
      written(groupNames).map((name) => ({ group: name })),
      fc.subarray(cidrs, { minLength: 1, maxLength: 2 }).map((list) => ({ list })),
    ),
    protocol: fc.constantFrom('-1' as const, 'tcp' as const, 'tcp' as const, 'udp' as const),
    ports: range,
    optional: rarely,
  })
  .map(({ ports, ...rest }) => ({ ...rest, ...ports }));
const entry: fc.Arbitrary<Entry> = fc
  .record({
    egress: fc.boolean(),
    allow: fc.boolean(),
    block: fc.constantFrom(...cidrs),
    protocol: fc.constantFrom('-1' as const, '6' as const, '17' as const),
    ports: range,
    optional: rarely,
  })
  .map(({ ports, ...rest }) => ({ ...rest, ...ports }));
const perGroup = <T>(value: fc.Arbitrary<T>) => fc.record({ GroupA: value, GroupB: value });
const acl = fc.option(fc.array(entry, { minLength: 1, maxLength: 5 }), { nil: undefined, freq: 2 });

export const network: fc.Arbitrary<Network> = fc.record({
  ingress: perGroup(fc.array(rule, { maxLength: 2 })),
  egress: perGroup(fc.option(fc.array(rule, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 })),
  acls: fc.record({ SubnetA: acl, SubnetB: acl }),
  client: fc.record({ subnet: written<SubnetName>(['SubnetA', 'SubnetB']), group: written(groupNames) }),
  server: fc.record({
    subnet: fc.constantFrom<SubnetName>('SubnetA', 'SubnetB'),
    groups: fc.subarray([...groupNames], { minLength: 1 }),
    secondCard: fc.option(fc.constantFrom(...groupNames), { nil: undefined, freq: 3 }),
    publicAddress: written([true, false]),
  }),
  route: fc.constantFrom('none', 'internet', 'internet', 'nat', 'optional', 'private'),
});

// ---------------------------------------------------------------------------------------------------- template

/** The network as a template: what a deploy decides are parameters without a default, and a condition on one. */
export function templateOf(written: Network): object {
  const Parameters: Record<string, object> = { Anything: { Type: 'String' } };
  const value = <T>(of: Written<T>, spell: (each: T) => unknown): unknown => {
    if ('given' in of) return spell(of.given);
    Parameters[of.parameter] = { Type: 'String' };
    return { Ref: of.parameter };
  };
  const Resources: Record<string, object> = { Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }) };
  const maybe = (optional: boolean) => (optional ? { Condition: 'Maybe' } : {});
  const groupOf = (name: GroupName) => ({ 'Fn::GetAtt': [name, 'GroupId'] });
  for (const name of groupNames) {
    Resources[name] = group();
    const both = [
      ['Ingress', 'Source', written.ingress[name]],
      ['Egress', 'Destination', written.egress[name] ?? []],
    ] as const;
    for (const [direction, side, rules] of both) {
      rules.forEach(({ peer, protocol, from, to, optional }, index) => {
        const id = `${name}${direction}${index}`;
        const properties: Record<string, unknown> = {
          GroupId: groupOf(name),
          IpProtocol: protocol,
          FromPort: from,
          ToPort: to,
        };
        if ('cidr' in peer) properties.CidrIp = value(peer.cidr, String);
        else if ('group' in peer) properties[`${side}SecurityGroupId`] = value(peer.group, groupOf);
        else {
          Resources[`${id}List`] = resource('AWS::EC2::PrefixList', {
            Entries: peer.list.map((Cidr) => ({ Cidr })),
          });
          properties[`${side}PrefixListId`] = { 'Fn::GetAtt': [`${id}List`, 'PrefixListId'] };
        }
        Resources[id] = resource(`AWS::EC2::SecurityGroup${direction}`, properties, maybe(optional));
      });
    }
  }
  for (const name of ['SubnetA', 'SubnetB'] as const) {
    Resources[name] = subnet(blocks[name]);
    const entries = written.acls[name];
    if (!entries) continue;
    Resources[`${name}Acl`] = resource('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') });
    Resources[`${name}Has`] = resource('AWS::EC2::SubnetNetworkAclAssociation', {
      SubnetId: ref(name),
      NetworkAclId: ref(`${name}Acl`),
    });
    entries.forEach(({ egress, allow, block, protocol, from, to, optional }, index) => {
      const properties = {
        NetworkAclId: ref(`${name}Acl`),
        RuleNumber: index + 1,
        Egress: egress,
        RuleAction: allow ? 'allow' : 'deny',
        CidrBlock: block,
        Protocol: protocol,
        PortRange: { From: from, To: to },
      };
      Resources[`${name}Entry${index}`] = resource('AWS::EC2::NetworkAclEntry', properties, maybe(optional));
    });
  }
  const { client, server } = written;
  Resources.Client = instance({
    SubnetId: value(client.subnet, ref),
    SecurityGroupIds: [value(client.group, groupOf)],
  });
  const cards = [
    {
      DeviceIndex: '0',
      SubnetId: ref(server.subnet),
      GroupSet: server.groups.map(groupOf),
      AssociatePublicIpAddress: value(server.publicAddress, Boolean),
    },
    ...(server.secondCard
      ? [{ DeviceIndex: '1', SubnetId: ref(server.subnet), GroupSet: [groupOf(server.secondCard)] }]
      : []),
  ];
  Resources.Server = instance({ NetworkInterfaces: cards });
  Object.assign(Resources, routeOf(written.route, server.subnet));
  return { Parameters, Conditions: { Maybe: { 'Fn::Equals': [ref('Anything'), 'yes'] } }, Resources };
}

function routeOf(route: Network['route'], subnetName: SubnetName): Record<string, object> {
  if (route === 'none') return {};
  const to =
    route === 'nat'
      ? { NatGatewayId: 'nat-1' }
      : route === 'private'
        ? { GatewayId: ref('Private') }
        : { GatewayId: ref('Gateway') };
  return {
    Gateway: resource('AWS::EC2::InternetGateway'),
    Private: resource('AWS::EC2::VPNGateway'),
    Table: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    Uses: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref(subnetName),
      RouteTableId: ref('Table'),
    }),
    Route: resource(
      'AWS::EC2::Route',
      { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', ...to },
      route === 'optional' ? { Condition: 'Maybe' } : {},
    ),
  };
}

// ------------------------------------------------------------------------------------------------------ oracle

/** What one deploy decided. */
interface World {
  readonly maybe: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

function* worldsOf(written: Network): Generator<World> {
  const parameters = new Map<string, readonly unknown[]>();
  JSON.stringify(written, (_, each) => {
    if (each && typeof each === 'object' && 'parameter' in each) parameters.set(each.parameter, each.among);
    return each;
  });
  let all: Record<string, unknown>[] = [{}];
  for (const [name, among] of parameters)
    all = all.flatMap((values) => among.map((value) => ({ ...values, [name]: value })));
  for (const values of all) for (const maybe of [true, false]) yield { maybe, values };
}

const read = <T>(of: Written<T>, { values }: World): T =>
  'given' in of ? of.given : (values[of.parameter] as T);

function inBlock(address: number, block: string): boolean {
  const [base = '', length = '32'] = block.split('/');
  const first = base.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
  return address >= first && address < first + 2 ** (32 - Number(length));
}

/** The addresses AWS gives in a /28: the first four and the last are its own. */
const hostsOf = (name: SubnetName) => {
  const [, last = 0] = /\.(\d+)\/28$/.exec(blocks[name]) ?? [];
  return [5, 8, 14].map((offset) => 0x0a000000 + Number(last) + offset);
};

interface Party {
  readonly address: number;
  readonly groups: readonly GroupName[];
}

function anyRule(rules: readonly Rule[], peer: Party, port: number, world: World): boolean {
  return rules.some((rule) => {
    if (rule.optional && !world.maybe) return false;
    if (rule.protocol === 'udp') return false;
    if (rule.protocol === 'tcp' && (port < rule.from || port > rule.to)) return false;
    if ('cidr' in rule.peer) return inBlock(peer.address, read(rule.peer.cidr, world));
    if ('group' in rule.peer) return peer.groups.includes(read(rule.peer.group, world));
    return rule.peer.list.some((block) => inBlock(peer.address, block));
  });
}

function mayLeave(written: Network, from: Party, to: Party, port: number, world: World): boolean {
  return from.groups.some((name) => {
    // Everything may leave until one rule stands.
    const rules = (written.egress[name] ?? []).filter(({ optional }) => world.maybe || !optional);
    return rules.length === 0 || anyRule(rules, to, port, world);
  });
}

function aclPasses(
  entries: readonly Entry[] | undefined,
  egress: boolean,
  peer: number,
  port: number,
  world: World,
): boolean {
  if (!entries) return true;
  for (const each of entries) {
    if (each.egress !== egress || (each.optional && !world.maybe) || each.protocol === '17') continue;
    if (!inBlock(peer, each.block) || (each.protocol === '6' && (port < each.from || port > each.to)))
      continue;
    return each.allow;
  }
  return false;
}

/** A few of the ports a client may have; two tell every range above from every other. */
const clientPorts = [1024, 50000];

function isConnected(
  written: Network,
  from: Party,
  at: SubnetName | undefined,
  to: Party,
  port: number,
  world: World,
): boolean {
  const { subnet: there } = written.server;
  if (!to.groups.some((name) => anyRule(written.ingress[name], from, port, world))) return false;
  if (at === there) return true;
  const [near, far] = [at && written.acls[at], written.acls[there]];
  const answered = clientPorts.some(
    (own) =>
      aclPasses(far, true, from.address, own, world) &&
      (!at || aclPasses(near, false, to.address, own, world)),
  );
  return (
    aclPasses(far, false, from.address, port, world) &&
    (!at || aclPasses(near, true, to.address, port, world)) &&
    answered
  );
}

function cardsOf({ server }: Network): (readonly GroupName[])[] {
  return [server.groups, ...(server.secondCard ? [[server.secondCard]] : [])];
}

/** Whether the client opens a connection to the server: in some deploy, and in every one. */
export function clientReaches(
  written: Network,
  port: number,
): { readonly some: boolean; readonly every: boolean } {
  const answers = [...worldsOf(written)].map((world) => {
    const at = read(written.client.subnet, world);
    const groups = [read(written.client.group, world)];
    return hostsOf(at).some((address) =>
      cardsOf(written).some((cards) =>
        hostsOf(written.server.subnet).some((there) => {
          if (there === address) return false;
          const [from, to] = [
            { address, groups },
            { address: there, groups: cards },
          ];
          return mayLeave(written, from, to, port, world) && isConnected(written, from, at, to, port, world);
        }),
      ),
    );
  });
  return { some: answers.includes(true), every: !answers.includes(false) };
}

/** Public addresses that tell the blocks above apart. */
const strangers = [0xc6336407, 0x08080808];

/** The same for somebody on the Internet. */
export function internetReaches(
  written: Network,
  port: number,
): { readonly some: boolean; readonly every: boolean } {
  const answers = [...worldsOf(written)].map((world) => {
    const routed = written.route === 'internet' || (written.route === 'optional' && world.maybe);
    if (!routed || !read(written.server.publicAddress, world)) return false;
    return strangers.some((address) =>
      hostsOf(written.server.subnet).some((there) =>
        isConnected(
          written,
          { address, groups: [] },
          undefined,
          { address: there, groups: written.server.groups },
          port,
          world,
        ),
      ),
    );
  });
  return { some: answers.includes(true), every: !answers.includes(false) };
}
