import { smallShop } from '../../support/shops.ts';
import { certificate, type ProblemCases, production, regions, shop, staging } from './broken-shops.ts';

export const account: ProblemCases = {
  'the monitor of cost anomalies': [
    [
      'of another account',
      production({
        budget: {
          anomalyMonitorArn: 'arn:aws:ce::999988887777:anomalymonitor/01234567-89ab-cdef-0123-456789abcdef',
        },
      }),
      [
        'environments.production.budget.anomalyMonitorArn: found an ARN of account 999988887777; the monitor must be of account 111122223333',
      ],
    ],
  ],
  'account and region': [
    [
      'an account id that is too short',
      production({ account: '12345' }),
      [
        'environments.production.account: found "12345"; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'an account id with dashes',
      production({ account: '1111-2222-3333' }),
      [
        'environments.production.account: found "1111-2222-3333"; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'an account id without quotes',
      production({ account: 111122223333 }),
      [
        'environments.production.account: found 111122223333 without quotes; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'a region that does not exist',
      production({ region: 'ap-northeast-9' }),
      [
        `environments.production.region: found "ap-northeast-9"; did you mean "ap-northeast-1"? Write one of ${regions}`,
      ],
    ],
    [
      'a city for a region',
      production({ region: 'tokyo' }),
      [`environments.production.region: found "tokyo"; write one of ${regions}`],
    ],
    [
      'a region CloudFront delivers no logs to',
      production({ region: 'ap-east-1' }),
      [
        `environments.production.region: found "ap-east-1"; CloudFront delivers no access logs to that region, so the shop cannot run there; write one of ${regions}`,
      ],
    ],
    [
      'a region of another partition',
      production({ region: 'cn-north-1' }),
      [
        `environments.production.region: found "cn-north-1"; the shop can only run in AWS's commercial regions; write one of ${regions}`,
      ],
    ],
    [
      'a region with too few zones',
      production({ region: 'us-west-1' }),
      [
        'environments.production.region: found "us-west-1"; us-west-1 has only two zones for new accounts; write "us-west-2"',
      ],
    ],
    [
      'a zone for a region',
      production({ region: 'ap-northeast-1a' }),
      [
        'environments.production.region: found "ap-northeast-1a"; this is an availability zone; write its region, "ap-northeast-1"',
      ],
    ],
    [
      'a zone of another region',
      production({ network: { availabilityZones: ['ap-northeast-1a', 'us-east-1a'] } }),
      [
        'environments.production.network.availabilityZones[1]: found "us-east-1a"; write a zone of ap-northeast-1: "ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1c" or "ap-northeast-1d"',
      ],
    ],
    [
      'one zone',
      production({ network: { availabilityZones: ['ap-northeast-1a'] } }),
      ['environments.production.network.availabilityZones: found one entry; name at least two zones'],
    ],
    [
      'two zones where the tier needs three',
      production({
        tier: 'high-availability',
        network: { availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'] },
      }),
      [
        'environments.production.network.availabilityZones: found 2 zones; tier "high-availability" needs three: write three or remove the list',
      ],
    ],
    [
      'certificates of another region or account',
      production({
        certificates: {
          edgeArn: certificate('ap-northeast-1', '111122223333'),
          loadBalancerArn: certificate('us-east-1', '999922223333'),
        },
      }),
      [
        "environments.production.certificates.edgeArn: found an ARN of region ap-northeast-1; CloudFront's certificate must be of region us-east-1",
        "environments.production.certificates.loadBalancerArn: found an ARN of region us-east-1 and account 999922223333; the load balancer's certificate must be of region ap-northeast-1 and account 111122223333",
      ],
    ],
    [
      'a VPN certificate and a SAML provider of another account',
      production({
        admin: {
          vpn: {
            certificateArn: certificate('ap-northeast-1', '999922223333'),
            samlProviderArn: 'arn:aws:iam::999922223333:saml-provider/Staff',
          },
        },
      }),
      [
        "environments.production.admin.vpn.certificateArn: found an ARN of account 999922223333; the VPN server's certificate must be of account 111122223333",
        'environments.production.admin.vpn.samlProviderArn: found an ARN of account 999922223333; the SAML provider must be of account 111122223333',
      ],
    ],
    [
      'an ARN that is none',
      production({ certificates: { edgeArn: 'my-certificate' } }),
      [
        'environments.production.certificates.edgeArn: found "my-certificate"; write the ARN of an ACM certificate, such as "arn:aws:acm:ap-northeast-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"',
      ],
    ],
    [
      'services of the account created twice',
      staging({ detection: { accountServices: 'create' } }),
      [
        'environments.staging.detection.accountServices: found "create", but environments.production creates them in account 111122223333, region ap-northeast-1 already; write "existing" or remove it',
      ],
    ],
    [
      'a service of the account asked for where another environment makes them',
      staging({ detection: { config: true, securityHub: {} } }),
      [
        "environments.staging.detection.config: found a service that environments.production would have to make for account 111122223333, region ap-northeast-1; write it there, or accountServices: 'existing' here when the account has it already",
        "environments.staging.detection.securityHub: found a service that environments.production would have to make for account 111122223333, region ap-northeast-1; write it there, or accountServices: 'existing' here when the account has it already",
      ],
    ],
    [
      'a Security Hub that checks nothing',
      production({ detection: { securityHub: { standards: [] } } }),
      [
        'environments.production.detection.securityHub.standards: found none; name at least one standard, or Security Hub checks nothing',
      ],
    ],
    [
      'a disposable production',
      production({ disposable: true }),
      [
        'environments.production.disposable: found true in "production"; a production environment keeps its data: remove it, or name the environment "staging"',
      ],
    ],
    [
      'a disposable production by another name',
      shop({
        environments: {
          production: undefined,
          'shop-prod': { ...smallShop().environments.production, disposable: true },
        },
      }),
      [
        'environments.shop-prod.disposable: found true in "shop-prod"; a production environment keeps its data: remove it, or name the environment "staging"',
      ],
    ],
  ],
};
