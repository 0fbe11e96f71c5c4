import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Environment } from '../config/index.ts';
import { weeklyCron } from './windows.ts';

/** The tag that puts an EC2 host under this environment's patching. Without a space, so that hosts can read it themselves. */
export const patchGroupTag = 'PatchGroup';

export interface HostPatchingProps {
  /** Value of the tag, such as `hana-candles-production`. */
  readonly patchGroup: string;
  readonly window: Environment['maintenance'];
  readonly alarmTopic: sns.ITopic;
}

/**
 * Patches every EC2 host that carries the patch group tag (PAT2): security fixes at once in the next window, a scan
 * every day, and a word to a person as soon as one host misses a patch. Costs nothing while there is no host.
 */
export class HostPatching extends Construct {
  constructor(scope: Construct, id: string, props: HostPatchingProps) {
    super(scope, id);
    const hosts = [{ key: `tag:${patchGroupTag}`, values: [props.patchGroup] }];

    const baseline = new ssm.CfnPatchBaseline(this, 'Baseline', {
      name: props.patchGroup,
      description: 'Security fixes without delay, other fixes a week later',
      operatingSystem: 'AMAZON_LINUX_2023',
      patchGroups: [props.patchGroup],
      approvalRules: {
        patchRules: [
          {
            patchFilterGroup: { patchFilters: [{ key: 'CLASSIFICATION', values: ['Security'] }] },
            approveAfterDays: 0,
            complianceLevel: 'CRITICAL',
          },
          {
            patchFilterGroup: { patchFilters: [{ key: 'CLASSIFICATION', values: ['Bugfix'] }] },
            approveAfterDays: 7,
            complianceLevel: 'MEDIUM',
          },
        ],
      },
    });

    const window = new ssm.CfnMaintenanceWindow(this, 'Window', {
      name: `${props.patchGroup}-patching`,
      description: 'Hosts are patched, and restarted where a patch asks for it',
      schedule: weeklyCron(props.window),
      scheduleTimezone: 'UTC',
      duration: 2,
      cutoff: 1,
      allowUnassociatedTargets: false,
    });
    const target = new ssm.CfnMaintenanceWindowTarget(this, 'Hosts', {
      windowId: window.ref,
      resourceType: 'INSTANCE',
      targets: hosts,
    });
    new ssm.CfnMaintenanceWindowTask(this, 'Install', {
      windowId: window.ref,
      taskType: 'RUN_COMMAND',
      taskArn: 'AWS-RunPatchBaseline',
      priority: 1,
      maxConcurrency: '1',
      maxErrors: '0',
      targets: [{ key: 'WindowTargetIds', values: [target.ref] }],
      taskInvocationParameters: {
        maintenanceWindowRunCommandParameters: {
          parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
        },
      },
    });
    new ssm.CfnAssociation(this, 'DailyScan', {
      associationName: `${props.patchGroup}-patch-scan`,
      name: 'AWS-RunPatchBaseline',
      parameters: { Operation: ['Scan'] },
      scheduleExpression: 'rate(1 day)',
      targets: hosts,
      complianceSeverity: 'HIGH',
    });

    new events.Rule(this, 'MissingPatch', {
      description: 'A host of the environment misses a patch',
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['Configuration Compliance State Change'],
        detail: {
          'compliance-type': ['Patch'],
          'compliance-status': ['non_compliant'],
          'patch-baseline-id': [baseline.ref],
        },
      },
      targets: [
        new targets.SnsTopic(props.alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `The host ${events.EventField.fromPath('$.detail.resource-id')} misses a patch; it is installed in the next maintenance window. Runbook: docs/runbooks/patching.md`,
          ),
        }),
      ],
    });
  }
}
