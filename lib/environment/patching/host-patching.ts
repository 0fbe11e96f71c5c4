import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import { maintenanceCron, maintenanceHours } from '../maintenance-window.ts';

/** The tag that puts an EC2 host under this environment's patching. Without a space, so that hosts can read it themselves. */
export const patchGroupTag = 'PatchGroup';

export interface HostPatchingProps {
  /** Value of the tag, such as `hana-candles-production`. */
  readonly patchGroup: string;
  readonly maintenance: Environment['maintenance'];
}

/**
 * Patches every EC2 host that carries the patch group tag (PAT2): security fixes in the next window, a scan every day.
 * A host that misses a patch is measured by the watch and rings its alarm. Costs nothing while there is no host.
 */
export class HostPatching extends Construct {
  constructor(scope: Construct, id: string, props: HostPatchingProps) {
    super(scope, id);
    const hosts = [{ key: `tag:${patchGroupTag}`, values: [props.patchGroup] }];

    new ssm.CfnPatchBaseline(this, 'Baseline', {
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
      schedule: maintenanceCron(props.maintenance),
      scheduleTimezone: 'UTC',
      duration: maintenanceHours,
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
  }
}
