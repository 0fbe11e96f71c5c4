import {
  GetFindingsCommand as GetThreatsCommand,
  paginateListDetectors,
  paginateListFindings,
} from '@aws-sdk/client-guardduty';
import { paginateGetFindings } from '@aws-sdk/client-securityhub';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { minute, type Operated, type Question } from './question.ts';

/** From here on GuardDuty calls it medium. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const medium = 4;
/** As many as one call of GuardDuty describes. */
const described = 50;
const todo = ['docs/first-hour.md'] as const;

/** What GuardDuty saw and nobody has archived. */
export const threats: Question = {
  id: 'guardduty',
  title: 'GuardDuty',
  source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings.html',
  async ask({ environment, aws }) {
    const client = aws.detectors(environment.region);
    const [detector] = await everyPage(
      paginateListDetectors({ client }, {}),
      ({ DetectorIds }) => DetectorIds,
    );
    if (detector === undefined) {
      return [problem('GuardDuty', 'is not on', ['Switch it on, or deploy: detection.accountServices.'])];
    }
    const FindingCriteria = { Criterion: { 'service.archived': { Equals: ['false'] } } };
    const ids = await everyPage(
      paginateListFindings(
        { client },
        {
          DetectorId: detector,
          FindingCriteria,
          SortCriteria: { AttributeName: 'severity', OrderBy: 'DESC' },
        },
      ),
      ({ FindingIds }) => FindingIds,
    );
    if (ids.length === 0) return [ready('GuardDuty', 'no open finding')];
    const { Findings: worst = [] } = await client.send(
      new GetThreatsCommand({ DetectorId: detector, FindingIds: ids.slice(0, described) }),
    );
    const more = ids.length - worst.length;
    return [
      ...worst.map(({ Title: title = '', Severity: severity = 0, UpdatedAt: seen = '' }): Answer => {
        const says = `${title} (severity ${severity}, ${seen})`;
        return severity >= medium ? problem('GuardDuty', says, todo) : look('GuardDuty', says, todo);
      }),
      ...(more > 0 ? [look('GuardDuty', `${more} more, none worse`, todo)] : []),
    ];
  },
};

const names = (values: readonly string[]) =>
  values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

/** What Security Hub holds open, where the account has it. What GuardDuty tells it is said already. */
export const hub: Question = {
  id: 'security-hub',
  title: 'Security Hub',
  source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html',
  async ask(operated) {
    const found = await openFindings(operated);
    if (found === undefined) return [ready('Security Hub', 'is not on in this account')];
    if (found.length === 0) return [ready('Security Hub', 'no open finding of severity high or critical')];
    return found.map(({ Title: title = '', Severity, UpdatedAt: seen }) =>
      problem(
        'Security Hub',
        `${title} (${Severity?.Label?.toLowerCase()}, ${seen ? minute(new Date(seen)) : 'at an unknown time'})`,
        todo,
      ),
    );
  },
};

async function openFindings({ environment, aws }: Operated) {
  const pages = paginateGetFindings(
    { client: aws.hub(environment.region) },
    {
      Filters: {
        RecordState: names(['ACTIVE']),
        WorkflowStatus: names(['NEW', 'NOTIFIED']),
        SeverityLabel: names(['HIGH', 'CRITICAL']),
        ProductName: [{ Value: 'GuardDuty', Comparison: 'NOT_EQUALS' }],
      },
    },
  );
  try {
    return await everyPage(pages, ({ Findings }) => Findings);
  } catch (error) {
    // So it says of an account that has not switched it on.
    // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
    if ((error as Error).name === 'InvalidAccessException') return undefined;
    throw error;
  }
}
