import { CfnWaitCondition, CfnWaitConditionHandle, type Duration } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';

export interface FirstImageProps {
  readonly timeout: Duration;
}

/**
 * Holds the first deploy back until the pipeline's first run has ended: the service can only be made from an image
 * that was scanned and judged. A run that fails ends the deploy with the step that failed.
 *
 * CloudFormation waits in the first deploy only; later the pipeline replaces images by itself.
 */
export class FirstImage extends Construct {
  /** Signed address that takes the outcome. It can do nothing else, and expires. */
  readonly signalUrl: string;
  private readonly condition: CfnWaitCondition;

  constructor(scope: Construct, id: string, props: FirstImageProps) {
    super(scope, id);
    const handle = new CfnWaitConditionHandle(this, 'Handle');
    this.signalUrl = handle.ref;
    this.condition = new CfnWaitCondition(this, 'Wait', {
      handle: handle.ref,
      count: 1,
      timeout: String(props.timeout.toSeconds()),
    });
  }

  /** What has to be there before the wait begins: the pipeline, and who reports how it ended. */
  waitAfter(...dependencies: IDependable[]): void {
    this.condition.node.addDependency(...dependencies);
  }
}
