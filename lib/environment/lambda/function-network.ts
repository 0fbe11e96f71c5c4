import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Where the functions of an environment live: in the app subnets, behind the same DNS firewall as the shop. */
export interface FunctionNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  /** Lets out HTTPS and nothing in. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** Lets a function manage its network interfaces; one policy for all, as AWS offers no narrower resource. */
  readonly eniPolicy: iam.IManagedPolicy;
}
