import type { Finding } from '../finding.ts';
import type { Deployment } from '../model/deployment.ts';
import { choiceDemands } from './choices.ts';
import { databases } from './databases.ts';
import { type Demand, findingsOf } from './demand.ts';
import { edge } from './edge.ts';
import { functions } from './functions.ts';
import { iamSizes } from './iam-sizes.ts';
import { network } from './network.ts';
import { operations } from './operations.ts';
import { ordered } from './orders.ts';
import { parts } from './parts.ts';
import { places } from './places.ts';
import { policyDocuments } from './policy-documents.ts';
import { recordDemands } from './records.ts';
import { references } from './references.ts';
import { schedules } from './schedules.ts';
import { schema } from './schema.ts';
import { wellFormedTemplates } from './sections.ts';
import { stackNames, templateLimits } from './stack-limits.ts';
import { storefront } from './storefront.ts';
import { stores } from './stores.ts';
import { values } from './values.ts';

/** Everything that AWS demands of templates alone. Each has a line in docs/deploy-notes.md. */
export const demands: readonly Demand[] = [
  templateLimits,
  stackNames,
  wellFormedTemplates,
  references,
  schema,
  ...values,
  ...iamSizes,
  ...policyDocuments,
  ...network,
  ...storefront,
  ...edge,
  ...functions,
  ...stores,
  ...operations,
  ...choiceDemands,
  ordered,
  ...databases,
  ...recordDemands,
  ...parts,
  ...places,
  schedules,
];

export function unmetDemands(deployment: Deployment): Finding[] {
  return demands.flatMap((demand) => findingsOf(demand, deployment));
}
