/**
 * What a template must say about itself so that it can be checked without the code that made it: which data a
 * store holds, who may read it, which paths are administrative. Written as resource Metadata, which CloudFormation
 * carries and ignores. Readers are named by construct path, never by token: a token would tie the stacks together.
 */
export const declarationKeys = {
  environment: 'secure-shop:environment',
  dataClass: 'secure-shop:data-class',
  readers: 'secure-shop:readers',
  adminPaths: 'secure-shop:admin-paths',
  publicPaths: 'secure-shop:public-paths',
  guardedPaths: 'secure-shop:guarded-paths',
  refusedRequests: 'secure-shop:refused-requests',
  ruleGroups: 'secure-shop:rule-groups',
  countries: 'secure-shop:countries',
  allowedDomains: 'secure-shop:allowed-domains',
  movedFrom: 'secure-shop:moved-from',
  connectionRules: 'secure-shop:connection-rules',
  contractor: 'secure-shop:contractor',
  backupAccount: 'secure-shop:backup-account',
  exports: 'secure-shop:exports',
  closedScreens: 'secure-shop:closed-screens',
  person: 'secure-shop:person',
  smokeCheck: 'secure-shop:smoke-check',
  subscribers: 'secure-shop:subscribers',
  noRotation: 'secure-shop:no-rotation',
  promises: 'secure-shop:promises',
} as const;

export const dataClasses = ['customer-data', 'credentials', 'logs', 'images', 'public'] as const;
/** `public` is what anyone may see anyway; everything else has a key of its own. */
export type DataClass = (typeof dataClasses)[number];

/**
 * Metadata in which CDK keeps the `new` site of a resource. Where there are several, the last one counts: an aspect
 * that replaces a construct adds the site of the original.
 */
export const creationTrace = 'aws:cdk:creationStack';
/** Metadata in which an installed package keeps where it acknowledges what, by the ids of the findings. */
export const acknowledgedAt = 'secure-shop:acknowledged-at';
