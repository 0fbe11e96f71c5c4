import { z } from 'zod';
import { allowedDomain, cidr } from './texts.ts';

export const network = z.strictObject({
  cidr: cidr.default('10.20.0.0/16').describe('Private addresses of the VPC, /16 to /22.'),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'write a zone such as "ap-northeast-1a"'))
    .min(2, 'name at least two zones')
    .max(3, 'name at most three zones')
    .optional()
    .describe(
      'Zones of the VPC, in the order of their use: the first two, in tier `high-availability` all three; in tier `starter` tasks and functions run in the first alone. The VPC has subnets in three zones in any case, so that the tier can change. Default: the first zones of the region.',
    ),
  peerCidrs: z.array(cidr).default([]).describe('Networks that may be connected later and must not overlap.'),
  allowedDomains: z
    .array(allowedDomain)
    .default([])
    .describe(
      'Domains the shop may reach besides those of its platform and payment provider. DNS Firewall blocks the rest.',
    ),
});
