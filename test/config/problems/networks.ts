import { type ProblemCases, production } from './broken-shops.ts';

export const networks: ProblemCases = {
  networks: [
    [
      'a public VPC',
      production({ network: { cidr: '8.8.0.0/16' } }),
      [
        'environments.production.network.cidr: found "8.8.0.0/16", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    [
      'a VPC that is too small',
      production({ network: { cidr: '10.0.0.0/24' } }),
      [
        'environments.production.network.cidr: found "10.0.0.0/24", which is too small; write a block from /16 to /22, such as "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC that is too large',
      production({ network: { cidr: '10.0.0.0/8' } }),
      [
        'environments.production.network.cidr: found "10.0.0.0/8", which is too large; write a block from /16 to /22, such as "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC where AWS services have addresses of their own',
      production({ network: { cidr: '172.17.0.0/16' } }),
      [
        'environments.production.network.cidr: found "172.17.0.0/16", which overlaps 172.17.0.0/16, a range that AWS services use themselves; write "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC whose address is not the first of its block',
      production({ network: { cidr: '10.20.30.0/16' } }),
      [
        'environments.production.network.cidr: found "10.20.30.0/16"; write an IPv4 block such as "10.20.0.0/16" whose address is the first of the block',
      ],
    ],
    [
      'VPN clients inside the VPC',
      production({ admin: { vpn: { clientCidr: '10.20.0.0/22' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "10.20.0.0/22", which overlaps "10.20.0.0/16" in environments.production.network.cidr; write a block apart from it',
      ],
    ],
    [
      'too few addresses for VPN clients',
      production({ admin: { vpn: { clientCidr: '10.250.0.0/24' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "10.250.0.0/24", which is too small; write a block from /12 to /22, such as "10.250.0.0/22"',
      ],
    ],
    [
      'public addresses for VPN clients',
      production({ admin: { vpn: { clientCidr: '100.64.0.0/16' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "100.64.0.0/16", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    [
      'peers that overlap or are public',
      production({
        network: {
          peerCidrs: ['10.20.128.0/20', '10.250.0.0/16', '203.0.113.0/24', '10.251.0.0/16', '10.251.4.0/24'],
        },
      }),
      [
        'environments.production.network.peerCidrs[2]: found "203.0.113.0/24", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
        'environments.production.network.peerCidrs[0]: found "10.20.128.0/20", which overlaps "10.20.0.0/16" in environments.production.network.cidr; write a block apart from it',
        'environments.production.network.peerCidrs[1]: found "10.250.0.0/16", which overlaps "10.250.0.0/22" in environments.production.admin.vpn.clientCidr; write a block apart from it',
        'environments.production.network.peerCidrs[4]: found "10.251.4.0/24", which overlaps "10.251.0.0/16" in environments.production.network.peerCidrs[3]; write a block apart from it',
      ],
    ],
    [
      'allowed domains that let anybody in',
      production({
        network: { allowedDomains: ['*', '*.com', '*.co.jp', 'http://x.com', '*.amazonaws.com', '10.0.0.1'] },
      }),
      [
        'environments.production.network.allowedDomains[0]: found "*"; write a domain name such as "api.example.com" or "*.example.com"',
        'environments.production.network.allowedDomains[1]: found "*.com"; write a domain name such as "api.example.com" or "*.example.com"',
        'environments.production.network.allowedDomains[2]: found "*.co.jp"; anyone can have a name there; write the names the shop needs, without "*"',
        'environments.production.network.allowedDomains[3]: found "http://x.com"; it begins with a scheme; write "x.com"',
        'environments.production.network.allowedDomains[4]: found "*.amazonaws.com"; anyone can have a name there; write the names the shop needs, without "*"',
        'environments.production.network.allowedDomains[5]: found "10.0.0.1"; write a domain name such as "api.example.com" or "*.example.com"',
      ],
    ],
  ],
};
