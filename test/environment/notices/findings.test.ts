import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchesEvent } from '../../../lib/checks/model/event-patterns.ts';
import { families, familyNames } from '../../../lib/environment/notices/findings/families.ts';
import { harmless } from '../../../lib/environment/notices/findings/harmless.ts';
import { levels } from '../../../lib/environment/notices/findings/levels.ts';
import { mailOf, type Reader } from '../../../lib/environment/notices/findings/mail.ts';
import { readTold, remember, untold, writeTold } from '../../../lib/environment/notices/findings/memory.ts';
import { readFindings } from '../../../lib/environment/notices/findings/read-finding.ts';
import { exampleEnvironment, resourcesOfType } from '../../support/synthesize.ts';
import * as events from './events.ts';

const now = new Date('2026-11-28T13:00:00Z');
const day = 86_400_000;
const nothing: ReadonlyMap<string, never> = new Map<string, never>();
const reader: Reader = { language: 'en', timeZone: 'Asia/Tokyo', environment: 'shop-production' };

const read = (...all: readonly unknown[]) => all.flatMap((event) => readFindings(JSON.stringify(event)));
const threat = (type: string) => events.guardDuty({ type });

/** What each event is told as: family, level. */
const told = [
  ['a stolen key', events.guardDuty(), 'credentials', 'high'],
  [
    'an attack',
    events.guardDuty({ type: 'AttackSequence:IAM/CompromisedCredentials', severity: 9 }),
    'attack',
    'critical',
  ],
  ['copied files', threat('Exfiltration:S3/AnomalousBehavior'), 'data', 'high'],
  [
    'a login at the database',
    threat('CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin'),
    'database',
    'high',
  ],
  ['a miner in a task', threat('CryptoCurrency:Runtime/BitcoinTool.B!DNS'), 'intruder', 'high'],
  ['a back door', threat('Backdoor:EC2/C&CActivity.B!DNS'), 'intruder', 'high'],
  ['a trail that is shut off', threat('Stealth:IAMUser/CloudTrailLoggingDisabled'), 'disabled', 'high'],
  ['a bucket that is opened', threat('Policy:S3/BucketAnonymousAccessGranted'), 'disabled', 'high'],
  [
    'a probed port',
    events.guardDuty({ type: 'Recon:EC2/PortProbeUnprotectedPort', severity: 4 }),
    'probing',
    'medium',
  ],
  ['a threat of a purpose to come', threat('Sabotage:Quantum/Something'), 'threat', 'high'],
  ['malware', events.maliciousFile(), 'malware', 'high'],
  ['malware found by a scan', events.malwareScan(), 'malware', 'high'],
  ['a file that cannot be searched', events.malwareScan('ACCESS_DENIED'), 'unscanned', 'medium'],
  ['something shared', events.analyzer(), 'shared', 'high'],
  ['something public', events.analyzer({ isPublic: true }), 'shared', 'critical'],
  ['a hole', events.inspector(), 'vulnerable', 'high'],
  ['a bad hole', events.inspector({ severity: 'CRITICAL' }), 'vulnerable', 'critical'],
  ['personal data', events.macie(), 'personal', 'high'],
  ['a public bucket', events.macie({ type: 'Policy:IAMUser/S3BucketPublic' }), 'shared', 'high'],
  ['a setting', events.config(), 'setting', 'medium'],
  ['a control', events.hub(), 'setting', 'high'],
  ['a control in the new form', events.hubV2(), 'setting', 'high'],
  ['a threat passed on', events.hubOfGuardDuty(), 'credentials', 'high'],
  [
    'a threat passed on in the new form',
    events.hubV2OfGuardDuty({ severity_id: 5 }),
    'credentials',
    'critical',
  ],
  [
    'a product of somebody else',
    events.hub({ ProductName: 'Vendor X', Compliance: undefined }),
    'unknown',
    'high',
  ],
  ['an event to come', { ...events.guardDuty(), 'detail-type': 'GuardDuty Prophecy' }, 'unknown', 'high'],
  [
    'a service to come',
    { ...events.guardDuty(), source: 'aws.newhound', 'detail-type': 'Newhound Finding' },
    'unknown',
    'high',
  ],
  [
    'a finding without what it needs',
    { ...events.guardDuty(), detail: { severity: 'very' } },
    'garbled',
    'high',
  ],
  ['a finding that is a list', { ...events.hub(), detail: [] }, 'garbled', 'high'],
  ['an event that is none', { hello: 'world' }, 'garbled', 'high'],
  ['a threat without a severity', events.guardDuty({ severity: undefined }), 'credentials', 'high'],
  ['a weakness of a severity to come', events.inspector({ severity: 'APOCALYPTIC' }), 'vulnerable', 'high'],
  ['a task that is not watched', events.unhealthy(), 'blind', 'high'],
] as const;

describe('findings as AWS sends them', () => {
  it.each(told)('%s', (_what, event, family, level) => {
    const findings = read(event);
    expect(findings.map((finding) => [finding.family, finding.level])).toEqual([[family, level]]);
    for (const language of ['en', 'ja'] as const) {
      const { subject, message } = mailOf(findings, { ...reader, language });
      expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      const { words, runbook } = families[family];
      const ending = language === 'ja' ? '.ja.md' : '.md';
      for (const part of [words[language].what, words[language].first, `docs/runbooks/${runbook}${ending}`])
        expect(message).toContain(part);
    }
  });

  it.each([
    ['', 'garbled'],
    ['{"source": "aws.guardduty", "detail-ty', 'garbled'],
    ['null', 'garbled'],
  ])('a body %j is told as what it is', (body, family) => {
    expect(readFindings(body).map((finding) => finding.family)).toEqual([family]);
  });

  it.each([
    ['put away', events.guardDuty({ service: { archived: true } })],
    ['a clean file', events.malwareScan('NO_THREATS_FOUND')],
    ['shared no more', events.analyzer({ status: 'RESOLVED' })],
    ['deleted', events.analyzer({ isDeleted: true })],
    ['closed', events.inspector({ status: 'CLOSED' })],
    ['put right', events.config({ newEvaluationResult: { complianceType: 'COMPLIANT' } })],
    [
      "Security Hub's own check",
      events.config({ configRuleName: 'securityhub-s3-bucket-ssl-requests-only-1a2b' }),
    ],
    ['resolved', events.hub({ Workflow: { Status: 'RESOLVED' } })],
    ['passed', events.hub({ Compliance: { Status: 'PASSED', SecurityControlId: 'S3.8' } })],
    ['resolved in the new form', events.hubV2({ status: 'Resolved' })],
  ])('nothing is told of what is over: %s', (_what, event) => {
    expect(read(event)).toEqual([]);
  });

  /** Each path of an event's detail, without what says that a finding is over. */
  function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
    const inner =
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))
        : [];
    return path.length === 0 ? inner : [[...path], ...inner];
  }

  function withValue(value: unknown, [key = '', ...rest]: readonly string[], changed: unknown): unknown {
    const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
    const inner = (copy as Record<string, unknown>)[key];
    return Object.assign(copy, { [key]: rest.length === 0 ? changed : withValue(inner, rest, changed) });
  }

  const samples = [
    events.guardDuty(),
    events.malwareScan(),
    events.maliciousFile(),
    events.analyzer(),
    events.inspector(),
    events.macie(),
    events.config(),
    events.hub(),
    events.hubV2OfGuardDuty(),
  ];

  it.each(samples.map((event) => [event['detail-type'], event] as const))(
    'whatever of a %s is missing or strange: it is told, with words and a runbook, and seriously',
    (type, event) => {
      const strange = [undefined, null, 7, '<b>x</b>', [], {}];
      for (const path of pathsOf(event.detail))
        for (const value of strange) {
          // No result any more: the rule or the resource is gone.
          if (type.startsWith('Config') && path[0] === 'newEvaluationResult' && (value ?? null) === null)
            continue;
          const findings = read({ ...event, detail: withValue(event.detail, path, value) });
          expect(findings, `${path.join('.')}: ${JSON.stringify(value)}`).toHaveLength(1);
          const before = levels.indexOf(read(event)[0]?.level ?? 'critical');
          const level = levels.indexOf(findings[0]?.level ?? 'low');
          if (value !== 7)
            expect(level, `${path.join('.')}: ${JSON.stringify(value)}`).toBeGreaterThanOrEqual(before);
          expect(mailOf(findings, reader).message).not.toContain('<');
        }
    },
  );

  it('one strange finding of several in an event keeps back no other', () => {
    const [one, other] = [
      events.hub().detail,
      events.hub({ Id: 'other', Resources: [{ Id: 'other' }] }).detail,
    ].map((detail) => (detail as { findings: unknown[] }).findings[0]);
    const findings = read({ ...events.hub(), detail: { findings: [one, 'garbled', other] } });
    expect(findings.map(({ family }) => family)).toEqual(['setting', 'garbled', 'setting']);
  });

  it('says of what nobody foresaw what can be said: kind, how bad, where, and under which id', () => {
    const detail = {
      findingId: 'f-1',
      title: 'A new threat',
      severity: 'CRITICAL',
      resourceArn: 'arn:aws:x:::y',
    };
    const findings = read({ ...events.guardDuty(), 'detail-type': 'GuardDuty Prophecy', detail });
    const { message } = mailOf(findings, reader);
    expect(message).toContain('CRITICAL: act at once, at any hour');
    expect(message).toMatch(
      /- GuardDuty Prophecy: A new threat; arn:aws:x:::y; seen .*; aws\[\.\]guardduty us-west-2 f-1/,
    );
  });

  it('says of a finding that names neither product nor title what it is', () => {
    const { message } = mailOf(
      read(events.hub({ ProductName: undefined, ProductArn: undefined, Title: '', Compliance: undefined })),
      reader,
    );
    expect(message).toMatch(/^- finding without a title; .*; Security Hub us-west-2/m);
  });

  it('what happened is said once for many, and each runbook is there', () => {
    for (const family of familyNames)
      for (const ending of ['.md', '.ja.md'])
        expect(existsSync(`docs/runbooks/${families[family].runbook}${ending}`), family).toBe(true);
  });
});

describe('not twice', () => {
  it.each<[string, unknown, unknown]>([
    [
      'the same again',
      events.guardDuty(),
      events.guardDuty({ updatedAt: '2026-11-28T14:00:00Z', service: { count: 9 } }),
    ],
    ['by Security Hub as well', events.guardDuty(), events.hubOfGuardDuty()],
    ['by Security Hub in its new form', events.guardDuty(), events.hubV2OfGuardDuty()],
    ['in both forms of Security Hub', events.hub(), events.hubV2()],
    ['a file, by its scan and by GuardDuty', events.malwareScan(), events.maliciousFile()],
    [
      'the same hole in the next image',
      events.inspector(),
      events.inspector({ findingArn: 'arn:aws:inspector2:x:1:finding/2' }, `sha256:${'4'.repeat(64)}`),
    ],
    [
      'a hole, by Security Hub as well',
      events.inspector(),
      events.hub({
        ProductName: 'Inspector',
        Compliance: undefined,
        Resources: [{ Id: `arn:aws:ecr:us-west-2:111122223333:repository/shop/sha256:${'3'.repeat(64)}` }],
        Vulnerabilities: [{ Id: 'CVE-2019-17498' }],
      }),
    ],
    [
      'something shared, by Security Hub as well',
      events.analyzer(),
      events.hub({ ProductName: 'IAM Access Analyzer', Compliance: undefined }),
    ],
    [
      'personal data, by Security Hub as well',
      events.macie(),
      events.hub({
        ProductName: 'Macie',
        Compliance: undefined,
        Id: 'arn:aws:macie2:us-west-2:111122223333:finding/4ed45d06-c9b9-4506-ab7f-18a57EXAMPLE',
      }),
    ],
    [
      'a setting, by Security Hub as well',
      events.config(),
      events.hub({
        ProductName: 'Config',
        Compliance: { Status: 'FAILED' },
        Title: 's3-bucket-public-read-prohibited',
        Severity: { Label: 'MEDIUM' },
      }),
    ],
    ['an event nobody can read', { hello: 'world' }, { hello: 'world' }],
    [
      'a finding that nobody foresaw, seen again',
      { ...events.guardDuty(), 'detail-type': 'GuardDuty Prophecy' },
      {
        ...events.guardDuty({ service: { count: 9 } }),
        'detail-type': 'GuardDuty Prophecy',
        id: 'another event',
      },
    ],
    [
      'a garbled finding, seen again',
      events.guardDuty({ type: 7 }),
      { ...events.guardDuty({ type: 7, service: { count: 9 } }), time: '2026-11-28T14:00:00Z' },
    ],
    ['another task of a cluster that is not watched', events.unhealthy('one'), events.unhealthy('other')],
  ])('%s', (_how, one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ]) {
      const memory = readTold(writeTold(remember(nothing, untold(read(first), nothing, now), now)));
      expect(untold(read(second), memory, now)).toEqual([]);
      expect(untold(read(first, second), nothing, now)).toHaveLength(1);
    }
  });

  it('as whoever found it says it, when both tell at once', () => {
    const [only] = untold(read(events.hubOfGuardDuty(), events.guardDuty()), nothing, now);
    expect(only).toMatchObject({ service: 'GuardDuty', passedOn: false });
  });

  it.each<[string, unknown, unknown]>([
    ['another threat', events.guardDuty(), events.guardDuty({ id: 'f'.repeat(32) })],
    ['the same one, grown worse', events.guardDuty({ severity: 5 }), events.guardDuty({ severity: 8 })],
    ['another bucket', events.analyzer(), events.analyzer({ resource: 'arn:aws:s3:::other' })],
    [
      'the same hole elsewhere',
      events.inspector(),
      events.inspector({ resources: [{ id: 'i-0123456789abcdef0' }] }),
    ],
    [
      'another rule about the same bucket',
      events.config(),
      events.config({ configRuleName: 's3-bucket-ssl' }),
    ],
    ['another unreadable event', { hello: 'world' }, { hello: 'moon' }],
    [
      'another garbled finding',
      events.guardDuty({ type: 7 }),
      events.guardDuty({ type: 7, id: 'f'.repeat(32) }),
    ],
    [
      'another setting without a title',
      events.hub({ ProductName: 'Config', Compliance: undefined, Title: undefined }),
      events.hub({ ProductName: 'Config', Compliance: undefined, Title: undefined, Id: 'other' }),
    ],
  ])('but %s is told', (_what, one, other) => {
    const memory = remember(nothing, read(one), now);
    expect(untold(read(other), memory, now)).toHaveLength(1);
  });

  it('what is still there after a month is told again, and not after a week', () => {
    const memory = remember(nothing, read(events.guardDuty()), now);
    const daysLater = (days: number) =>
      untold(read(events.guardDuty()), memory, new Date(now.getTime() + days * day));
    expect([daysLater(7), daysLater(29), daysLater(30)].map(({ length }) => length)).toEqual([0, 0, 1]);
  });

  it('remembers three hundred in what a parameter holds, and forgets the oldest first', () => {
    const many = Array.from({ length: 500 }, (_, n) => read(events.guardDuty({ id: `id-${n}` }))).flat();
    const memory = remember(nothing, many, now);
    const text = writeTold(memory);
    expect(text.length).toBeLessThanOrEqual(4096);
    const again = untold(many, readTold(text), now);
    expect(again.length).toBeGreaterThan(0);
    expect(again.length).toBeLessThanOrEqual(200);
    expect(again).not.toContain(many.at(-1));
    expect(again).toContain(many[0]);
  });

  it.each(['x', 'not a memory at all', '{"told":[]}', '????????1fg4e'])('a memory %j is damaged', (text) => {
    expect(() => readTold(text)).toThrow('damaged');
  });
});

describe('one mail', () => {
  const many = [
    ...Array.from({ length: 50 }, (_, n) =>
      events.inspector({ packageVulnerabilityDetails: { vulnerabilityId: `CVE-2026-${n}` } }),
    ),
    events.guardDuty(),
    events.guardDuty({ id: 'attack', type: 'AttackSequence:S3/CompromisedData', severity: 9.2 }),
  ];

  it.each(['en', 'ja'] as const)(
    'of fifty at once: short, the worst first, and all counted (%s)',
    (language) => {
      const { subject, message } = mailOf(untold(read(...many), nothing, now), { ...reader, language });
      expect(subject).toBe('shop-production: 52 findings, worst critical');
      expect(message).toContain('52');
      expect(message.split('\n').length).toBeLessThan(40);
      expect(message.indexOf('AttackSequence')).toBeLessThan(message.indexOf('UnauthorizedAccess'));
      expect(message.indexOf('UnauthorizedAccess')).toBeLessThan(message.indexOf('CVE-'));
      expect(message).toMatch(language === 'en' ? /and 45 more/ : /ほか 45 件/);
    },
  );

  it.each(['en', 'ja'] as const)('of the worst hour is still one that can be sent (%s)', (language) => {
    const long = 'x'.repeat(500);
    const worst = familyNames.flatMap((family) =>
      levels.flatMap((level) =>
        Array.from({ length: 10 }, (_, n) => ({
          ...{ family, level, keys: [`${family}-${level}-${n}`], passedOn: false },
          ...{ kind: long, resource: long, service: long, id: long, region: long, time: long },
        })),
      ),
    );
    const { message } = mailOf(worst, { ...reader, language });
    // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    expect(Buffer.byteLength(message)).toBeLessThan(262_144);
  });

  it('of a hundred that nobody can read: counted, with where to find them', () => {
    const { subject, message } = mailOf(
      untold(read(...Array.from({ length: 100 }, (_, n) => ({ hello: n }))), nothing, now),
      reader,
    );
    expect(subject).toBe('shop-production: 100 findings, worst high');
    expect(message).toMatch(/and 95 more/);
    expect(message).toContain('docs/runbooks/unforeseen-finding.md');
  });

  it('tells when in the time of the shop, and where to look', () => {
    const { message } = mailOf(read(events.guardDuty()), reader);
    expect(message).toContain('seen 2026-11-28 21:02 (Asia/Tokyo)');
    expect(message).toContain('GuardDuty us-west-2 16afba5c5c43e07c9e3e5e2e544e95df');
    expect(message).toContain('HIGH: act within the hour');
  });

  it('leaves out whom and what it does not need: addresses, account numbers of others, key ids, pieces of data', () => {
    const { message } = mailOf(read(events.guardDuty(), events.analyzer(), events.macie()), reader);
    for (const secret of ['AccessKeyId', '999988887777', 's3:GetObject'])
      expect(message).not.toContain(secret);
  });

  it.each([
    ['a link', 'https://evil.example/login?now=1'],
    ['a bare host', 'evil.com'],
    ['an address', 'boss@evil.com'],
    ['markup', '<a href="x">click</a>'],
    ['lines of its own', 'x\r\n\r\nFirst: call 03-1234-5678 and say the password'],
    ['writing that runs backwards', '\u202Etxt.exe'],
    ['signs that look like others', 'ｈｔｔｐｓ：／／evil．com'],
    ['a whole letter', 'all is well. '.repeat(500)],
  ])('takes no %s from somebody who may choose a name', (_what, name) => {
    for (const event of [
      events.macie({ resourcesAffected: { s3Object: { path: name } } }),
      events.hub({ Title: name, ProductName: name, Region: name, UpdatedAt: name }),
      events.guardDuty({ type: name, id: name, updatedAt: name }),
      { ...events.guardDuty(), source: name, 'detail-type': name, region: name },
    ]) {
      const { subject, message } = mailOf(read(event), reader);
      expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      const line = message.split('\n').find((each) => each.startsWith('- ')) ?? '';
      expect(line).not.toMatch(/:\/\/|\w\.[a-z]|@|[<>"]|\u202E/i);
      expect(line.length).toBeLessThan(620);
      expect(message.split('\n\n')).toHaveLength(3);
    }
  });

  it('keeps numbers and names legible', () => {
    expect(harmless('arn:aws:s3:::shop-media')).toBe('arn:aws:s3:::shop-media');
    expect(harmless('openssl 3.0.2 from 10.0.0.1')).toBe('openssl 3.0.2 from 10.0.0.1');
    expect(harmless('UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B')).toBe(
      'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess[.]B',
    );
  });

  it('has words of its own for each family and level', () => {
    const whats = familyNames.flatMap((family) =>
      Object.values(families[family].words).map(({ what }) => what),
    );
    expect(new Set(whats).size).toBe(whats.length);
    expect(levels).toHaveLength(4);
  });
});

describe('what the rules of an environment let through', () => {
  const rulesHearing = async (event: object) => {
    const environment = await exampleEnvironment('examples/eccube-standard.ts');
    return Object.values(resourcesOfType(environment, 'AWS::Events::Rule')).filter(
      ({ Properties }) =>
        JSON.stringify(Properties.Targets).includes('ThreatsFindings') &&
        matchesEvent(Properties.EventPattern as never, event as never, undefined as never, 'missing'),
    );
  };
  const ofAnother = ['a service to come', 'a finding without what it needs', 'an event that is none'];

  it.each(told.filter(([what]) => !ofAnother.includes(what)))(
    '%s reaches the queue',
    async (_what, event) => {
      expect(await rulesHearing(event)).toHaveLength(1);
    },
  );

  /** An event without what its detail holds at a path, or with something else there. */
  const changed = (event: object, path: string, value?: unknown) => {
    const copy = structuredClone(event) as Record<string, unknown>;
    const keys = `detail.${path}`.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Record<string, unknown>>(
      (inner, key) => inner[key] as Record<string, unknown>,
      copy,
    );
    holder[last] = value;
    return copy;
  };

  it.each<[string, object, string?]>([
    ['a threat without severity', changed(events.guardDuty(), 'severity'), 'high'],
    ['a threat of severity null', changed(events.guardDuty(), 'severity', { score: 8 }), 'high'],
    ['a threat whose severity is a text', changed(events.guardDuty(), 'severity', '9.1'), 'critical'],
    ['a threat whose severity is a word', changed(events.guardDuty(), 'severity', 'Medium'), 'medium'],
    ['a hole without severity', changed(events.inspector(), 'severity'), 'high'],
    ['a hole whose severity is a number', changed(events.inspector(), 'severity', 9.1), 'critical'],
    ['a hole without status', changed(events.inspector(), 'status'), 'high'],
    ['something shared without status', changed(events.analyzer(), 'status'), 'high'],
    ['personal data without severity', changed(events.macie(), 'severity'), 'high'],
    ['personal data with a word for it', changed(events.macie(), 'severity', 'High'), 'high'],
    ['a control without severity', changed(events.hub(), 'findings.0.Severity'), 'high'],
    [
      'a control with a number alone',
      changed(events.hub(), 'findings.0.Severity', { Normalized: 90 }),
      'critical',
    ],
    [
      'a control with another number alone',
      changed(events.hub(), 'findings.0.Severity', { Original: 'bad' }),
      'high',
    ],
    ['a control without workflow', changed(events.hub(), 'findings.0.Workflow'), 'high'],
    ['a control without state', changed(events.hub(), 'findings.0.RecordState'), 'high'],
    ['a control in the new form without severity', changed(events.hubV2(), 'findings.0.severity_id'), 'high'],
    ['a scan without a result', changed(events.malwareScan(), 'scanResultDetails'), 'high'],
  ])('%s reaches the queue and is told', async (_what, event, level) => {
    expect(await rulesHearing(event)).toHaveLength(1);
    expect(read(event).map((finding) => finding.level)).toEqual([level]);
  });

  it.each<[string, object]>([
    ['a small threat', events.guardDuty({ severity: 3.9 })],
    ['a threat that is resolved', changed(events.hub(), 'findings.0.Workflow', { Status: 'RESOLVED' })],
    ['a control put away', changed(events.hub(), 'findings.0.RecordState', 'ARCHIVED')],
    ['a small control', changed(events.hub(), 'findings.0.Severity', { Label: 'LOW', Normalized: 90 })],
    ['a small control by its number', changed(events.hub(), 'findings.0.Severity', { Normalized: 69 })],
    ['a small hole', events.inspector({ severity: 'MEDIUM' })],
    ['a hole that is closed', events.inspector({ status: 'CLOSED' })],
    ['a scan that went well', { ...events.inspector(), 'detail-type': 'Inspector2 Scan' }],
    ['a call that somebody made', { ...events.guardDuty(), 'detail-type': 'AWS API Call via CloudTrail' }],
    [
      'a task that is watched',
      { ...events.unhealthy(), 'detail-type': 'GuardDuty Runtime Protection Healthy' },
    ],
    [
      'a change that Config records',
      { ...events.config(), 'detail-type': 'Config Configuration Item Change' },
    ],
    ['a harmless control', events.hubV2({ severity_id: 1 })],
  ])('%s does not', async (_what, event) => {
    expect(await rulesHearing(event)).toHaveLength(0);
  });
});
