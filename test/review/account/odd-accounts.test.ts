import { CertificateStatus } from '@aws-sdk/client-acm';
import { describe, expect, it } from 'vitest';
import type { Aws } from '../../../lib/review/account/aws.ts';
import type { Account, Answered, Check } from '../../../lib/review/account/check.ts';
import { askAll } from '../../../lib/review/account/run.ts';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';
import { checks } from '../../../lib/review/preflight/checks/index.ts';
import { questions } from '../../../lib/review/status/questions.ts';
import {
  type Answers,
  awsError,
  production,
  readyAnswers,
  recordedAws,
  servers,
  shop,
  stacks,
} from '../preflight/recorded.ts';
import { environmentOn, healthy, now } from '../status/operated.ts';
import { untranslated } from './in-japanese.ts';

type Input = Readonly<Record<string, unknown>>;
type Twist = (answer: object, input: Input, region: string) => object;

const notEnabled: Twist = (answer, _, region) =>
  region === 'us-east-1' ? awsError('UnrecognizedClientException', 'The security token is invalid') : answer;

/** What AWS answers otherwise, whatever it is asked but who asks. */
const states: Readonly<Record<string, Twist>> = {
  'asks for patience': () => awsError('ThrottlingException', 'Rate exceeded'),
  'hides everything by a policy of its organization': () =>
    awsError(
      'AccessDeniedException',
      'User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: x:List with an explicit deny in a service control policy',
    ),
  'hides one region': (answer, _, region) =>
    region === 'us-east-1' ? awsError('UnauthorizedOperation', 'You are not authorized') : answer,
  'did not enable one region': notEnabled,
  'never ended its registration': () => awsError('OptInRequired', 'You are not subscribed to this service'),
  'answers nothing': () => ({}),
  'has a bad moment': () => awsError('InternalFailure', 'We encountered an internal error'),
  'answers with lists of empty entries': (answer) => (answer instanceof Error ? answer : emptied(answer)),
  'begins with empty pages': (answer, input) =>
    answer instanceof Error ||
    input.NextToken !== undefined ||
    !('Quotas' in answer || 'StackSummaries' in answer || 'ResourceDescriptions' in answer)
      ? answer
      : { NextToken: 'more' },
};

function emptied(answer: object): object {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(() => ({})) : value,
    ]),
  );
}

function twisted(answers: Answers, twist: Twist): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (input: Input, region: string) => {
        const usual = typeof answer === 'function' ? answer(input, region) : answer;
        return name === 'GetCallerIdentityCommand' ? usual : twist(usual, input, region);
      },
    ]),
  );
}

function accountOn(aws: Aws): Account {
  const dns = { nameServers: async () => servers, issuers: async () => [] };
  return { shop, environment: production, stacks, aws, dns, now: new Date('2026-11-28') };
}

async function answersIn(twist: Twist): Promise<Record<string, readonly Answered[] | Error>> {
  const found: Record<string, readonly Answered[] | Error> = {};
  const ask = async <T extends Account>(name: string, all: readonly Check<T>[], account: T) => {
    for (const each of all)
      found[`${name} ${each.id}`] = await askAll([each], account, () => {}).catch((error: Error) => error);
  };
  await ask('preflight', checks, accountOn(recordedAws(twisted(readyAnswers, twist))));
  await ask('status', questions, environmentOn(recordedAws(twisted(healthy, twist)), { now }));
  return found;
}

/** Every status in which a stack holds resources. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const standing = [
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'CREATE_IN_PROGRESS',
  'DELETE_FAILED',
  'DELETE_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_IN_PROGRESS',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_IN_PROGRESS',
  'ROLLBACK_FAILED',
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS',
];

/** The stacks of the shop in a status, and all that they name is there. */
const inStatus = (StackStatus: string): Answers => ({
  ...readyAnswers,
  ListStacksCommand: { StackSummaries: stacks.map(({ name: StackName }) => ({ StackName, StackStatus })) },
  DescribeSecretCommand: ({ SecretId }) => ({ Name: SecretId }),
  GetResourceCommand: { ResourceDescription: { Properties: '{}' } },
});
const leftIn = async (status: string) => {
  const all = checks.filter(({ id }) => id === 'leftovers');
  return askAll(all, accountOn(recordedAws(inStatus(status))), () => {});
};

it.each(Object.values(CertificateStatus).filter((status) => status !== 'ISSUED'))(
  'a certificate that is %s is wrong, and said to be so in Japanese as well',
  async (Status) => {
    const certificate = { DescribeCertificateCommand: { Certificate: { DomainName: 'a.example', Status } } };
    const all = questions.filter(({ id }) => id === 'certificates');
    const [found] = await askAll(
      all,
      environmentOn(recordedAws({ ...healthy, ...certificate }), { now }),
      () => {},
    );
    expect(found).toMatchObject({
      standing: 'problem',
      says: `is ${Status.toLowerCase().replaceAll('_', ' ')}`,
    });
    expect(answerInJapanese(found?.says ?? '')).not.toMatch(/[a-z]/);
  },
);

describe('a stack that stands', () => {
  it.each(standing)('and is %s has its names, and nobody is told to delete them', async (status) => {
    const found = await leftIn(status);
    expect(untranslated(found)).toEqual([]);
    expect(found.filter(({ says }) => /already/.test(says))).toEqual([]);
    const isOpen = /_FAILED$|_IN_PROGRESS$/.test(status);
    expect(found.some((answer) => answer.standing === 'problem' && answer.says.includes(status))).toBe(
      isOpen,
    );
  });

  it.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'])(
    'is none while it is %s: its names are taken',
    async (status) => {
      expect((await leftIn(status)).filter(({ says }) => /already/.test(says)).length).toBeGreaterThan(0);
    },
  );
});

it('a region that is not enabled stands in the way, and is not taken for a session that has ended', async () => {
  const all = checks.filter(({ id }) => id === 'bootstrap');
  const found = await askAll(all, accountOn(recordedAws(twisted(readyAnswers, notEnabled))), () => {});
  expect(found).toMatchObject([{ standing: 'problem', todo: expect.stringContaining('Enable the regions') }]);
});

describe.each(Object.entries(states))('an account that %s', (_, twist) => {
  it('is answered by every check, without an error of ours', async () => {
    const found = await answersIn(twist);
    const failed = Object.entries(found).flatMap(([name, answers]) =>
      answers instanceof Error ? [`${name}: ${answers.stack?.split('\n').slice(0, 3).join(' | ')}`] : [],
    );
    expect(failed).toEqual([]);
    const all = Object.values(found).flatMap((answers) => (answers instanceof Error ? [] : answers));
    expect(all.filter(({ says }) => /undefined|NaN|Invalid Date|\[object/.test(says))).toEqual([]);
    expect(untranslated(all)).toEqual([]);
  });
});
