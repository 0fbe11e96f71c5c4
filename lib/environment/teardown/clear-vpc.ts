import {
  DeleteSecurityGroupCommand,
  DeleteVpcEndpointsCommand,
  type EC2Client,
  EC2ServiceException,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2';
import { everyPage } from '../lambda/every-page.ts';
import { goOn, type Time } from './time.ts';

/**
 * Takes out of a VPC what services of AWS made in it and leave there, with which it cannot be deleted:
 * - GuardDuty's endpoint and its group, which go only when Runtime Monitoring is switched off.
 *   https://docs.aws.amazon.com/guardduty/latest/ug/using-iac-with-gdu-automated-agents-runtime-monitoring.html
 * - the group of CloudFront's VPC origins, which CloudFront itself may delete, too.
 *   https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudFrontVPCOriginServiceRolePolicy.html
 */
export async function clearVpc(ec2: EC2Client, vpcId: string, time: Time): Promise<void> {
  for (;;) {
    await deleteEndpoints(ec2, vpcId);
    const groups = await serviceGroups(ec2, vpcId);
    const used = [];
    for (const group of groups) if (!(await isDeleted(ec2, group))) used.push(group);
    if (used.length === 0) return;
    goOn(time, `in ${vpcId} AWS still uses the security groups ${used.join(', ')}`);
    await time.pause(15_000);
  }
}

async function deleteEndpoints(ec2: EC2Client, vpcId: string): Promise<void> {
  const pages = paginateDescribeVpcEndpoints(
    { client: ec2 },
    {
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'tag:GuardDutyManaged', Values: ['true'] },
      ],
    },
  );
  const found = await everyPage(pages, ({ VpcEndpoints }) => VpcEndpoints);
  // In small letters or with a capital, as it pleases EC2.
  const endpoints = found.filter(({ State = '' }) => !/^delet(ing|ed)$/i.test(State));
  if (endpoints.length === 0) return;
  const { Unsuccessful: refused = [] } = await ec2.send(
    new DeleteVpcEndpointsCommand({
      VpcEndpointIds: endpoints.map(({ VpcEndpointId = '' }) => VpcEndpointId),
    }),
  );
  const [first] = refused;
  if (first) throw new Error(`the endpoint ${first.ResourceId} cannot be deleted: ${first.Error?.Message}`);
}

async function serviceGroups(ec2: EC2Client, vpcId: string): Promise<string[]> {
  const pages = paginateDescribeSecurityGroups(
    { client: ec2 },
    {
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        {
          Name: 'group-name',
          Values: ['CloudFront-VPCOrigins-Service-SG', `GuardDutyManagedSecurityGroup-${vpcId}`],
        },
      ],
    },
  );
  const groups = await everyPage(pages, ({ SecurityGroups }) => SecurityGroups);
  return groups.map(({ GroupId = '' }) => GroupId);
}

/** What is used now, and what only the service that made it may delete: it is waited for. */
const notYet: readonly string[] = ['DependencyViolation', 'OperationNotPermitted'];

/** @returns false while the group cannot be deleted */
async function isDeleted(ec2: EC2Client, group: string): Promise<boolean> {
  try {
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    return true;
  } catch (error) {
    const { name } = error instanceof EC2ServiceException ? error : { name: '' };
    if (name === 'InvalidGroup.NotFound') return true;
    if (notYet.includes(name)) return false;
    throw error;
  }
}
