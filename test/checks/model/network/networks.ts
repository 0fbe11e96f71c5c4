import { Reachability } from '../../../../lib/checks/model/network/reachability.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';

export type Resources = Readonly<Record<string, object>>;

export const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
export const groupId = (id: string) => attribute(id, 'GroupId');
export const ref = (id: string) => ({ Ref: id });
export const resource = (Type: string, Properties: object = {}, more: object = {}) => ({
  Type,
  Properties,
  ...more,
});

export const subnet = (CidrBlock: unknown, more: object = {}) =>
  resource('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock, ...more });
export const group = (properties: object = {}) =>
  resource('AWS::EC2::SecurityGroup', { VpcId: ref('Vpc'), ...properties });
export const tcp = (port: number, peer: object) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
});

export const lambda = (groups: unknown, subnets: unknown = [ref('AppSubnet')]) =>
  resource('AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: groups, SubnetIds: subnets } });
export const instance = (properties: object) => resource('AWS::EC2::Instance', properties);

export type Word = 'reaches' | 'cannot decide' | 'cannot';

export interface Question {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol?: string;
}

/** What the model says of one connection; names are logical ids, or `Internet`. */
export function wordOf(stacks: readonly object[], question: Question): Word {
  return wordsOf(stacks)(question);
}

/** The same for any number of connections in one network. */
export function wordsOf(stacks: readonly object[]): (question: Question) => Word {
  const graph = new EnvironmentGraph(
    stacks.map((template, index) => ({
      name: index === 0 ? 'S' : `S${index}`,
      account: '111122223333',
      region: 'ap-northeast-1',
      template,
    })),
  );
  const paths = new Reachability(graph).paths().map((path) => ({
    ...path,
    from: path.from.replace(/(^|behind )S\d?\//, '$1'),
    to: path.to.replace(/^S\d?\//, ''),
  }));
  return ({ from, to, port, protocol = 'tcp' }) => {
    const found = paths.filter(
      (path) => path.from === from && path.to === to && includes(path.ports, port, protocol),
    );
    if (found.length === 0) return 'cannot';
    return found.some(({ decided }) => decided) ? 'reaches' : 'cannot decide';
  };
}

function includes(ports: string, port: number, protocol: string): boolean {
  const [, named = 'tcp', from, to] = /^(?:(udp) )?(\d+)(?:-(\d+))?$/.exec(ports) ?? [];
  if (from === undefined) return ports === protocol;
  return named === protocol && Number(from) <= port && port <= Number(to ?? from);
}
