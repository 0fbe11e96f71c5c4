import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declarePerson, declareReader } from '../../declarations/declare.ts';
import type { ExportsBucket } from './exports-bucket.ts';

export interface PersonRoleProps {
  readonly roleName: string;
  /** What the keys of their exports begin with. */
  readonly person: string;
  /** User name of this person in IAM Identity Center. */
  readonly email: string;
  /** ARN of the IAM user or role with which this person signs in. */
  readonly signsInAs: string;
  readonly bucket: ExportsBucket;
  readonly bucketName: string;
  readonly bucketKey: kms.IKey;
  readonly passphrase: secretsmanager.ISecret;
  readonly passphraseKey: kms.IKey;
}

/** A person at the desk: opens the exports that were made for them, and those only. */
export class PersonRole extends Construct {
  constructor(scope: Construct, id: string, props: PersonRoleProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const { person, bucketName } = props;
    const role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: `Opens the exports made for ${person}`,
      assumedBy: new iam.PrincipalWithConditions(new iam.AccountRootPrincipal(), proofOf(props)),
      maxSessionDuration: Duration.hours(1),
    });
    declarePerson(role, props.signsInAs);
    const allow = (actions: string[], resources: string[], conditions?: Record<string, object>) =>
      role.addToPolicy(new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
    const objects = `arn:aws:s3:::${bucketName}/${person}/*`;
    allow(['s3:GetObject'], [objects]);
    allow(['s3:ListBucket'], [`arn:aws:s3:::${bucketName}`], {
      StringLike: { 's3:prefix': [`${person}/*`] },
    });
    allow(['secretsmanager:GetSecretValue'], [props.passphrase.secretArn]);
    for (const [key, service] of [
      [props.bucketKey, 's3'],
      [props.passphraseKey, 'secretsmanager'],
    ] as const) {
      allow(['kms:Decrypt'], [key.keyArn], {
        StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      });
    }
    declareReader(props.bucket, role, `opens the exports made for ${person}`);
    declareReader(props.passphrase, role, `opens the exports made for ${person}`);
    acknowledge(role, {
      rule: `IAM5[Resource::${objects}]`,
      reason:
        'Exports have the names of the moments at which they were made. Compensated: reading only, below the name of one person, whom the policy of the bucket names as well, and each opening is told to the owner.',
    });
  }
}

/** A user proves who they are with MFA; a role of Identity Center, with the name under which its session stands. */
function proofOf({ signsInAs, email }: PersonRoleProps): Record<string, object> {
  const who = { ArnEquals: { 'aws:PrincipalArn': signsInAs } };
  return signsInAs.includes(':user/')
    ? { ...who, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    : { ...who, StringLike: { 'aws:userid': `*:${email}` } };
}
