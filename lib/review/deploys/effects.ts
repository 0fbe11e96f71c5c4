import { hasToken } from '../../checks/model/values.ts';
import type { StackChange } from './collisions.ts';
import { deletionByHand } from './commands.ts';
import { type Finding, findingOf } from './finding.ts';
import type { ChangeKind, ResourceChange } from './model/changes.ts';
import { claimsOf } from './model/claims.ts';
import type { DeployedResource } from './model/deployment.ts';
import { deletionPolicySource, fateOf, protectionOf } from './model/keeps.ts';
import { isStore } from './model/resource-types.ts';
import { refusedChanges } from './refused-changes.ts';

const updateBehaviors =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';

/** What the change of one resource does to data, to visitors, and to what stays. */
export function effectsOf(
  change: ResourceChange,
  before: DeployedResource,
  after: DeployedResource | undefined,
  of: StackChange,
): Finding[] {
  const leaves = change.kind === 'replaced' || change.kind === 'removed';
  return [
    ...(leaves ? [...lossOf(change, before, of), ...remainderOf(change, before)] : []),
    ...interruptionOf(change, before, after),
    ...(after && change.kind === 'changed' ? refusedChanges(change, before, after) : []),
  ];
}

/** What an old one still serves for, though a new and empty one takes its place. */
const servesWhenRetained = new Set(['AWS::Logs::LogGroup', 'AWS::KMS::Key', 'AWS::Backup::BackupVault']);

/** A store that is retained is lost to the shop only when an empty one replaces it. */
function lossOf(change: ResourceChange, before: DeployedResource, { before: world }: StackChange): Finding[] {
  if (!isStore(before)) return [];
  const deployed = world.stack(before.stack)?.deployment;
  if (deployed?.isDisposable(before.stack)) return [];
  const replaced = change.kind === 'replaced';
  const fate = fateOf(before, replaced ? 'replaced' : 'removed');
  if (fate === 'retained' && (!replaced || servesWhenRetained.has(before.type))) return [];
  const old = {
    deleted: 'it is deleted with what it holds',
    retained: 'it stays, but outside the stack',
    snapshot: 'a snapshot of it stays',
  }[fate];
  const because = change.properties[0];
  return [
    findingOf(before, {
      effect: 'lost',
      constraint: replaced ? 'store-replaced' : 'store-removed',
      says: replaced
        ? `is replaced by an empty one${because ? ` because ${because} changes` : ''}; ${old}`
        : `leaves the stack; ${old}`,
      way: replaced
        ? `Undo the change of ${because ?? 'the property'}; or make the new store beside it, move the data, and remove this one in a later deploy.`
        : 'Keep it in the template, or save its data first.',
      source: deletionPolicySource,
    }),
  ];
}

/** After the deploy, the stack answers with the id of the new one. */
const askBefore = 'Ask for its id before the deploy (the first command), and delete it once nobody needs it.';

/** What the end of an update cannot delete. CloudFormation then reports success all the same. */
function remainderOf(change: ResourceChange, before: DeployedResource): Finding[] {
  const leaving = change.kind === 'replaced' ? 'replaced' : 'removed';
  if (fateOf(before, leaving) === 'retained') {
    const named = claimsOf(before).some(({ key }) => !hasToken(key));
    return [
      findingOf(before, {
        effect: 'left',
        constraint: 'retained',
        says: `is ${leaving}, and the old one stays, as its policy says${named ? '; its name stays taken' : ''}`,
        way: named
          ? `${askBefore} Whoever wants it back imports it ("npx cdk import"): a new one of its name is refused.`
          : askBefore,
        commands: deletionByHand(before),
        source: deletionPolicySource,
      }),
    ];
  }
  const obstacle = protectionOf(before);
  if (!obstacle) return [];
  return [
    findingOf(before, {
      effect: 'left',
      constraint: 'protected',
      says: `is ${leaving}, but cannot be deleted: ${obstacle.why}. The update ends without it, and the old one goes on costing`,
      way: `Switch the protection off in a deploy of its own before, or delete it by hand. ${askBefore}`,
      commands: deletionByHand(before, obstacle.commands),
      source: obstacle.source,
    }),
  ];
}

interface InterruptionRow {
  readonly type: string;
  /** Properties whose change in place interrupts. @default the kinds of change do */
  readonly properties?: readonly string[];
  /** @default a replacement */
  readonly kinds?: readonly ChangeKind[];
  readonly says: string;
  readonly source: string;
}

const aurora = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

const interruptions: readonly InterruptionRow[] = [
  {
    type: 'AWS::RDS::DBInstance',
    properties: ['DBInstanceClass', 'CACertificateIdentifier', 'DBParameterGroupName'],
    says: 'restarts; the shop loses its database for about a minute, or fails over to the reader',
    source: `${aurora}/Aurora.Modifying.html`,
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: ['EngineVersion', 'DBClusterParameterGroupName', 'Port'],
    says: 'restarts; the shop loses its database for some minutes',
    source: `${aurora}/USER_UpgradeDBInstance.Maintenance.html`,
  },
  {
    type: 'AWS::EC2::Instance',
    properties: ['InstanceType', 'UserData', 'EbsOptimized'],
    says: 'stops and starts',
    source: updateBehaviors,
  },
  {
    type: 'AWS::EC2::ClientVpnEndpoint',
    says: 'is another endpoint with another name: every VPN profile must be issued anew',
    source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-endpoints.html',
  },
  {
    type: 'AWS::WorkSpacesWeb::Portal',
    says: 'is another portal with another address: people must be assigned to it and told the address anew',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-workspacesweb-portal.html',
  },
  {
    type: 'AWS::EC2::NatGateway',
    says: 'is another gateway: connections out of the VPC break',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    says: 'is another load balancer: the shop is away until CloudFront reaches the new one',
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    says: 'is another distribution: the shop is away until its name leads there',
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html',
  },
  {
    type: 'AWS::EFS::MountTarget',
    kinds: ['replaced', 'removed'],
    says: 'goes: tasks that still mount the file system through it wait for it until they are replaced',
    source: 'https://docs.aws.amazon.com/efs/latest/ug/API_DeleteMountTarget.html',
  },
  {
    type: 'AWS::EFS::AccessPoint',
    kinds: ['replaced', 'removed'],
    says: 'goes: tasks that run keep it, and those that start need another. Files written through it go on belonging to its user',
    source: 'https://docs.aws.amazon.com/efs/latest/ug/API_DeleteAccessPoint.html',
  },
  {
    type: 'AWS::ECS::Service',
    says: 'is another service: its tasks start while the old ones run',
    source: updateBehaviors,
  },
  {
    type: 'AWS::ECS::Service',
    properties: ['TaskDefinition'],
    says: 'starts new tasks before it stops the old ones: sign-ins held in a task are lost, the shop is not',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html',
  },
];

function interruptionOf(
  { kind, properties }: ResourceChange,
  before: DeployedResource,
  after: DeployedResource | undefined,
): Finding[] {
  const row = interruptions.find(
    (each) =>
      each.type === before.type &&
      (each.properties
        ? kind === 'changed' && after && properties.some((name) => each.properties?.includes(name))
        : (each.kinds ?? ['replaced']).includes(kind)),
  );
  if (!row) return [];
  return [
    findingOf(before, {
      effect: 'interrupted',
      constraint: 'interruption',
      says: row.says,
      way: 'Deploy when few customers are there.',
      source: row.source,
    }),
  ];
}
