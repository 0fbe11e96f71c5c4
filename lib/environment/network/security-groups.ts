import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** TCP ports of the environment. The database's differs from both engines' defaults. */
export const ports = {
  https: 443,
  adminHttps: 8443,
  database: 15432,
  nfs: 2049,
} as const;

export interface ShopSecurityGroupsProps {
  readonly vpc: ec2.IVpc;
  /** Port the shop's container listens on. */
  readonly containerPort: number;
  /** Submission port of the shop's mail server. @default mail leaves over HTTPS */
  readonly mailPort?: number;
}

/**
 * Who may open a connection to whom (NET3, NET4), in one place. Nothing that is not listed in `connect` passes,
 * in either direction.
 *
 * Some rules are not here, because their groups belong to AWS or to another stack: CloudFront's VPC origin to
 * `publicListener`, VPN clients and the secure browser to `adminListener`, and the operations host, which nothing
 * reaches, to HTTPS.
 */
export class ShopSecurityGroups extends Construct {
  /** On the load balancer: CloudFront to the public listener. */
  readonly publicListener: ec2.SecurityGroup;
  /** On the load balancer: VPN clients and the secure browser to the admin listener. */
  readonly adminListener: ec2.SecurityGroup;
  readonly shopTasks: ec2.SecurityGroup;
  readonly database: ec2.SecurityGroup;
  readonly media: ec2.SecurityGroup;
  readonly rotation: ec2.SecurityGroup;
  /** Functions that call AWS APIs only. */
  readonly functions: ec2.SecurityGroup;
  readonly endpoints: ec2.SecurityGroup;
  /** The function that asks the shop's tasks for its pages during a rollout. It reaches nothing else. */
  readonly smokeCheck: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: ShopSecurityGroupsProps) {
    super(scope, id);
    const group = (name: string, description: string) => closedGroup(this, name, props.vpc, description);

    this.publicListener = group('PublicListener', 'Load balancer: public listener, from CloudFront only');
    this.adminListener = group('AdminListener', 'Load balancer: admin listener, from VPN clients only');
    this.shopTasks = group('ShopTasks', 'Tasks of the shop');
    this.database = group('Database', 'Database, from the shop and its rotation only');
    this.media = group('Media', 'Media file system, from the shop only');
    this.rotation = group('Rotation', 'Function that rotates database credentials');
    this.functions = group('Functions', 'Functions that call AWS APIs only');
    this.endpoints = group('Endpoints', 'VPC endpoints');
    this.smokeCheck = group('SmokeCheck', 'The check of a new image: to the tasks of the shop only');

    connect(this.publicListener, this.shopTasks, props.containerPort, 'Public listener to the shop');
    connect(this.adminListener, this.shopTasks, props.containerPort, 'Admin listener to the shop');
    connect(this.smokeCheck, this.shopTasks, props.containerPort, 'Check of a new image to the shop');
    connect(this.shopTasks, this.database, ports.database, 'Shop to its database');
    connect(this.shopTasks, this.media, ports.nfs, 'Shop to its media');
    connect(this.rotation, this.database, ports.database, 'Rotation to the database');

    if (props.mailPort) {
      this.shopTasks.addEgressRule(
        ec2.Peer.anyIpv4(),
        ec2.Port.tcp(props.mailPort),
        'Shop to its mail server, through the DNS firewall',
      );
    }
    for (const [client, name] of [
      [this.shopTasks, 'Shop'],
      [this.rotation, 'Rotation'],
      [this.functions, 'Functions'],
    ] as const) {
      connect(client, this.endpoints, ports.https, `${name} to VPC endpoints`);
      client.addEgressRule(
        ec2.Peer.anyIpv4(),
        ec2.Port.tcp(ports.https),
        `${name} to allow-listed domains, through the DNS firewall`,
      );
    }
  }
}

/**
 * Lets nothing in or out. EC2 lets everything out of a group that has no outbound rule in its own resource, and rules
 * that name another group become resources of their own; so each group keeps one rule that matches no packet.
 */
export function closedGroup(
  scope: Construct,
  id: string,
  vpc: ec2.IVpc,
  description: string,
): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  group.addEgressRule(
    ec2.Peer.ipv4('255.255.255.255/32'),
    ec2.Port.icmpTypeAndCode(252, 0),
    'Matches nothing; keeps the default rule away',
  );
  return group;
}

/** Lets one open connections to the other, and says so on both sides. */
export function connect(
  from: ec2.SecurityGroup,
  to: ec2.SecurityGroup,
  port: number,
  description: string,
): void {
  from.addEgressRule(to, ec2.Port.tcp(port), description);
  to.addIngressRule(from, ec2.Port.tcp(port), description);
}
