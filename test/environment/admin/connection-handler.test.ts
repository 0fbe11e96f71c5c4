import { describe, expect, it } from 'vitest';
import {
  createHandler,
  type Dependencies,
} from '../../../lib/environment/admin/connection-handler/client-connect.lambda.ts';
import type { ConnectionRules } from '../../../lib/environment/admin/connection-handler/decision.ts';
import type { RegisteredCertificate } from '../../../lib/environment/admin/vpn/register.ts';

const now = new Date('2026-11-24T12:00:00+09:00');
const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

const rules: ConnectionRules = {
  people: [{ name: 'hana', email: 'hana@example.jp' }, { name: 'ken' }],
  hours: { days: ['tuesday'], from: '08:00', to: '20:00', closedOn: [] },
  timeZone: 'Asia/Tokyo',
  singleSignOn: false,
};

const certificate: RegisteredCertificate = {
  person: 'hana',
  number: 3,
  serial: 'abcd',
  authority: 'f'.repeat(64),
  notBefore: days(-10),
  notAfter: days(80),
  outcome: 'issued',
};

// As AWS documents it, schema v3.
const request = {
  'connection-id': 'cvpn-connection-04edd76f5201e0cb8',
  'endpoint-id': 'cvpn-endpoint-0c1f4a5c0e9e3c6f1',
  'common-name': 'hana.3',
  username: '',
  platform: 'mac',
  'platform-version': '14',
  'public-ip': '203.0.113.7',
  'client-openvpn-version': '2.6',
  'aws-client-version': '5.0',
  groups: '',
  'schema-version': 'v3',
};

interface Situation {
  readonly request?: unknown;
  readonly rules?: Partial<ConnectionRules>;
  readonly certificates?: readonly Partial<RegisteredCertificate>[];
  readonly dependencies?: Partial<Dependencies>;
}

async function connect(situation: Situation = {}) {
  const log: Record<string, unknown>[] = [];
  const answer = await createHandler({
    environment: {
      RULES: JSON.stringify({ ...rules, ...situation.rules }),
      REGISTER: '/secure-shop/hana-candles/production/vpn/certificates',
    },
    certificatesOf: async () => (situation.certificates ?? [{}]).map((each) => ({ ...certificate, ...each })),
    now: () => now,
    log: (entry) => log.push(entry),
    ...situation.dependencies,
  })('request' in situation ? situation.request : request);
  return { answer, log };
}

describe('the connection handler', () => {
  it('lets in a person of the config with a registered certificate, and says so in the log', async () => {
    const { answer, log } = await connect();
    expect(answer).toEqual({
      allow: true,
      'error-msg-on-denied-connection': '',
      'posture-compliance-statuses': [],
      'schema-version': 'v3',
    });
    expect(log).toEqual([
      expect.objectContaining({ decision: 'allow', commonName: 'hana.3', publicIp: '203.0.113.7' }),
    ]);
  });

  it.each<[string, Situation, string]>([
    ['somebody who left the config', { rules: { people: [{ name: 'ken' }] } }, 'person is not in the config'],
    ['a certificate nobody registered', { certificates: [] }, 'certificate is not registered'],
    ['another number than registered', { certificates: [{ number: 2 }] }, 'certificate is not registered'],
    ['a revoked certificate', { certificates: [{ revokedAt: days(-1) }] }, 'certificate is revoked'],
    ['an expired certificate', { certificates: [{ notAfter: days(-1) }] }, 'certificate has expired'],
    [
      'an issue that was never finished',
      { certificates: [{ outcome: 'pending' }] },
      'certificate was never handed out',
    ],
    ['an abandoned issue', { certificates: [{ outcome: 'abandoned' }] }, 'certificate was never handed out'],
    [
      'anybody out of hours',
      { rules: { hours: { days: ['monday'], from: '08:00', to: '20:00', closedOn: [] } } },
      'outside the hours',
    ],
    [
      'anybody on a holiday',
      { rules: { hours: { days: ['tuesday'], from: '08:00', to: '20:00', closedOn: ['2026-11-24'] } } },
      'outside the hours',
    ],
    [
      "the server's own certificate",
      { request: { ...request, 'common-name': 'vpn.shop.example.jp' } },
      'certificate name is not one of ours',
    ],
    [
      'a name with something behind it',
      { request: { ...request, 'common-name': 'hana.3\n' } },
      'certificate name is not one of ours',
    ],
    [
      'a name that climbs out of the register',
      { request: { ...request, 'common-name': '../hana.3' } },
      'certificate name is not one of ours',
    ],
    ['a request without a name', { request: {} }, 'certificate name is not one of ours'],
    ['a request that is no object', { request: 'hana.3' }, 'certificate name is not one of ours'],
    ['a request that is null', { request: null }, 'certificate name is not one of ours'],
    [
      'a missing sign-on',
      { rules: { singleSignOn: true } },
      'single sign-on is missing or is another person',
    ],
    [
      "another person's sign-on",
      { rules: { singleSignOn: true }, request: { ...request, username: 'ken@example.jp' } },
      'single sign-on is missing or is another person',
    ],
    [
      "a sign-on that only looks like the person's in lower case",
      {
        rules: { singleSignOn: true, people: [{ name: 'hana', email: 'kim@example.jp' }] },
        request: { ...request, username: '\u212aim@example.jp' },
      },
      'single sign-on is missing or is another person',
    ],
    ...[
      'Hana.3',
      'hana.03',
      'hana.3.',
      'hana.-1',
      'hana.1e1',
      '\uff48ana.3',
      'hana\u0000.3',
      'hana.3 ',
      ' hana.3',
      `${'a'.repeat(40)}.1`,
      '__proto__.1',
      'constructor.1',
      '.3',
      'hana.',
      'hana',
    ].map((name): [string, Situation, string] => [
      `the name ${JSON.stringify(name)}`,
      { request: { ...request, 'common-name': name } },
      name === 'constructor.1' ? 'person is not in the config' : 'certificate name is not one of ours',
    ]),
    ...[['hana.3'], { 0: 'hana.3' }, 3, true, null].map((name): [string, Situation, string] => [
      `a name that is ${JSON.stringify(name)}`,
      { request: { ...request, 'common-name': name } },
      'certificate name is not one of ours',
    ]),
    [
      'a sign-on of someone whose address is unknown',
      { rules: { singleSignOn: true }, request: { ...request, 'common-name': 'ken.1', username: '' } },
      'single sign-on is missing or is another person',
    ],
  ])('refuses %s', async (_who, situation, reason) => {
    const { answer, log } = await connect(situation);
    expect(answer.allow).toBe(false);
    expect(answer['error-msg-on-denied-connection']).not.toBe('');
    expect(log).toEqual([expect.objectContaining({ decision: 'deny', reason })]);
  });

  it.each<[string, Partial<Dependencies>]>([
    ['the register cannot be read', { certificatesOf: () => Promise.reject(new Error('AccessDenied')) }],
    ['it has no rules', { environment: {} }],
    ['its rules are no JSON', { environment: { RULES: '{', REGISTER: '/x' } }],
    ['its rules are of another shape', { environment: { RULES: '{"people":7}', REGISTER: '/x' } }],
    ...(['people', 'timeZone', 'singleSignOn'] as const).map((field): [string, Partial<Dependencies>] => [
      `its rules lack ${field}`,
      { environment: { RULES: JSON.stringify({ ...rules, [field]: undefined }), REGISTER: '/x' } },
    ]),
    ...['', null, {}, { ...rules.hours, from: 8 }].map((hours): [string, Partial<Dependencies>] => [
      `its hours are ${JSON.stringify(hours)}`,
      { environment: { RULES: JSON.stringify({ ...rules, hours }), REGISTER: '/x' } },
    ]),
    [
      'the time zone is unknown',
      { environment: { RULES: JSON.stringify({ ...rules, timeZone: 'Asia/Nowhere' }), REGISTER: '/x' } },
    ],
  ])('refuses everybody when %s, and says why in the log', async (_what, dependencies) => {
    const { answer, log } = await connect({ dependencies });
    expect(answer.allow).toBe(false);
    expect(log).toEqual([expect.objectContaining({ reason: 'could not decide', error: expect.any(String) })]);
  });

  it('asks for both the certificate and the sign-on of the same person', async () => {
    const { answer } = await connect({
      rules: { singleSignOn: true },
      request: { ...request, username: 'Hana@Example.jp' },
    });
    expect(answer.allow).toBe(true);
  });

  it('tells a refused person nothing about the rules', async () => {
    const messages = await Promise.all(
      [{ rules: { people: [] } }, { certificates: [] }, { certificates: [{ revokedAt: now }] }].map(
        async (situation) => (await connect(situation)).answer['error-msg-on-denied-connection'],
      ),
    );
    expect(new Set(messages).size).toBe(1);
  });
});
