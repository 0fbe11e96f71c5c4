import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Environment } from '../../../config/index.ts';
import { serviceOfThisAccount } from '../../iam/service-principal.ts';
import type { FunctionNetwork } from '../../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../../lambda/hardened-function.ts';
import type { VpnNames } from '../names.ts';
import { type DoorSettings, longestOpening, usualOpening } from './settings.ts';

export interface VpnDoorProps {
  readonly shopName: string;
  readonly environment: Environment;
  readonly names: VpnNames;
  readonly endpoint: ec2.ClientVpnEndpoint;
  /** Subnets to attach while somebody needs the VPN: about 0.15 USD an hour each. */
  readonly subnets: readonly ec2.ISubnet[];
  readonly vpc: ec2.IVpc;
  readonly clients: ec2.ISecurityGroup;
  readonly network: FunctionNetwork;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Attaches the VPN endpoint to its subnets while somebody needs it, and takes it off again (ADM2): on the word of a
 * person, through `secure-shop vpn open` or the runbook in Systems Manager, or by the hours of the config.
 *
 * It can attach this endpoint to these subnets, with the clients' group, and set the one schedule that ends it; who may
 * then connect is decided by certificate, sign-on and connection handler as before. A watch looks every five minutes.
 */
export class VpnDoor extends Construct {
  private readonly function: HardenedFunction;
  /** Of each opening, with who asked for it. */
  readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: VpnDoorProps) {
    super(scope, id);
    const { environment, names, subnets, vpc, clients, endpoint } = props;
    const { vpn } = environment.admin;
    const role = new iam.Role(this, 'ScheduleRole', {
      assumedBy: serviceOfThisAccount(this, 'scheduler'),
      description: 'Shuts the admin VPN at the end of an opening',
    });
    const settings: DoorSettings = {
      endpointId: endpoint.endpointId,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      vpcId: vpc.vpcId,
      securityGroupId: clients.securityGroupId,
      schedule: names.doorSchedule,
      scheduleRoleArn: role.roleArn,
      topicArn: props.alarmTopic.topicArn,
      environment: `${props.shopName} ${environment.name}`,
      opens: vpn.opens,
      hours: vpn.hours,
      timeZone: environment.timeZone,
    };
    this.function = new HardenedFunction(this, 'Function', {
      name: 'vpn-door',
      functionName: names.door,
      description: 'Opens and shuts the admin VPN',
      // When the endpoint is deleted it waits until the last subnet is off.
      timeout: Duration.minutes(15),
      environment: { SETTINGS: Stack.of(this).toJsonString(settings) },
      network: props.network,
      logs: functionLogs(props.logsKey, environment),
      alarmTopic: props.alarmTopic,
      // Whatever it does it may do twice.
      retryAttempts: 1,
    });
    this.logGroup = this.function.logGroup;
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [this.arnOf('lambda', 'function', names.door, ':')],
      }),
    );
    this.allow(props, role);
    this.offerRunbook(names);
    const taken = new CustomResource(this, 'TakenDown', {
      resourceType: 'Custom::VpnDoor',
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(20),
      properties: { EndpointId: endpoint.endpointId, SubnetIds: settings.subnetIds, Opens: vpn.opens },
    });
    const watch = new events.Rule(this, 'Watch', {
      description: 'Looks whether the admin VPN is open or shut as it should be',
      schedule: events.Schedule.rate(Duration.minutes(5)),
      targets: [
        new targets.LambdaFunction(this.function, {
          event: events.RuleTargetInput.fromObject({ action: 'watch' }),
          retryAttempts: 1,
        }),
      ],
    });
    const word = new events.Rule(this, 'DailyWord', {
      description: 'Tells who opened the admin VPN since yesterday',
      // Nine in the morning in Japan.
      schedule: events.Schedule.cron({ hour: '0', minute: '0' }),
      targets: [
        new targets.LambdaFunction(this.function, {
          event: events.RuleTargetInput.fromObject({ action: 'word' }),
          retryAttempts: 1,
        }),
      ],
    });
    word.node.addDependency(taken);
    // It goes first: nothing opens the door of an endpoint that is about to be deleted.
    watch.node.addDependency(taken);
  }

  private allow({ endpoint, subnets, vpc, clients, names }: VpnDoorProps, scheduleRole: iam.Role): void {
    const endpointArn = this.arnOf('ec2', 'client-vpn-endpoint', endpoint.endpointId);
    const statements: [string, string[], string[]][] = [
      [
        'AttachAndTakeOff',
        [
          'ec2:DescribeClientVpnTargetNetworks',
          'ec2:AssociateClientVpnTargetNetwork',
          'ec2:DisassociateClientVpnTargetNetwork',
          'ec2:ApplySecurityGroupsToClientVpnTargetNetwork',
        ],
        [endpointArn],
      ],
      [
        'TheseSubnets',
        ['ec2:AssociateClientVpnTargetNetwork'],
        subnets.map(({ subnetId }) => this.arnOf('ec2', 'subnet', subnetId)),
      ],
      [
        'WithTheGroupOfClients',
        ['ec2:ApplySecurityGroupsToClientVpnTargetNetwork'],
        [this.arnOf('ec2', 'security-group', clients.securityGroupId), this.arnOf('ec2', 'vpc', vpc.vpcId)],
      ],
      [
        'OneSchedule',
        [
          'scheduler:GetSchedule',
          'scheduler:CreateSchedule',
          'scheduler:UpdateSchedule',
          'scheduler:DeleteSchedule',
        ],
        [this.arnOf('scheduler', 'schedule', `default/${names.doorSchedule}`)],
      ],
      ['ForIt', ['iam:PassRole'], [scheduleRole.roleArn]],
    ];
    for (const [sid, actions, resources] of statements) {
      this.function.addToRolePolicy(
        new iam.PolicyStatement({
          sid,
          actions,
          resources,
          ...(sid === 'ForIt' && {
            conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
          }),
        }),
      );
    }
  }

  /**
   * For people without a command line. It has no role of its own: whoever starts it in the console needs the right to
   * start it and to call the function, and their name is what AWS says it is.
   */
  private offerRunbook({ door, doorRunbook }: VpnNames): void {
    const ask = (name: string, payload: Record<string, string>) => ({
      name,
      action: 'aws:invokeLambdaFunction',
      timeoutSeconds: 120,
      isEnd: true,
      inputs: { FunctionName: door, InputPayload: { ...payload, by: '{{ whoAsks.Arn }}' } },
      outputs: [{ Name: 'Answer', Selector: '$.Payload', Type: 'String' }],
    });
    new ssm.CfnDocument(this, 'Runbook', {
      name: doorRunbook,
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '0.3',
        description: 'Opens or shuts the admin VPN. / 管理者用 VPN を開くか、閉じます。',
        parameters: {
          Action: { type: 'String', default: 'open', allowedValues: ['open', 'close'] },
          Hours: {
            type: 'String',
            default: String(usualOpening),
            allowedValues: Array.from({ length: longestOpening }, (_, index) => String(index + 1)),
          },
        },
        mainSteps: [
          {
            name: 'whoAsks',
            action: 'aws:executeAwsApi',
            inputs: { Service: 'sts', Api: 'GetCallerIdentity' },
            outputs: [{ Name: 'Arn', Selector: '$.Arn', Type: 'String' }],
          },
          {
            name: 'which',
            action: 'aws:branch',
            inputs: {
              Choices: [{ NextStep: 'close', Variable: '{{ Action }}', StringEquals: 'close' }],
              Default: 'open',
            },
          },
          ask('open', { action: 'open', hours: '{{ Hours }}' }),
          ask('close', { action: 'close' }),
        ],
      },
    });
  }

  private arnOf(service: string, resource: string, resourceName: string, separator: '/' | ':' = '/'): string {
    return Stack.of(this).formatArn({
      service,
      resource,
      resourceName,
      arnFormat: separator === '/' ? undefined : ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
