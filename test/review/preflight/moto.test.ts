import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsWithCredentials } from '../../../lib/review/account/aws.ts';
import { regionsOf } from '../../../lib/review/account/check.ts';
import { account } from '../../../lib/review/preflight/checks/account.ts';
import { bootstrap } from '../../../lib/review/preflight/checks/bootstrap.ts';
import { hostedZone } from '../../../lib/review/preflight/checks/hosted-zone.ts';
import { leftovers } from '../../../lib/review/preflight/checks/leftovers.ts';
import { records } from '../../../lib/review/preflight/checks/records.ts';
import { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { program } from '../../support/programs.ts';
import { asked, production, stacks } from './recorded.ts';

const moto = program('moto_server');

describe.skipIf(moto.missing)(`preflight against AWS on loopback (needs moto: ${moto.install})`, () => {
  let loopback: LoopbackAws;
  const aws = awsWithCredentials();
  const environment = { ...production, account: '123456789012' };
  beforeAll(async () => {
    loopback = await LoopbackAws.start(moto.path ?? '');
  });
  afterAll(() => loopback.stop());

  it('knows the account by its credentials', async () => {
    expect((await asked(account, {}, { aws, environment })).join()).toMatch(
      /^(ready|problem) account 123456789012: /,
    );
    expect((await asked(account, {}, { aws })).join()).toContain(
      'the credentials are of account 123456789012',
    );
  });

  it('sees which regions are bootstrapped', async () => {
    expect((await asked(bootstrap, {}, { aws, environment })).join()).toContain(
      'us-east-1: is not bootstrapped',
    );
    for (const region of regionsOf({ stacks })) {
      const Name = '/cdk-bootstrap/hnb659fds/version';
      await aws.parameters(region).send(new PutParameterCommand({ Name, Value: '28', Type: 'String' }));
    }
    const answers = await asked(bootstrap, {}, { aws, environment });
    expect(answers.every((answer) => answer.startsWith('ready '))).toBe(true);
  });

  it('sees a secret that an earlier try left, and one that waits for its deletion', async () => {
    const SecretId = `${stacks[0]?.name.replace(/-production-.*/, '')}/production/database`;
    const secrets = aws.secrets(environment.region);
    await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'x' }));
    expect((await asked(leftovers, {}, { aws, environment })).join()).toContain(
      `problem ${SecretId}: is a secret that exists already`,
    );
    await secrets.send(new DeleteSecretCommand({ SecretId }));
    expect((await asked(leftovers, {}, { aws, environment })).join()).toContain(
      `problem ${SecretId}: is a secret that waits for its deletion`,
    );
  });

  it('sees the zone, its name servers, and records that are in the way', async () => {
    const { HostedZone, DelegationSet } = await aws
      .zones()
      .send(new CreateHostedZoneCommand({ Name: environment.hostedZone.name, CallerReference: 'one' }));
    const id = (HostedZone?.Id ?? '').replace('/hostedzone/', '');
    const zoned = { ...environment, hostedZone: { ...environment.hostedZone, id } };
    const servers = (DelegationSet?.NameServers ?? []).map((each) => each.toLowerCase()).sort();
    const dns = { nameServers: async () => servers, issuers: async () => [] };
    expect((await asked(hostedZone, {}, { aws, environment: zoned, dns })).join()).toContain(
      'is public and delegated',
    );
    expect((await asked(records, {}, { aws, environment: zoned })).join()).not.toContain('problem');
    const record = {
      Name: environment.domain,
      Type: 'A' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    };
    const Changes = [{ Action: 'CREATE' as const, ResourceRecordSet: record }];
    await aws
      .zones()
      .send(new ChangeResourceRecordSetsCommand({ HostedZoneId: id, ChangeBatch: { Changes } }));
    expect((await asked(records, {}, { aws, environment: zoned })).join()).toContain(
      `problem ${environment.domain}: has A already`,
    );
  });
});
