import { z } from 'zod';

/** What an account has once per region. */
export const accountServices = ['guardduty', 'access-analyzer', 'security-hub', 'config', 'macie'] as const;

/** Standards of AWS Security Hub: AWS's own foundational best practices, and PCI DSS 4.0.1. */
export const hubStandards = ['fsbp', 'pci-dss'] as const;

export const detection = z.strictObject({
  existing: z
    .array(z.enum(accountServices))
    .default([])
    .describe(
      'Services of these that your organization or another app has turned on already, each by itself: they are not made a second time, and their findings reach you all the same. Default: none.',
    ),
  accountServices: z
    .enum(['create', 'existing'])
    .optional()
    .describe(
      'These services exist once per account and region. `existing` when your organization or another app has turned on all that this file asks for. Default: `create` in the first environment of each account and region, `existing` in the others.',
    ),
  config: z
    .boolean()
    .default(false)
    .describe(
      'AWS Config: records each change of the kinds of resources that its rules look at, and its rules ask every day whether what the templates promise still holds.',
    ),
  securityHub: z
    .strictObject({
      standards: z
        .array(z.enum(hubStandards))
        .min(1, 'name at least one standard, or Security Hub checks nothing')
        .default(['fsbp', 'pci-dss'])
        .describe('Standards it checks: AWS Foundational Security Best Practices, and PCI DSS 4.0.1.'),
    })
    .optional()
    .describe(
      'AWS Security Hub, which checks the whole account against standards. It brings the recorder of AWS Config, through which it looks. Default: none.',
    ),
});
