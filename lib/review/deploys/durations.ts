import type { StackTemplate } from '../templates/template-tree.ts';
import { isSilent, type ResourceChange } from './model/changes.ts';
import type { Deployment } from './model/deployment.ts';

interface DurationRow {
  readonly type: string;
  /** Usual minutes to create or replace one. */
  readonly minutes: number;
  readonly source: string;
}

/** What takes noticeably longer than a minute. Nothing here is a promise: AWS names ranges, or nothing at all. */
const durations: readonly DurationRow[] = [
  {
    type: 'AWS::RDS::DBCluster',
    minutes: 5,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.CreateInstance.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    minutes: 10,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.CreateInstance.html',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    minutes: 5,
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html',
  },
  {
    type: 'AWS::CloudFront::VpcOrigin',
    minutes: 15,
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
  },
  {
    type: 'AWS::CertificateManager::Certificate',
    minutes: 5,
    source: 'https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html',
  },
  {
    type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
    minutes: 10,
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
    type: 'AWS::CloudFormation::WaitCondition',
    minutes: 20,
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html',
  },
];

/** CloudFormation itself, and everything that takes seconds. */
const leastMinutes = 1;
/** A change in place waits for much the same, but starts from what is there. */
const shareOfChange = 0.5;

/** Roughly how long a stack takes: its slowest chain of resources that wait for each other. Minutes. */
export function minutesOf(
  stack: StackTemplate,
  changes: readonly ResourceChange[],
  deployment: Deployment,
): number {
  if (changes.length === 0) return 0;
  const kinds = new Map(changes.filter((change) => !isSilent(change)).map(({ id, kind }) => [id, kind]));
  const order = deployment.creationOrder(stack);
  const until = new Map<string, number>();
  for (const id of order.sorted()) {
    const started = Math.max(0, ...[...order.before(id)].map((earlier) => until.get(earlier) ?? 0));
    const type = deployment.resource(stack, id)?.type;
    const minutes = durations.find((row) => row.type === type)?.minutes ?? 0;
    const share = { created: 1, replaced: 1, changed: shareOfChange, removed: 0 }[kinds.get(id) ?? 'removed'];
    until.set(id, started + minutes * share);
  }
  return Math.ceil(leastMinutes + Math.max(0, ...until.values()));
}
