import { Stack } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct, type IDependable } from 'constructs';
import type { HubStandard } from '../../config/environment.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html */
const standardPaths: Readonly<Record<HubStandard, string>> = {
  fsbp: 'aws-foundational-security-best-practices/v/1.0.0',
  'pci-dss': 'pci-dss/v/4.0.1',
};

export interface SecurityHubProps {
  readonly standards: readonly HubStandard[];
  /** What records the resources that the controls look at; undefined where the account does already. */
  readonly recorder: IDependable | undefined;
}

/**
 * AWS Security Hub with the standards that the config names, and no others: one finding for each control, whichever
 * standards ask for it.
 */
export class SecurityHub extends Construct {
  constructor(scope: Construct, id: string, { standards, recorder }: SecurityHubProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const hub = new securityhub.CfnHub(this, 'Hub', {
      enableDefaultStandards: false,
      // A control that AWS adds to a standard is part of what the config asks for.
      autoEnableControls: true,
      controlFindingGenerator: 'SECURITY_CONTROL',
    });
    if (recorder) hub.node.addDependency(recorder);
    let last: IDependable = hub;
    for (const standard of standards) {
      const path = standardPaths[standard];
      const enabled = new securityhub.CfnStandard(this, standard, {
        standardsArn: `arn:${partition}:securityhub:${region}::standards/${path}`,
        ...(standard === 'fsbp' && {
          disabledStandardsControls: [
            {
              standardsControlArn: `arn:${partition}:securityhub:${region}:${account}:control/${path}/Config.1`,
              reason:
                'Wants every kind of resource recorded that any control looks at. Recorded is what a shop is made of.',
            },
          ],
        }),
      });
      // One after the other: the hub enables standards for the whole account, and refuses while it is at it.
      enabled.node.addDependency(last);
      last = enabled;
    }
  }
}
