import { advice } from './advice.ts';
import { cardGuideline } from './card-guideline.ts';
import { ipa } from './ipa.ts';
import { pciDss } from './pci-dss.ts';
import type { Requirement } from './requirement.ts';

export { invariantsOf, type Requirement, type Status, statusOf } from './requirement.ts';

/** One entry a requirement, in the order of the report; "met" says that nothing of it is left to anyone else. */
export const requirements: readonly Requirement[] = [...advice, ...ipa, ...cardGuideline, ...pciDss];
