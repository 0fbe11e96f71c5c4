import { type AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import {
  type ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
} from '@aws-sdk/client-config-service';
import {
  GetDetectorCommand,
  type GetDetectorResponse,
  type GuardDutyClient,
  paginateListDetectors,
} from '@aws-sdk/client-guardduty';
import { GetMacieSessionCommand, type Macie2Client } from '@aws-sdk/client-macie2';
import {
  paginateGetEnabledStandards,
  paginateGetFindings,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { everyPage } from '../lambda/every-page.ts';

/** From here on GuardDuty calls it medium. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
export const mediumThreat = 4;

/** What services that watch the account say of themselves: asked on Monday for the digest, and by `status`. */
export type Recorder =
  | { readonly state: 'none' | 'records' }
  | { readonly state: 'stopped'; readonly name: string | undefined; readonly since: Date | undefined }
  | { readonly state: 'failing'; readonly error: string };

/** https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorderStatus.html */
export async function recorderOf(client: ConfigServiceClient): Promise<Recorder> {
  const { ConfigurationRecordersStatus = [] } = await client.send(
    new DescribeConfigurationRecorderStatusCommand({}),
  );
  const [found] = ConfigurationRecordersStatus;
  if (!found) return { state: 'none' };
  if (!found.recording) return { state: 'stopped', name: found.name, since: found.lastStopTime };
  return found.lastStatus?.toLowerCase() === 'failure'
    ? { state: 'failing', error: `${found.lastErrorCode}: ${found.lastErrorMessage}` }
    : { state: 'records' };
}

/**
 * How many standards Security Hub checks against: without any it checks nothing.
 *
 * @returns undefined where it is not on
 */
export async function workingStandards(client: SecurityHubClient): Promise<number | undefined> {
  return unlessOff(async () => {
    const enabled = await everyPage(
      paginateGetEnabledStandards({ client }, {}),
      ({ StandardsSubscriptions }) => StandardsSubscriptions,
    );
    const idle: readonly (string | undefined)[] = ['FAILED', 'DELETING'];
    return enabled.filter(({ StandardsStatus }) => !idle.includes(StandardsStatus)).length;
  });
}

const names = (values: readonly string[]) =>
  values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

/** Open findings of severity high and critical, without what GuardDuty tells it, page by page. */
export function openHubFindings(client: SecurityHubClient): ReturnType<typeof paginateGetFindings> {
  return paginateGetFindings(
    { client, pageSize: 100 },
    {
      Filters: {
        RecordState: names(['ACTIVE']),
        WorkflowStatus: names(['NEW', 'NOTIFIED']),
        SeverityLabel: names(['HIGH', 'CRITICAL']),
        ProductName: [{ Value: 'GuardDuty', Comparison: 'NOT_EQUALS' }],
      },
    },
  );
}

/** @returns undefined where Security Hub is not on */
export async function unlessOff<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    // So it says of an account that has not switched it on.
    // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
    if ((error as Error).name === 'InvalidAccessException') return undefined;
    throw error;
  }
}

/**
 * The detector of this region, and what it watches.
 *
 * @returns undefined where GuardDuty is not on; `suspended` when it sees nothing.
 */
export async function detectorOf(
  client: GuardDutyClient,
): Promise<
  ({ readonly id: string; readonly suspended: boolean } & Pick<GetDetectorResponse, 'Features'>) | undefined
> {
  const [id] = await everyPage(paginateListDetectors({ client }, {}), ({ DetectorIds }) => DetectorIds);
  if (id === undefined) return undefined;
  const { Status, Features } = await client.send(new GetDetectorCommand({ DetectorId: id }));
  return { id, suspended: Status === 'DISABLED', Features };
}

export interface Analyzers {
  /** ARNs of those that work. */
  readonly active: readonly string[];
  /** State of one that does not, such as `DISABLED`. */
  readonly idle: string | undefined;
}

/** Analyzers that look for what is open to others: those of unused and of internal access do not. */
export async function analyzersOf(client: AccessAnalyzerClient): Promise<Analyzers> {
  const all = await everyPage(paginateListAnalyzers({ client }, {}), ({ analyzers }) => analyzers);
  const outward = all.filter(({ type }) => type === 'ACCOUNT' || type === 'ORGANIZATION');
  const isActive = ({ status }: (typeof outward)[number]) => status === 'ACTIVE';
  return {
    active: outward.filter(isActive).flatMap(({ arn }) => arn ?? []),
    idle: outward.find((each) => !isActive(each))?.status,
  };
}

/**
 * Whether Macie looks into buckets. An account that has not switched it on is told so by the message alone, with the error of
 * one who may not ask. https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
 */
export async function macieOf(client: Macie2Client): Promise<'on' | 'suspended' | 'off'> {
  try {
    const { status } = await client.send(new GetMacieSessionCommand({}));
    return status === 'ENABLED' ? 'on' : 'suspended';
  } catch (error) {
    if (!/macie is not enabled/i.test((error as Error).message)) throw error;
    return 'off';
  }
}
