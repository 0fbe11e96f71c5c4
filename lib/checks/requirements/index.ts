export { invariantsOf, type Requirement, type Status, statusOf } from './requirement.ts';
export { requirements } from './requirements.ts';
