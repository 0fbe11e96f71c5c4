import { CfnOutput, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as workspacesweb from 'aws-cdk-lib/aws-workspacesweb';
import { Construct } from 'constructs';
import type { Environment } from '../../../config/index.ts';
import { asBlock } from '../../address-block.ts';
import { detailOf } from '../../detection/detail-of.ts';
import { closedGroup, ports } from '../../network/security-groups.ts';
import { subnetsOf } from '../../network/subnets.ts';
import { browserSessionsPrefix } from '../../vault/buckets.ts';
import { letOutToAdminListener } from '../to-admin-listener.ts';
import { browserPolicy } from './browser-policy.ts';

/** Minutes without input after which a session ends, as PCI DSS 8.2.8 asks. */
const idleMinutes = 15;
/** Minutes for which a session waits for somebody whose connection broke. The least that AWS offers is one. */
const disconnectedMinutes = 5;

/** What could carry data out of a session, or into it. */
const closed = {
  copyAllowed: 'Disabled',
  pasteAllowed: 'Disabled',
  downloadAllowed: 'Disabled',
  uploadAllowed: 'Disabled',
  printAllowed: 'Disabled',
  // A link somebody sends would open in the session.
  deepLinkAllowed: 'Disabled',
  webAuthnAllowed: 'Disabled',
} as const;

export interface SecureBrowserProps {
  readonly shopName: string;
  readonly environment: Environment;
  readonly settings: NonNullable<Environment['admin']['secureBrowser']>;
  readonly vpc: ec2.IVpc;
  /** Group of the admin listener: the only place it gets to. */
  readonly adminListenerGroup: ec2.ISecurityGroup;
  /** Accepts sessions below the prefix of the secure browser. */
  readonly logArchive: s3.IBucket;
  readonly alarmTopic: sns.ITopic;
}

/**
 * A browser that runs in AWS and shows people the admin screens as a picture (ADM2): it opens the admin host alone,
 * reaches the admin listener alone (NET4), and lets nothing be copied, pasted, printed, downloaded or uploaded. What
 * happens in a session is recorded in the archive, from which nobody deletes (LOG1).
 *
 * People sign in through IAM Identity Center: who may, and with which second factor, is set there and in the console,
 * which CloudFormation knows nothing of. Each person who signs in costs some dollars in that month.
 */
export class SecureBrowser extends Construct {
  /** Its group, as the load balancer sees it. */
  readonly clients: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: SecureBrowserProps) {
    super(scope, id);
    const { environment, settings } = props;

    this.clients = closedGroup(this, 'Clients', props.vpc, 'Secure browser: to the admin listener only');
    letOutToAdminListener(this, this.clients, props.adminListenerGroup, 'Secure browser');

    const network = new workspacesweb.CfnNetworkSettings(this, 'Network', {
      vpcId: props.vpc.vpcId,
      subnetIds: props.vpc.selectSubnets(subnetsOf('app', environment)).subnetIds,
      securityGroupIds: [this.clients.securityGroupId],
    });
    const user = new workspacesweb.CfnUserSettings(this, 'User', {
      ...closed,
      idleDisconnectTimeoutInMinutes: idleMinutes,
      disconnectTimeoutInMinutes: disconnectedMinutes,
    });
    const browser = new workspacesweb.CfnBrowserSettings(this, 'Browser', {
      browserPolicy: browserPolicy(`https://${environment.admin.host}:${ports.adminHttps}`),
    });
    const sessions = new workspacesweb.CfnSessionLogger(this, 'Sessions', {
      eventFilter: { all: {} },
      logConfiguration: {
        s3: {
          bucket: props.logArchive.bucketName,
          bucketOwner: Stack.of(this).account,
          keyPrefix: browserSessionsPrefix,
          folderStructure: 'NestedByDate',
          logFileFormat: 'JSONLines',
        },
      },
    });
    const portal = new workspacesweb.CfnPortal(this, 'Portal', {
      displayName: `${props.shopName}-${environment.name}-admin`,
      authenticationType: 'IAM_Identity_Center',
      instanceType: 'standard.regular',
      // No more sessions at a time than there are people: one that nobody named finds no place while they work.
      maxConcurrentSessions: environment.admin.people.length,
      networkSettingsArn: network.attrNetworkSettingsArn,
      userSettingsArn: user.attrUserSettingsArn,
      browserSettingsArn: browser.attrBrowserSettingsArn,
      sessionLoggerArn: sessions.attrSessionLoggerArn,
      ipAccessSettingsArn: settings.from && this.onlyFrom(settings.from),
    });
    new CfnOutput(this, 'Address', {
      value: portal.attrPortalEndpoint,
      description: 'Where people open the secure browser',
    });
    this.tellWhoOpensIt(props.alarmTopic);
  }

  private onlyFrom(addresses: readonly string[]): string {
    return new workspacesweb.CfnIpAccessSettings(this, 'Addresses', {
      ipRules: addresses.map((address) => ({ ipRange: asBlock(address) })),
    }).attrIpAccessSettingsArn;
  }

  /** A deploy that changes it is told, too: whoever reads of it knows whether there was one. */
  private tellWhoOpensIt(alarmTopic: sns.ITopic): void {
    new events.Rule(this, 'Opened', {
      description:
        'The secure browser was changed: it may let data out, more people in, or sessions go unrecorded',
      eventPattern: {
        source: ['aws.workspaces-web'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['workspaces-web.amazonaws.com'], eventName: openingCalls },
      },
      targets: [
        new targets.SnsTopic(alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `The secure browser was changed (${detailOf('eventName')}) by ${detailOf('userIdentity.arn')} at ${events.EventField.time}: it may let data out. If none of yours deployed or did it: docs/runbooks/suspected-leak.md`,
          ),
        }),
      ],
    });
  }
}

/** Calls after which a session may let out more than before, or leave no record. */
const openingCalls = [
  'UpdateUserSettings',
  'AssociateUserSettings',
  'DisassociateUserSettings',
  'UpdateBrowserSettings',
  'AssociateBrowserSettings',
  'DisassociateBrowserSettings',
  'UpdateNetworkSettings',
  'AssociateNetworkSettings',
  'UpdateIpAccessSettings',
  'AssociateIpAccessSettings',
  'DisassociateIpAccessSettings',
  'UpdateSessionLogger',
  'AssociateSessionLogger',
  'DisassociateSessionLogger',
  'UpdatePortal',
  'CreateIdentityProvider',
  'UpdateIdentityProvider',
];
