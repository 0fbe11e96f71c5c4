import { DescribeSecretCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { deploymentNames } from '../../../environment/patching/names.ts';
import { type Check, look, problem, ready } from '../../account/check.ts';

const about = 'Mail secret';

/** AWS's own key, which every reader of the secret may use. */
const ownKey = /(^$|alias\/aws\/secretsmanager$)/;

/** The login at the mail server that the config names is there, and the start of the shop can read it. */
export const mailSecret: Check = {
  id: 'mail-secret',
  title: about,
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html',
  async ask({ shop, environment: { name, account, region, mail }, aws }) {
    const arn = mail?.kind === 'smtp' ? mail.secret : undefined;
    if (arn === undefined) return [];
    try {
      const { KmsKeyId: key = '', DeletedDate: deleted } = await aws
        .secrets(region)
        .send(new DescribeSecretCommand({ SecretId: arn }));
      if (deleted) {
        return [
          problem(about, 'is to be deleted: no task would start', [
            'Take it back.',
            `aws secretsmanager restore-secret --secret-id ${arn} --region ${region}`,
          ]),
        ];
      }
      if (ownKey.test(key)) return [ready(about, "is encrypted with AWS's own key")];
      const role = `arn:aws:iam::${account}:role/${deploymentNames(shop.name, name).executionRole}`;
      return [
        look(about, `is encrypted with ${key}, whose policy must let the start of the shop decrypt`, [
          `Without a statement with kms:Decrypt for ${role} no task starts (ResourceInitializationError); docs/first-hour.md has it.`,
          `aws kms get-key-policy --key-id ${key} --region ${region} --output text`,
        ]),
      ];
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      return [
        problem(about, `${arn} does not exist`, [
          'Make it with the keys username and password, or leave mail.secret out: the deploy then makes one.',
        ]),
      ];
    }
  },
};
