import { type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { serverCertificateWarningDays } from '../../environment/admin/periods.ts';
import { isoDate } from '../../environment/admin/vpn/dates.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { ownResources } from './own-resources.ts';
import { daysSince, type Question } from './question.ts';

/** ACM begins to renew its own 60 days before, and should be done long before this. */
const leastDays = 30;

/** When each certificate ends, and whether ACM can renew it. */
export const certificates: Question = {
  id: 'certificates',
  title: 'Certificates',
  source: 'https://docs.aws.amazon.com/acm/latest/userguide/check-certificate-renewal-status.html',
  async ask(operated) {
    const { environment, aws, now } = operated;
    const made = await ownResources(operated, 'AWS::CertificateManager::Certificate');
    const { edgeArn, loadBalancerArn, adminArn } = environment.certificates;
    const brought = [edgeArn, loadBalancerArn, adminArn, environment.admin.vpn.certificateArn].filter(
      (arn) => arn !== undefined,
    );
    const all = new Map(made.map(({ id, region }) => [id, region]));
    for (const arn of brought) all.set(arn, arn.split(':')[3] ?? environment.region);
    return Promise.all(
      [...all].map(async ([arn, region]) => {
        const client = aws.certificates(region);
        const { Certificate: found = {} } = await client.send(
          new DescribeCertificateCommand({ CertificateArn: arn }),
        );
        return judge(found, now);
      }),
    );
  },
};

function judge(found: CertificateDetail, now: Date): Answer {
  const { DomainName: name = '', Type: type, Status: status, NotAfter: end, RenewalSummary } = found;
  const about = `certificate ${name}`;
  if (status !== 'ISSUED' || !end) {
    return problem(about, `is ${(status ?? 'unknown').toLowerCase().replaceAll('_', ' ')}`, [
      'docs/deploy-notes.md, "certificate"',
    ]);
  }
  const left = Math.floor(-daysSince(end, now));
  const says = `ends on ${isoDate(end)}`;
  const imported = type === 'IMPORTED';
  const least = imported ? serverCertificateWarningDays : leastDays;
  const todo = imported
    ? 'Renew it: docs/runbooks/vpn.md'
    : 'The DNS records that prove the domain must stand.';
  if (left < least) return problem(about, `${says}, in ${left} days`, [todo]);
  if (RenewalSummary?.RenewalStatus === 'FAILED' || RenewalSummary?.RenewalStatus === 'PENDING_VALIDATION') {
    return look(about, `${says}; ACM could not renew it yet (${RenewalSummary.RenewalStatus})`, [todo]);
  }
  return ready(about, says);
}
