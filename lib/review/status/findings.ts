import {
  type GetDetectorResponse,
  GetFindingsCommand as GetThreatsCommand,
  paginateListFindings,
} from '@aws-sdk/client-guardduty';
import { everyPage } from '../../environment/lambda/every-page.ts';
import {
  detectorOf,
  mediumThreat,
  openHubFindings,
  unlessOff,
  workingStandards,
} from '../../environment/notices/account-watch.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { designed, isMeant, minute, type Operated, type Question } from './question.ts';

/** As many as one call of GuardDuty describes. */
const described = 50;
const todo = ['docs/first-hour.md'] as const;

/** What GuardDuty saw and nobody has archived. */
export const threats: Question = {
  id: 'guardduty',
  title: 'GuardDuty',
  source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings.html',
  async ask(operated) {
    const { environment, aws } = operated;
    const client = aws.detectors(environment.region);
    const detector = await detectorOf(client);
    if (detector === undefined) {
      return [problem('GuardDuty', 'is not on', ['Switch it on, or deploy: detection.accountServices.'])];
    }
    if (detector.suspended) {
      return [
        problem('GuardDuty', 'is suspended: it sees nothing', [
          'Switch it on again, and find out who suspended it: docs/first-hour.md.',
          `aws guardduty update-detector --region ${environment.region} --detector-id ${detector.id} --enable`,
        ]),
      ];
    }
    const blind = missingFeatures(operated, detector);
    const FindingCriteria = { Criterion: { 'service.archived': { Equals: ['false'] } } };
    const ids = await everyPage(
      paginateListFindings(
        { client },
        {
          DetectorId: detector.id,
          FindingCriteria,
          SortCriteria: { AttributeName: 'severity', OrderBy: 'DESC' },
        },
      ),
      ({ FindingIds }) => FindingIds,
    );
    if (ids.length === 0) return blind.length > 0 ? blind : [ready('GuardDuty', 'no open finding')];
    const { Findings: worst = [] } = await client.send(
      new GetThreatsCommand({ DetectorId: detector.id, FindingIds: ids.slice(0, described) }),
    );
    const more = ids.length - worst.length;
    return [
      ...blind,
      ...worst.map(({ Title: title = '', Severity: severity = 0, UpdatedAt: seen = '' }): Answer => {
        const says = `${title} (severity ${severity}, ${seen})`;
        return severity >= mediumThreat ? problem('GuardDuty', says, todo) : look('GuardDuty', says, todo);
      }),
      ...(more > 0 ? [look('GuardDuty', `${more} more, none worse`, todo)] : []),
    ];
  },
};

/** What the templates let it watch, and somebody has switched off. */
function missingFeatures(
  operated: Operated,
  { Features: found = [] }: Pick<GetDetectorResponse, 'Features'>,
): Answer[] {
  const wanted = designed(operated, 'AWS::GuardDuty::Detector').flatMap(
    ({ properties }) => properties.Features as readonly { Name: string; Status: string }[],
  );
  const missing = wanted.filter(
    ({ Name, Status }) =>
      Status === 'ENABLED' && !found.some((each) => each.Name === Name && each.Status === 'ENABLED'),
  );
  if (missing.length === 0) return [];
  return [
    problem('GuardDuty', `does not watch ${missing.map(({ Name }) => Name).join(', ')}`, [
      'Switch it on again, and find out who switched it off: docs/first-hour.md.',
    ]),
  ];
}

/** What Security Hub holds open and by what it checks, where the account has it. What GuardDuty tells it is said already. */
export const hub: Question = {
  id: 'security-hub',
  title: 'Security Hub',
  source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html',
  async ask(operated) {
    const { environment, aws } = operated;
    const client = aws.hub(environment.region);
    const found = await unlessOff(() => everyPage(openHubFindings(client), ({ Findings }) => Findings));
    if (found === undefined) {
      return isMeant(operated, 'security-hub')
        ? [problem('Security Hub', 'is not on', ['Switch it on, or deploy: detection.accountServices.'])]
        : [ready('Security Hub', 'is not on in this account')];
    }
    const idle = await idleStandards(operated);
    if (found.length + idle.length === 0) {
      return [ready('Security Hub', 'no open finding of severity high or critical')];
    }
    return [
      ...idle,
      ...found.map(({ Title: title = '', Severity, UpdatedAt: seen }) =>
        problem(
          'Security Hub',
          `${title} (${Severity?.Label?.toLowerCase()}, ${seen ? minute(new Date(seen)) : 'at an unknown time'})`,
          todo,
        ),
      ),
    ];
  },
};

/** A hub without standards checks nothing: https://docs.aws.amazon.com/securityhub/latest/userguide/standards-view-manage.html */
async function idleStandards(operated: Operated): Promise<Answer[]> {
  if (!isMeant(operated, 'security-hub')) return [];
  const { environment, aws } = operated;
  const working = (await workingStandards(aws.hub(environment.region))) ?? 0;
  const wanted = Math.max(1, designed(operated, 'AWS::SecurityHub::Standard').length);
  if (working >= wanted) return [];
  return [
    problem('Security Hub', `checks by ${working} of ${wanted} standards`, [
      'Switch the standards on again in its console, or deploy; whoever switched them off: docs/first-hour.md.',
    ]),
  ];
}
