import { expect } from 'vitest';
import {
  allSucceeded,
  aws,
  awsTime,
  type Row,
  request,
  seconds,
  succeeded,
  tells,
  throws,
} from '../bad-day.ts';

export const secretOf = (id: string) =>
  `arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:${id}-AbCdEf`;

export const credentialRows: Readonly<Record<string, Row>> = {
  'first-rotation': {
    event: () => request({ Secrets: [secretOf('shop')] }),
    answers: () => ({ DescribeSecret: () => ({ LastRotatedDate: seconds(-1) }) }),
    right: succeeded,
    once: allSucceeded,
    givesUp: tells,
    resource: { properties: { Secrets: [secretOf('shop')] }, absent: {} },
  },
  refresh: {
    environment: () => ({ CLUSTER: 'shop', SERVICE: 'web' }),
    event: () => ({ time: awsTime.toISOString(), detail: { additionalEventData: { SecretId: 'shop' } } }),
    answers() {
      let started = 0;
      const deployment = () => ({
        id: `ecs-svc/${started}`,
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        createdAt: seconds(started === 0 ? -24 : started),
      });
      return {
        DescribeServices: () => ({ services: [{ status: 'ACTIVE', deployments: [deployment()] }] }),
        UpdateService: () => {
          started++;
          return { service: { deployments: [deployment()] } };
        },
      };
    },
    right: () => expect(aws.inputsOf('UpdateService')).toMatchObject([{ forceNewDeployment: true }]),
    // Two at the very same moment may both see none; the later one finds theirs.
    once: () => expect(aws.inputsOf('UpdateService').length).toBeLessThan(3),
    // An answer that is lost starts another deployment, which takes the place of the first.
    again: () => expect([1, 2]).toContain(aws.inputsOf('UpdateService').length),
    givesUp: throws,
    patience: 12_000,
  },
  'rotation-watch': {
    environment: () => ({
      SECRETS: JSON.stringify({ late: secretOf('late'), shop: secretOf('shop') }),
      LONGEST_GAP_HOURS: '200',
    }),
    event: () => ({}),
    answers: () => ({
      DescribeSecret: ({ SecretId }) => ({
        LastRotatedDate: seconds(String(SecretId).includes('late') ? -210 : -190),
      }),
    }),
    right: ({ metrics }) =>
      expect(metrics.map(({ Secret, Overdue }) => [Secret, Overdue])).toEqual([
        ['late', 1],
        ['shop', 0],
      ]),
    once: ({ metrics }) => expect(metrics).toHaveLength(6),
    givesUp: throws,
  },
  rotation: {
    event: () => ({ SecretId: secretOf('keys'), ClientRequestToken: 'token', Step: 'createSecret' }),
    answers() {
      let pending: string | undefined;
      return {
        DescribeSecret: () => ({
          RotationEnabled: true,
          VersionIdsToStages: { before: ['AWSCURRENT'], token: ['AWSPENDING'] },
        }),
        GetSecretValue: ({ VersionStage }) =>
          VersionStage === 'AWSPENDING'
            ? { VersionId: 'token', SecretString: pending }
            : { VersionId: 'before', SecretString: '{"scheme":"generated","names":["SALT"],"SALT":"old"}' },
        PutSecretValue: ({ SecretString }) => {
          if (pending !== undefined) return { __type: 'ResourceExistsException' };
          pending = String(SecretString);
          return { VersionId: 'token' };
        },
      };
    },
    right() {
      const [written] = aws.inputsOf('PutSecretValue');
      expect(JSON.parse(String(written?.SecretString)).SALT).toMatch(/^[A-Za-z0-9]{64}$/);
    },
    once: ({ results }) => expect(results).toEqual([undefined, undefined, undefined]),
    givesUp: throws,
    patience: 4000,
  },
};
