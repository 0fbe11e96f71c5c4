import type { Requirement } from '../requirement.ts';
import { accessControl } from './access.ts';
import { accountData } from './account-data.ts';
import { monitoring } from './monitoring.ts';
import { networkSecurity } from './network.ts';
import { policy } from './policy.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/**
 * PCI DSS 4.0.1: each of its 63 sections, in words of our own, and the three requirements below them that shops are asked
 * about most. The sections are those of the standard's own headings, and the files its six goals.
 * https://www.pcisecuritystandards.org/document_library/ (PCI DSS v4.0.1, June 2024)
 */
export const pciDss: readonly Requirement[] = [
  ...networkSecurity,
  ...accountData,
  ...vulnerabilities,
  ...accessControl,
  ...monitoring,
  ...policy,
];
