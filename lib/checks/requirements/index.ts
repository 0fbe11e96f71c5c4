export { invariantsOf, type Requirement, type Status, statusOf } from './requirement.ts';
export { requirements } from './pci-dss.ts';
