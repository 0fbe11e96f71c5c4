import { z } from 'zod';
import type { FamilyName } from './families.ts';
import type { Finding } from './finding.ts';
import { controlKey, idKey, sharedKey, vulnerabilityKey } from './keys.ts';
import { type Level, levelOf, levelOfLabel, levelOfScore } from './levels.ts';
import { soft } from './soft.ts';
import { familyOfThreat } from './threats.ts';

/** What both forms of Security Hub say, by whatever name. */
interface Passed {
  readonly product: string;
  readonly id: string;
  readonly title: string;
  readonly types: readonly string[];
  readonly level: Level;
  readonly resource: string | undefined;
  /** Id of the control that failed, such as `S3.1`. */
  readonly control: string | undefined;
  readonly vulnerability: string | undefined;
  readonly region: string | undefined;
  readonly time: string | undefined;
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html */
const asff = z.looseObject({
  Id: z.string(),
  Title: z.string().catch(''),
  ProductArn: z.string().catch(''),
  ProductName: soft(z.string()),
  Types: soft(z.array(z.string())),
  Severity: soft(z.looseObject({ Label: soft(z.string()), Normalized: soft(z.number()) })),
  Resources: soft(z.array(z.looseObject({ Id: z.string() }))),
  Compliance: soft(z.looseObject({ Status: soft(z.string()), SecurityControlId: soft(z.string()) })),
  Vulnerabilities: soft(z.array(z.looseObject({ Id: z.string() }))),
  Workflow: soft(z.looseObject({ Status: soft(z.string()) })),
  RecordState: soft(z.string()),
  Region: soft(z.string()),
  UpdatedAt: soft(z.string()),
});

/** @param detail one of the findings of an event */
export function readHub(detail: unknown): Finding[] {
  const finding = asff.parse(detail);
  const { RecordState, Workflow, Compliance } = finding;
  const isOver =
    RecordState === 'ARCHIVED' ||
    ['RESOLVED', 'SUPPRESSED'].includes(Workflow?.Status ?? '') ||
    Compliance?.Status === 'PASSED';
  if (isOver) return [];
  return [
    passedOn({
      product: finding.ProductName ?? finding.ProductArn.split('/').slice(1).join(' '),
      id: finding.Id,
      title: finding.Title,
      types: finding.Types ?? [],
      level: levelOfHub(finding.Severity),
      resource: finding.Resources?.[0]?.Id,
      control: Compliance?.SecurityControlId,
      vulnerability: finding.Vulnerabilities?.[0]?.Id,
      region: finding.Region,
      time: finding.UpdatedAt,
    }),
  ];
}

/**
 * The number, from 0 to 100, stands for the label where that is missing.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
 */
function levelOfHub({ Label, Normalized }: z.infer<typeof asff>['Severity'] & {} = {}): Level {
  if (Label !== undefined || Normalized === undefined) return levelOfLabel(Label ?? '');
  return levelOfScore(Normalized / 10);
}

/**
 * The Open Cybersecurity Schema Framework, in which Security Hub tells since December 2025.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/security-hub-adv-ocsf-findings.html
 */
const ocsf = z.looseObject({
  finding_info: z.looseObject({
    uid: z.string(),
    title: soft(z.string()),
    types: soft(z.array(z.string())),
    modified_time_dt: soft(z.string()),
  }),
  metadata: soft(z.looseObject({ product: soft(z.looseObject({ name: soft(z.string()) })) })),
  severity_id: soft(z.number()),
  severity: z.unknown().optional(),
  status: soft(z.string()),
  activity_name: soft(z.string()),
  cloud: soft(z.looseObject({ region: soft(z.string()) })),
  compliance: soft(z.looseObject({ control: soft(z.string()), status: soft(z.string()) })),
  resources: soft(z.array(z.looseObject({ uid: soft(z.string()) }))),
  vulnerabilities: soft(z.array(z.looseObject({ cve: soft(z.looseObject({ uid: soft(z.string()) })) }))),
});

/** https://schema.ocsf.io/1.5.0/classes/detection_finding: unknown, informational, low, medium, high, critical, fatal. */
const severities: readonly Level[] = ['high', 'low', 'low', 'medium', 'high', 'critical', 'critical'];

/** @param detail one of the findings of an event */
export function readHubV2(detail: unknown): Finding[] {
  const finding = ocsf.parse(detail);
  const { finding_info, metadata, severity_id, severity, compliance } = finding;
  const isOver =
    /^(resolved|suppressed|archived)$/i.test(finding.status ?? '') ||
    /^close$/i.test(finding.activity_name ?? '') ||
    /^pass(ed)?$/i.test(compliance?.status ?? '');
  if (isOver) return [];
  return [
    passedOn({
      product: metadata?.product?.name ?? '',
      id: finding_info.uid,
      title: finding_info.title ?? '',
      types: finding_info.types ?? [],
      level: severity_id === undefined ? (levelOf(severity) ?? 'high') : (severities[severity_id] ?? 'high'),
      resource: finding.resources?.[0]?.uid,
      control: compliance?.control,
      vulnerability: finding.vulnerabilities?.[0]?.cve?.uid,
      region: finding.cloud?.region,
      time: finding_info.modified_time_dt,
    }),
  ];
}

/** What Security Hub calls a service, and what that service is called here; the words of its findings, and their key. */
const products: readonly {
  readonly called: RegExp;
  readonly service: string;
  readonly family: (passed: Passed) => FamilyName;
  readonly key: (passed: Passed) => string;
}[] = [
  {
    called: /guard ?duty/i,
    service: 'GuardDuty',
    family: (passed) => familyOfThreat(threatOf(passed)),
    key: ({ id }) => idKey('guardduty', id),
  },
  {
    called: /inspector/i,
    service: 'Inspector',
    family: () => 'vulnerable',
    key: ({ id, vulnerability, resource }) => vulnerabilityKey(vulnerability ?? id, resource ?? ''),
  },
  {
    called: /access analyzer/i,
    service: 'IAM Access Analyzer',
    family: () => 'shared',
    key: ({ id, resource }) => sharedKey(resource ?? id),
  },
  {
    called: /macie/i,
    service: 'Macie',
    family: ({ types, title }) =>
      /sensitive ?data|personal|credential|financial/i.test([...types, title].join(' '))
        ? 'personal'
        : 'shared',
    key: ({ id }) => idKey('macie', id),
  },
  {
    called: /^config$|aws config/i,
    service: 'Config',
    family: () => 'setting',
    // Config has no other title than the name of its rule.
    key: ({ title, resource, id }) => controlKey(title || id, resource ?? id),
  },
  {
    called: /security hub/i,
    service: 'Security Hub',
    family: ({ control }) => (control === undefined ? 'unknown' : 'setting'),
    key: ({ control, resource, id }) =>
      control === undefined ? idKey('securityhub', id) : controlKey(control, resource ?? id),
  },
];

function passedOn(passed: Passed): Finding {
  const known = products.find(({ called }) => called.test(passed.product));
  const { title, control, level, resource, region, time } = passed;
  return {
    family: known?.family(passed) ?? 'unknown',
    level,
    keys: [known?.key(passed) ?? `${passed.product}|${passed.id}`],
    passedOn: known?.service !== 'Security Hub',
    kind: [control, title].filter(Boolean).join(' ') || passed.product || 'finding without a title',
    resource,
    service: [...new Set([known?.service ?? passed.product, 'Security Hub'])].filter(Boolean).join(', '),
    region,
    time,
  };
}

/** `TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce` ends in what GuardDuty calls it. */
function threatOf({ types, title }: Passed): string {
  const names = types.map((type) => type.split('/').at(-1) ?? '');
  return names.find((name) => name.includes(':')) ?? title;
}
