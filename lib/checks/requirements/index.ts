import type { Bilingual } from '../bilingual.ts';
import { advice } from './advice.ts';
import { cardGuideline } from './card-guideline.ts';
import { ipa } from './ipa.ts';
import { pciDss } from './pci-dss/index.ts';
import type { Requirement } from './requirement.ts';

export {
  type Findings,
  invariantsOf,
  type Requirement,
  rulesOf,
  type Status,
  statusOf,
} from './requirement.ts';

/** A standard or guideline; the ids of its requirements begin with its own. */
export interface Source {
  readonly id: string;
  readonly name: Bilingual;
  readonly requirements: readonly Requirement[];
}

export const sources: readonly Source[] = [
  {
    id: 'ADVICE',
    name: {
      en: 'Common advice: the three ways in which self-run shops are breached, and what they are told to do about it',
      ja: '一般的な助言: 自社運営のショップが破られる三つの経路と、その対策',
    },
    requirements: advice,
  },
  {
    id: 'IPA',
    name: {
      en: 'IPA, guideline for building and running EC sites securely (Japan, 2023)',
      ja: 'IPA「ECサイト構築・運用セキュリティガイドライン」(2023年)',
    },
    requirements: ipa,
  },
  {
    id: 'CARD',
    name: {
      en: 'Credit card security guideline 6.0 (Japan, 2025)',
      ja: '「クレジットカード・セキュリティガイドライン」6.0版 (2025年)',
    },
    requirements: cardGuideline,
  },
  {
    id: 'PCI',
    name: {
      en: 'PCI DSS 4.0.1 (2024): every section, and three requirements that shops are asked about most',
      ja: 'PCI DSS 4.0.1 (2024年): すべての節と、ショップがよく問われる三つの要件',
    },
    requirements: pciDss,
  },
];

/** One entry a requirement, in the order of the report. */
export const requirements: readonly Requirement[] = sources.flatMap((source) => source.requirements);
