import {
  type CertificateDetail,
  DescribeCertificateCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import type { Environment } from '../../../config/index.ts';
import { type Answer, type Check, problem, ready } from '../../account/check.ts';

/** ACM renews its own 60 days before; one that was imported must be there long enough to make another. */
const leastDays = 30;
const day = 86_400_000;

/** Certificates that the config brings along are there, issued, of the shop's names, and last. */
export const certificates: Check = {
  id: 'certificates',
  title: 'Certificates of the config',
  source:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
  ask: ({ environment, aws, now }) =>
    Promise.all(
      brought(environment).map(async ({ setting, arn, hosts }) => {
        const about = `certificates.${setting}`;
        try {
          const { Certificate: found = {} } = await aws
            .certificates(arn.split(':')[3] ?? environment.region)
            .send(new DescribeCertificateCommand({ CertificateArn: arn }));
          return judge(about, found, hosts, now);
        } catch (error) {
          if (!(error instanceof ResourceNotFoundException)) throw error;
          return problem(about, `${arn} does not exist`, [
            'Correct it, or leave it out: the deploy then makes a certificate.',
          ]);
        }
      }),
    ),
};

function brought({ certificates: { edgeArn, loadBalancerArn, adminArn }, hosts, admin }: Environment) {
  return [
    { setting: 'edgeArn', arn: edgeArn, hosts },
    { setting: 'loadBalancerArn', arn: loadBalancerArn, hosts },
    { setting: 'adminArn', arn: adminArn, hosts: [admin.host] },
  ].flatMap(({ arn, ...rest }) => (arn === undefined ? [] : [{ ...rest, arn }]));
}

function judge(about: string, found: CertificateDetail, hosts: readonly string[], now: Date): Answer {
  if (found.Status !== 'ISSUED') {
    return problem(about, `is not issued (${found.Status})`, [
      'Prove the domain: ACM names the DNS record; minutes to an hour. Or leave it out: the deploy then makes one.',
    ]);
  }
  const names = [found.DomainName ?? '', ...(found.SubjectAlternativeNames ?? [])];
  const missing = hosts.filter((host) => !names.some((name) => covers(name, host)));
  if (missing.length > 0) {
    return problem(about, `does not hold ${missing.join(', ')}`, [
      'Name a certificate that does, or leave it out: the deploy then makes one.',
    ]);
  }
  const days = Math.floor(((found.NotAfter?.getTime() ?? 0) - now.getTime()) / day);
  return days >= leastDays
    ? ready(about, `holds every name and ends in ${days} days`)
    : problem(about, days < 0 ? 'has ended' : `ends in ${days} days`, [
        'Make another one, and name it in the config.',
      ]);
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  return name.startsWith('*.') ? host.slice(host.indexOf('.') + 1) === name.slice(2) : name === host;
}
