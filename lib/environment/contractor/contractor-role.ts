import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Contractor } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareContractor } from '../../declarations/declare.ts';
import { ContractorHours } from './contractor-hours.ts';
import { endOfDay } from './end-of-day.ts';
import { neverRevoked } from './revocation.ts';
import { contractorWork, type Workplace } from './work.ts';

export interface ContractorRoleProps {
  readonly contractor: Contractor;
  readonly timeZone: string;
  readonly workplace: Workplace;
  /** Name of the policy that `secure-shop contractor revoke` rewrites. */
  readonly revocationPolicyName: string;
  readonly alarmTopic: sns.ITopic;
}

/**
 * The role of a firm that runs the shop (OPS1): whoever operates cannot read.
 *
 * It is assumed from the contractor's own account, by a person who signed in with MFA, under the person's name, with the
 * external id, until the contract ends. One policy says what may be done; it is the role's permissions boundary as well,
 * and refuses everything else: nothing that is attached to the role later, and no policy of a bucket, key or secret that
 * names it, gives it more. Each sign-in is told to the owner. Costs nothing.
 */
export class ContractorRole extends Construct {
  constructor(scope: Construct, id: string, props: ContractorRoleProps) {
    super(scope, id);
    const { contractor } = props;
    const until = endOfDay(contractor.until, props.timeZone).toISOString();
    const work = this.work(props.workplace, until);
    const revocation = new iam.ManagedPolicy(this, 'Revocation', {
      managedPolicyName: props.revocationPolicyName,
      description: 'Refuses everything once the contractor is revoked (secure-shop contractor revoke)',
      document: iam.PolicyDocument.fromJson(neverRevoked),
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Operates the shop from outside; reads no customer data, secrets or keys',
      assumedBy: new iam.PrincipalWithConditions(new iam.AccountPrincipal(contractor.account), {
        StringEquals: {
          'sts:ExternalId': contractor.externalId,
          // A session shows in this account's trail by its name only: it is the person's.
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM, not of JavaScript
          'sts:RoleSessionName': '${aws:username}',
          // The rule below hears what is called in its own region.
          'aws:RequestedRegion': Stack.of(this).region,
        },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        DateLessThan: { 'aws:CurrentTime': until },
      }),
      maxSessionDuration: Duration.hours(1),
      permissionsBoundary: work,
      managedPolicies: [work, revocation],
    });
    declareContractor(role, { account: contractor.account, until });
    if (contractor.hours) {
      new ContractorHours(this, 'Hours', { role, hours: contractor.hours, timeZone: props.timeZone });
    }
    this.tellEachUse(role, props.alarmTopic);
    new CfnOutput(this, 'RoleArn', { value: role.roleArn, description: 'What the contractor assumes' });
  }

  private work(workplace: Workplace, until: string): iam.ManagedPolicy {
    const allowed = contractorWork(this, workplace);
    const work = new iam.ManagedPolicy(this, 'Work', {
      description: 'All that the contractor may do, and all that anybody could let the contractor do',
      statements: [
        ...allowed,
        new iam.PolicyStatement({
          sid: 'NothingElse',
          effect: iam.Effect.DENY,
          notActions: allowed.flatMap(({ actions }) => actions),
          resources: ['*'],
        }),
        ...allowed.filter(({ resources }) => !resources.includes('*')).map(nowhereElse),
        new iam.PolicyStatement({
          sid: 'NothingAfterTheContract',
          effect: iam.Effect.DENY,
          actions: ['*'],
          resources: ['*'],
          conditions: { DateGreaterThanEquals: { 'aws:CurrentTime': until } },
        }),
      ],
    });
    const patterns = allowed.flatMap(({ resources }) => resources).filter((each) => each.endsWith('*'));
    acknowledge(
      work,
      ...patterns.map((pattern) => ({
        rule: `IAM5[Resource::${pattern}]` as const,
        reason:
          'The actions without a resource show metrics, alarms and the state of services, and change nothing; tasks and stacks are limited to those of this environment, whose last part AWS makes up. Compensated: the same policy refuses every other action, is the permissions boundary of the role, and each sign-in is told to the owner.',
      })),
    );
    return work;
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-sts.html */
  private tellEachUse(role: iam.Role, alarmTopic: sns.ITopic): void {
    const who = events.EventField.fromPath('$.detail.requestParameters.roleSessionName');
    const where = events.EventField.fromPath('$.detail.sourceIPAddress');
    new events.Rule(this, 'Used', {
      description: 'The contractor signed in',
      eventPattern: {
        source: ['aws.sts'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['sts.amazonaws.com'],
          eventName: ['AssumeRole'],
          requestParameters: { roleArn: [role.roleArn] },
        },
      },
      targets: [
        new targets.SnsTopic(alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `The contractor signed in: ${who} from ${where}, at ${events.EventField.time}, for an hour at most. If you expect nobody: secure-shop contractor revoke`,
          ),
        }),
      ],
    });
  }
}

/** Refuses what one statement allows on everything that it does not name. */
function nowhereElse({ sid, actions, resources }: iam.PolicyStatement): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: `${sid}NowhereElse`,
    effect: iam.Effect.DENY,
    actions,
    notResources: resources,
  });
}
