/**
 * What a team can take into a CDK app of its own: single constructs, without the stacks around them.
 */

export {
  checkTemplates,
  type EnvironmentReview,
  type EnvironmentRow,
  type TemplateError,
  type TemplateInput,
} from './checks/check-templates.ts';
export { SecureShopChecks } from './checks/secure-shop-checks.ts';
export { defineShop, type ShopInput } from './config/index.ts';
export {
  declareAdminPaths,
  declareAllowedDomains,
  declareBackupAccount,
  declareClosedScreens,
  declareConnectionRules,
  declareContractor,
  declareCountries,
  declareDataClass,
  declareEnvironment,
  declareExports,
  declareGuardedPaths,
  declareMovedFrom,
  declareNoRotation,
  declarePerson,
  declareReader,
  declareRefusedRequests,
  declareRuleGroups,
  declareSmokeCheck,
  declareSubscribers,
} from './declarations/declare.ts';
export { declarePromises } from './declarations/promises.ts';
export {
  RotatedCredential,
  type RotatedCredentialProps,
  type RotatedDatabase,
} from './environment/credentials/rotated-credential.ts';
export { ManagedPolicies } from './environment/iam/managed-policies.ts';
