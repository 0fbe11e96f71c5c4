import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Environment, Mail } from '../../config/index.ts';
import { implicitTlsPorts } from '../../config/schema/mail.ts';
import { GuardedSecret } from '../credentials/guarded-secret.ts';
import { credentialNames } from '../credentials/names.ts';

/** What the container is told of it; login and password come from a secret, see `mailLogin`. */
export function mailSettings({ mail, region }: Environment): Record<string, string> {
  switch (mail?.kind) {
    case 'smtp':
      return {
        SHOP_MAIL_HOST: mail.host,
        SHOP_MAIL_PORT: String(mail.port),
        SHOP_MAIL_TLS: implicitTlsPorts.includes(mail.port) ? 'implicit' : 'starttls',
        SHOP_MAIL_FROM: mail.from,
      };
    case 'ses':
      return { SHOP_MAIL_SES_REGION: region, SHOP_MAIL_FROM: mail.from };
    default:
      return {};
  }
}

/** Variables of the container by the key of the secret that holds them. */
export const mailLogin = { SHOP_MAIL_USER: 'username', SHOP_MAIL_PASSWORD: 'password' };

/** The user name until the owner wrote the login; the images know it and say so. */
const loginNotWritten = 'not-written-yet';

/**
 * Where the owner writes the login once. In the stack of the shop, whose template alone needs it: an export would hold up
 * the change to another way of sending mails. It stays when the setting goes; whoever comes back names it in `secret`.
 *
 * @returns undefined where there is no mail server, or its login is in a secret of the owner's own
 */
export function mailSecret(
  scope: Construct,
  { shopName, environment, key }: { shopName: string; environment: Environment; key: kms.IKey },
): secretsmanager.ISecret | undefined {
  const { mail, name } = environment;
  if (mail?.kind !== 'smtp' || mail.secret !== undefined) return undefined;
  const names = credentialNames(shopName, name);
  const login = new GuardedSecret(scope, 'MailLogin', {
    secretName: names.secrets.mail,
    description: `Login of ${shopName} (${name}) at ${mail.host}; write username and password once`,
    key,
    template: { username: loginNotWritten },
    generatedKey: 'password',
    readerArns: [names.executionRoleArn(scope)],
    disposable: environment.disposable,
  });
  login.keepUntilWritten(
    `The mail provider gives this login, and no interface of ${mail.host} changes it: its owner writes it, docs/first-hour.md says how. Compensated: it is read by the start of the shop alone, opens a mailbox that may only send, and is no use against any other system.`,
  );
  return login.secret;
}

export interface MailDomainProps {
  readonly environment: Environment;
  readonly mail: Extract<Mail, { kind: 'ses' }>;
}

/**
 * The shop's domain as a sender at Amazon SES: signed by DKIM, so that receivers believe it. The tasks send through
 * SES's API with the credentials of their role, which ECS renews every few hours. SES's SMTP endpoint would take the
 * key of an IAM user only (DAT2).
 * https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
 *
 * A new account may write to confirmed addresses only, until AWS grants production access.
 */
export class MailDomain extends Construct {
  private readonly from: string;
  private readonly identityArn: string;

  constructor(scope: Construct, id: string, { environment, mail }: MailDomainProps) {
    super(scope, id);
    const { domain, hostedZone } = environment;
    const identity = new ses.EmailIdentity(this, 'Identity', {
      identity: ses.Identity.domain(domain),
      dkimIdentity: ses.DkimIdentity.easyDkim(ses.EasyDkimSigningKeyLength.RSA_2048_BIT),
      feedbackForwarding: true,
    });
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    for (const [index, { name, value }] of identity.dkimRecords.entries()) {
      // The construct for records would append the zone to a name that is known at deploy only.
      new route53.CfnRecordSet(this, `Dkim${index + 1}`, {
        hostedZoneId: zone.hostedZoneId,
        name,
        type: 'CNAME',
        resourceRecords: [value],
        ttl: '1800',
      });
    }
    this.from = mail.from;
    this.identityArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: domain,
    });
  }

  /** Sends as the one address and as nobody else. */
  allowToSend(taskRole: iam.Role): void {
    taskRole.addToPolicy(
      new iam.PolicyStatement({
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [this.identityArn],
        conditions: { StringEquals: { 'ses:FromAddress': this.from } },
      }),
    );
  }
}
