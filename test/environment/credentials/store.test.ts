import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../lib/environment/credentials/rotation/deadline.ts';
import { rotate } from '../../../lib/environment/credentials/rotation/rotate.ts';
import { SecretStore } from '../../../lib/environment/credentials/rotation/store.ts';

type Send = ConstructorParameters<typeof SecretStore>[0]['send'];

/** Secrets Manager that answers each call with the next of these; an error is thrown, `never` is never answered. */
function storeOf(...answers: readonly (object | 'never')[]) {
  const asked: string[] = [];
  const send = async (command: { constructor: { name: string } }) => {
    asked.push(command.constructor.name.replace(/Command$/, ''));
    const answer = answers[asked.length - 1] ?? answers.at(-1);
    if (answer === 'never') return await new Promise(() => {});
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { store: new SecretStore({ send: send as unknown as Send }, new Deadline(3000)), asked };
}

const refused = (name: string, message = 'no') => Object.assign(new Error(message), { name });

describe('Secrets Manager as a rotation sees it', () => {
  it('does not take a refusal for a secret without AWSCURRENT, which a person would overwrite', async () => {
    const { store } = storeOf(refused('InvalidRequestException', 'not in a state in which this can be done'));
    await expect(store.read('shop', 'AWSCURRENT')).rejects.toMatchObject({
      category: 'secrets-manager',
      message: expect.stringMatching(/GetSecretValue failed \(InvalidRequestException\).*write nothing/),
    });
  });

  it('tells the same refusal of a version that was named: only the labels say whether it carries one', async () => {
    const { store } = storeOf(refused('InvalidRequestException'));
    await expect(store.read('shop', 'AWSPENDING', 'token')).rejects.toMatchObject({
      category: 'secrets-manager',
    });
  });

  it.each([
    ['LimitExceededException', '', 'rotate again a day later'],
    ['AccessDeniedException', '', 'the policy of the secret, of its key or of the function'],
    ['EncryptionFailure', '', 'cancel-key-deletion'],
    ['PublicPolicyException', '', 'CloudTrail'],
    ['ValidationException', '', 'CloudTrail'],
    [
      'InvalidRequestException',
      'Operation not permitted on a replica secret.',
      'stop-replication-to-replica',
    ],
    ['InvalidRequestException', 'The secret is managed by another service', 'let that service rotate it'],
    ['InvalidRequestException', 'it was marked for deletion', 'restore-secret'],
  ])('says once what a person does next: %s %s', async (name, words, next) => {
    const { store, asked } = storeOf(refused(name, words));
    await expect(store.writePending('shop', 'token', {})).rejects.toMatchObject({
      category: 'secrets-manager',
      message: expect.stringContaining(next),
    });
    expect(asked).toHaveLength(1);
  });

  it('looks for the way where no call arrives', async () => {
    const { store } = storeOf(Object.assign(refused('Error'), { code: 'ENOTFOUND' }));
    await expect(store.versions('shop')).rejects.toMatchObject({
      message: expect.stringMatching(/ENOTFOUND.*VPC endpoint/),
    });
  });

  it('does not take a state for a version that lacks the label, which another run would have', async () => {
    const { store } = storeOf(refused('InvalidRequestException', 'not permitted on a replica secret'));
    await expect(store.promote('shop', 'token', 'before')).rejects.toThrow('primary region');
  });

  it('asks again soon when the answer to a move of the label is lost: a transaction is open meanwhile', async () => {
    const { store, asked } = storeOf('never', refused('InvalidParameterException'));
    const started = performance.now();
    expect(await store.promote('shop', 'token', 'before')).toBe(false);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(asked).toEqual(['UpdateSecretVersionStage', 'UpdateSecretVersionStage']);
  });

  it('refuses a secret whose name is too long to mark a login with, before anything is written', async () => {
    const fields = {
      ...{ engine: 'mysql', host: 'h', port: 3306, dbname: 'shop', username: 'shop_a', password: 'x' },
      ...{ baseName: 'shop', logins: ['shop_a', 'shop_b'], adminSecretArn: 'admin' },
    };
    const asked: string[] = [];
    const answer = async ({ constructor: { name } }: { constructor: { name: string } }) => {
      asked.push(name);
      return name === 'DescribeSecretCommand'
        ? { VersionIdsToStages: { before: ['AWSCURRENT'], token: ['AWSPENDING'] } }
        : { VersionId: 'before', SecretString: JSON.stringify(fields) };
    };
    const event = { SecretId: 'n'.repeat(500), ClientRequestToken: 'token', Step: 'createSecret' };
    const databases = { connect: () => Promise.reject(), dialect: () => Promise.reject() };
    const secretsManager = { send: answer as unknown as Send };
    await expect(rotate(event, { secretsManager, databases, milliseconds: 1000 })).rejects.toThrow(
      /malformed: .*use at most 483 characters/,
    );
    expect(asked).not.toContain('PutSecretValueCommand');
  });
});
