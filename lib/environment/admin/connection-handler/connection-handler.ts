import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment } from '../../../config/index.ts';
import { declareConnectionRules } from '../../../declarations/declare.ts';
import { alarmOnAny } from '../../detection/alarm-on-any.ts';
import type { FunctionNetwork } from '../../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../../lambda/hardened-function.ts';
import type { VpnNames } from '../names.ts';
import type { ConnectionRules } from './decision.ts';

export interface ConnectionHandlerProps {
  readonly environment: Environment;
  readonly names: VpnNames;
  readonly network: FunctionNetwork;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

const peopleOfPolicy = 25;

/**
 * A revocation ends every session at once, and everybody's client asks again in the same second. Client VPN refuses
 * whoever meets a function that is busy. A person has one certificate; two more are for strangers who knock.
 */
function concurrencyFor(people: number): number {
  return Math.max(5, people + 2);
}

/**
 * Who may connect, once the certificate is good (ADM2): a person whom the config names, with a certificate that is
 * registered and not revoked, within the hours. Whoever is not plainly allowed is refused.
 *
 * People and hours come from the config and change with a deploy; revocation is read from the register on every
 * connection. It can read the register of the people it knows, and nothing else.
 */
export class ConnectionHandler extends Construct {
  readonly function: HardenedFunction;

  constructor(scope: Construct, id: string, props: ConnectionHandlerProps) {
    super(scope, id);
    const { environment, names } = props;
    const { people, vpn } = environment.admin;
    const singleSignOn = vpn.samlProviderArn !== undefined;
    const rules: ConnectionRules = {
      people: people.map(({ name, email }) => (singleSignOn ? { name, email } : { name })),
      hours: vpn.hours,
      timeZone: environment.timeZone,
      singleSignOn,
    };

    this.function = new HardenedFunction(this, 'Function', {
      name: 'client-connect',
      functionName: names.connectionHandler,
      description: 'Decides who may connect to the admin VPN',
      // Client VPN gives up after 30 seconds.
      timeout: Duration.seconds(25),
      environment: { RULES: JSON.stringify(rules), REGISTER: names.register },
      network: props.network,
      logs: functionLogs(props.logsKey, environment),
      alarmTopic: props.alarmTopic,
      reservedConcurrency: concurrencyFor(people.length),
    });
    declareConnectionRules(this.function, rules);
    const [reading, ...further] = this.readingRegister(
      names.register,
      people.map(({ name }) => name),
    );
    if (reading !== undefined) this.function.addToRolePolicy(reading);
    for (const [index, statement] of further.entries()) {
      this.function.role?.attachInlinePolicy(
        new iam.Policy(this, `FurtherPeople${index + 1}`, { statements: [statement] }),
      );
    }
    this.alarmWhenUndecided(props.alarmTopic);
  }

  /** A statement for so many people as the 6,144 characters of a managed policy hold, however long their names are. */
  private readingRegister(register: string, people: readonly string[]): iam.PolicyStatement[] {
    const statements: iam.PolicyStatement[] = [];
    for (let start = 0; start < people.length; start += peopleOfPolicy) {
      statements.push(
        new iam.PolicyStatement({
          sid: 'ReadRegisterOfKnownPeople',
          actions: ['ssm:GetParametersByPath'],
          // The right to a path covers all below it, so no wildcard is needed.
          // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
          resources: people.slice(start, start + peopleOfPolicy).map((name) =>
            Stack.of(this).formatArn({
              service: 'ssm',
              resource: 'parameter',
              resourceName: `${register.slice(1)}/${name}`,
            }),
          ),
        }),
      );
    }
    return statements;
  }

  /** It refuses when it cannot decide, so that somebody has to be told why nobody gets in. */
  private alarmWhenUndecided(alarmTopic: sns.ITopic): void {
    const undecided = new logs.MetricFilter(this, 'Undecided', {
      logGroup: this.function.logGroup,
      filterPattern: logs.FilterPattern.literal('"could not decide"'),
      metricNamespace: 'SecureShop/AdminVpn',
      metricName: `${this.function.functionName}-Undecided`,
    });
    alarmOnAny(this, 'UndecidedAlarm', {
      metric: undecided.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      description: 'The admin VPN refused a connection because its handler could not decide',
      runbook: 'vpn.md',
      topic: alarmTopic,
    });
  }
}
