import { z } from 'zod';

const dated = z.object({ what: z.string(), until: z.string() });

/** What the function knows from the config; all else it asks AWS. */
export const digestSettings = z.object({
  topicArn: z.string(),
  /** `<shop>-<environment>`. */
  environment: z.string(),
  language: z.enum(['en', 'ja']),
  timeZone: z.string(),
  region: z.string(),
  /** Metric names of the two web ACLs. */
  edgeAcl: z.string(),
  loadBalancerAcl: z.string(),
  vault: z.string(),
  /** Vaults that each daily backup is copied to. */
  copies: z.array(z.object({ where: z.enum(['region', 'account']), vaultArn: z.string() })),
  /** What watches the account, as far as the config asks for it or says that it is there. */
  watchers: z.object({
    config: z.boolean(),
    macie: z.boolean(),
    /** How many Security Hub checks against at least; 0 where it is not meant to be on. */
    standards: z.number(),
  }),
  pipeline: z.string(),
  /** Whether there is a host to patch. */
  hosts: z.boolean(),
  /** Whose restored backups are opened once a month. */
  tested: z.array(z.enum(['database', 'files'])),
  /** Names, in Secrets Manager. */
  secrets: z.array(z.string()),
  /** Hours after which one of them is overdue. */
  longestGapHours: z.number(),
  /** Log of VPN connections; undefined while there is no VPN. */
  connections: z.string().optional(),
  /** Log of what opens and shuts it. */
  door: z.string().optional(),
  /** Host names whose certificates are the environment's. */
  hostNames: z.array(z.string()),
  /** What the config lets end: exceptions, a contract. Dates such as `2027-03-31`, the last day. */
  ends: z.array(dated),
});

export type DigestSettings = z.infer<typeof digestSettings>;
