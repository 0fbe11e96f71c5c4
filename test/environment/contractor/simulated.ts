import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { SynthesizedEnvironment, TemplateResource } from '../../support/synthesize.ts';

/** A policy document as a template writes it. */
export interface Written {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that IAM would ask about a session of the contractor, with references filled in. */
export interface ContractorPolicies {
  readonly trust: Written;
  readonly work: Written;
  readonly revocation: Written;
  readonly closed: Written;
}

/** ARN of the one log group that a contractor reads. */
export const buildLogs = 'arn:aws:logs:ap-northeast-1:333344445555:log-group:Builds:*';

export function contractorPolicies({ resources }: SynthesizedEnvironment): ContractorPolicies {
  const one = (id: RegExp, property: string): Written => {
    const found = Object.entries(resources).filter(([name]) => id.test(name));
    const [resource]: (TemplateResource | undefined)[] = found.map(([, each]) => each);
    if (!resource || found.length !== 1) throw new Error(`${found.length} resources are like ${id}`);
    return filled(resource.Properties[property]) as Written;
  };
  return {
    trust: one(/Admin\/ContractorRole[0-9A-F]{8}$/, 'AssumeRolePolicyDocument'),
    work: one(/Admin\/ContractorWork[0-9A-F]{8}$/, 'PolicyDocument'),
    revocation: one(/Admin\/ContractorRevocation[0-9A-F]{8}$/, 'PolicyDocument'),
    closed: one(/Admin\/ContractorHoursClosed[0-9A-F]{8}$/, 'PolicyDocument'),
  };
}

/** The one reference in these documents is that of the log group of builds. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::ImportValue' in value) return buildLogs;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)]));
}

export const account = '333344445555';
const session = `arn:aws:sts::${account}:assumed-role/Contractor/yui`;

export interface Attempt {
  readonly action: string;
  readonly resource: string;
  /** What the thing itself says of who may use it. @default nothing */
  readonly resourcePolicy?: Written;
}

/** What the contract is at this moment, and what hangs on the role besides its own policies. */
export interface Circumstances {
  readonly attached?: readonly Written[];
  readonly now?: string;
  readonly signedIn?: string;
  /** @default the policies of the contractor's work */
  readonly boundary?: Written;
}

/** Whether an independent evaluator lets a session of the contractor do something. */
export async function isAllowed(
  policies: ContractorPolicies,
  { action, resource, resourcePolicy }: Attempt,
  {
    attached = [policies.work, policies.revocation],
    now = '2026-12-01T01:00:00Z',
    signedIn = '2026-12-01T00:30:00Z',
    boundary = policies.work,
  }: Circumstances = {},
): Promise<boolean> {
  const simulated = await runSimulation(
    {
      request: {
        principal: session,
        action,
        resource: { resource, accountId: account },
        contextVariables: {
          'aws:PrincipalArn': `arn:aws:iam::${account}:role/Contractor`,
          'aws:PrincipalAccount': account,
          'aws:PrincipalType': 'AssumedRole',
          'aws:PrincipalIsAWSService': 'false',
          'aws:SecureTransport': 'true',
          'aws:MultiFactorAuthPresent': 'true',
          'aws:CurrentTime': now,
          'aws:TokenIssueTime': signedIn,
          'kms:ViaService': 'rds.ap-northeast-1.amazonaws.com',
          'kms:CallerAccount': account,
        },
      },
      identityPolicies: attached.map((policy, index) => ({ name: `attached-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }],
      ...(resourcePolicy && { resourcePolicy }),
      additionalSettings: { s3: { blockPublicAccess: false } },
    },
    {},
  );
  return allows(simulated);
}

/** Whether any of it is allowed; a call on everything has a result for each kind of thing. */
function allows(simulated: Awaited<ReturnType<typeof runSimulation>>): boolean {
  if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
  const results = simulated.resultType === 'single' ? [simulated.result] : simulated.results;
  return results.some(({ analysis }) => analysis.result === 'Allowed');
}

/** Whether somebody of another account may assume the role, with what a sign-in brings along. */
export async function mayAssume(
  { trust }: ContractorPolicies,
  who: { readonly principal?: string; readonly context?: Readonly<Record<string, string | undefined>> } = {},
): Promise<boolean> {
  const principal = who.principal ?? 'arn:aws:iam::777788889999:user/yui';
  const contextVariables = Object.fromEntries(
    Object.entries({
      'aws:PrincipalArn': principal,
      'aws:PrincipalAccount': principal.split(':')[4],
      'aws:username': 'yui',
      'sts:ExternalId': 'd41d8cd98f00b204e9800998ecf8427e',
      'sts:RoleSessionName': 'yui',
      'aws:RequestedRegion': 'ap-northeast-1',
      'aws:MultiFactorAuthPresent': 'true',
      'aws:CurrentTime': '2026-12-01T01:00:00Z',
      ...who.context,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const simulated = await runSimulation(
    {
      request: {
        principal,
        action: 'sts:AssumeRole',
        resource: { resource: `arn:aws:iam::${account}:role/Contractor`, accountId: account },
        contextVariables,
      },
      // At home the contractor allows its people everything.
      identityPolicies: [
        {
          name: 'home',
          policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
        },
      ],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: trust,
    },
    {},
  );
  return allows(simulated);
}
