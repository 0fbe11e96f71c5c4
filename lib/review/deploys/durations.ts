import { at, list } from '../../checks/model/values.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import { isSilent, type ResourceChange } from './model/changes.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';

interface DurationRow {
  readonly type: string;
  /** Usual minutes to create or replace one. */
  readonly minutes: number;
  /** Usual minutes to delete one, where that takes as long. @default seconds */
  readonly removal?: number;
  /** What is worth saying when one is made or goes, since it may take far longer, and what that interrupts. */
  readonly wait?: { readonly on: 'creation' | 'removal'; readonly most: number; readonly says: string };
  /** Which of the type. @default all */
  readonly of?: (resource: DeployedResource) => boolean;
  readonly source: string;
}

/** Resources for which a deploy waits longer than one would think. */
export interface Wait {
  readonly type: string;
  readonly count: number;
  /** Usual minutes, and as long as it has been seen to take. */
  readonly minutes: number;
  readonly most: number;
  readonly says: string;
  readonly source: string;
}

/** What takes noticeably longer than a minute. Nothing here is a promise: AWS names ranges, or nothing at all. */
const durations: readonly DurationRow[] = [
  {
    type: 'AWS::RDS::DBCluster',
    minutes: 5,
    removal: 5,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.CreateInstance.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    minutes: 10,
    removal: 10,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.CreateInstance.html',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    minutes: 5,
    removal: 10,
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html',
  },
  {
    type: 'AWS::CloudFront::VpcOrigin',
    minutes: 15,
    removal: 15,
    wait: {
      on: 'removal',
      most: 30,
      says: 'CloudFront takes its network interfaces out of the VPC; a network deleted before that is refused (DependencyViolation), and goes when it is deleted again',
    },
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
  },
  {
    type: 'AWS::CertificateManager::Certificate',
    minutes: 5,
    wait: {
      on: 'creation',
      most: 30,
      says: 'ACM validates it by a record in the zone, and gives up after 72 hours; nothing is interrupted, what it replaces serves on. Longer than half an hour: the zone is not delegated, or a CAA record forbids it',
    },
    source: 'https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html',
  },
  {
    type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
    minutes: 10,
    removal: 5,
    source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-target.html',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    minutes: 2,
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  },
  {
    type: 'AWS::EC2::NatGateway',
    minutes: 5,
    removal: 5,
    wait: {
      on: 'creation',
      most: 60,
      says: 'a regional gateway spreads to each zone; until then that zone goes out through another, and nothing is interrupted',
    },
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    minutes: 3,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
  },
  {
    type: 'AWS::ECS::Service',
    minutes: 5,
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html',
  },
  {
    type: 'AWS::Lambda::Function',
    of: ({ properties }) => list(at(properties.VpcConfig, 'SubnetIds')).length > 0,
    minutes: 2,
    removal: 10,
    wait: {
      on: 'removal',
      most: 40,
      says: 'Lambda lets go of their network interfaces only then; security groups and subnets wait for that, also in a rollback. Nothing of the shop is interrupted',
    },
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  },
  {
    type: 'AWS::CloudFormation::WaitCondition',
    minutes: 20,
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html',
  },
];

/** CloudFormation itself, and everything that takes seconds. */
const leastMinutes = 1;
/** A change in place waits for much the same, but starts from what is there. */
const shareOfChange = 0.5;

function rowOf(resource: DeployedResource | undefined): DurationRow | undefined {
  return resource && durations.find((row) => row.type === resource.type && (row.of?.(resource) ?? true));
}

/** Roughly how long a stack takes: its slowest chain of resources that wait for each other. Minutes. */
export function minutesOf(
  stack: StackTemplate,
  changes: readonly ResourceChange[],
  deployment: Deployment,
): number {
  if (changes.length === 0) return 0;
  const kinds = new Map(changes.filter((change) => !isSilent(change)).map(({ id, kind }) => [id, kind]));
  return slowestChain(stack, deployment, (id) => {
    const minutes = rowOf(deployment.resource(stack, id))?.minutes ?? 0;
    return (
      minutes * { created: 1, replaced: 1, changed: shareOfChange, removed: 0 }[kinds.get(id) ?? 'removed']
    );
  });
}

/** Roughly how long it takes to delete resources of a stack: the same chains, the other way round. Minutes. */
export function minutesToRemove(
  stack: StackTemplate,
  removed: readonly DeployedResource[],
  deployment: Deployment,
): number {
  if (removed.length === 0) return 0;
  const going = new Set(removed.map(({ id }) => id));
  return slowestChain(stack, deployment, (id) =>
    going.has(id) ? (rowOf(deployment.resource(stack, id))?.removal ?? 0) : 0,
  );
}

function slowestChain(
  stack: StackTemplate,
  deployment: Deployment,
  minutesFor: (id: string) => number,
): number {
  const order = deployment.creationOrder(stack);
  const until = new Map<string, number>();
  for (const id of order.sorted()) {
    const started = Math.max(0, ...[...order.before(id)].map((earlier) => until.get(earlier) ?? 0));
    until.set(id, started + minutesFor(id));
  }
  return Math.ceil(leastMinutes + Math.max(0, ...until.values()));
}

/** What of a stack's work may take far longer than usual. */
export function waitsOf(made: readonly DeployedResource[], going: readonly DeployedResource[]): Wait[] {
  return durations.flatMap((row) => {
    const { wait } = row;
    if (!wait) return [];
    const count = (wait.on === 'creation' ? made : going).filter((each) => rowOf(each) === row).length;
    if (count === 0) return [];
    const minutes = (wait.on === 'creation' ? row.minutes : row.removal) ?? row.minutes;
    return [{ type: row.type, count, minutes, most: wait.most, says: wait.says, source: row.source }];
  });
}
