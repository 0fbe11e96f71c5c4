import type { Outcome, Row } from '../../../checks/recorder/row.ts';
import { packageVersion } from '../../../cli/package-root.ts';
import { shownLocation, shownResource } from '../locations.ts';
import { placeOf } from '../places.ts';
import { requirementsOf } from '../requirements.ts';
import type { Review } from '../review.ts';
import { statementOf, weightOf } from '../statement.ts';
import { nameUuid } from './name-uuid.ts';

/** Numbers of the schema: https://schema.ocsf.io/1.5.0/classes/detection_finding */
const findingsCategory = 2;
const detectionFinding = 2004;
const create = 1;
const severities = {
  critical: { id: 5, name: 'Critical' },
  high: { id: 4, name: 'High' },
  medium: { id: 3, name: 'Medium' },
  low: { id: 2, name: 'Low' },
} as const;
const statuses: Partial<Record<Outcome, { readonly id: number; readonly name: string }>> = {
  'non-compliant': { id: 1, name: 'New' },
  error: { id: 1, name: 'New' },
  undecided: { id: 0, name: 'Unknown' },
  acknowledged: { id: 3, name: 'Suppressed' },
};

/**
 * `findings.ocsf.json`: detection findings of OCSF 1.5.0, as Security Hub and lakes of security data take them. A finding
 * that somebody accepted is suppressed; what cannot be decided has an unknown status. What holds is left out.
 */
export function findingsOcsf({ rows, generated, stacks }: Review): string {
  const regions = new Map(stacks.map(({ environment, name, region }) => [`${environment} ${name}`, region]));
  const findings = rows.flatMap((row) => {
    const status = statuses[row.outcome];
    if (!status) return [];
    const region = regions.get(`${row.resource.environment} ${row.resource.stack}`);
    return [finding(row, status, generated.getTime(), region)];
  });
  return JSON.stringify(findings, undefined, 1);
}

function finding(
  row: Row,
  status: { readonly id: number; readonly name: string },
  time: number,
  region: string | undefined,
) {
  const { rule, resource, outcome, reason } = row;
  const severity = severities[weightOf(rule)];
  const source = placeOf(row);
  return {
    category_uid: findingsCategory,
    category_name: 'Findings',
    class_uid: detectionFinding,
    class_name: 'Detection Finding',
    activity_id: create,
    activity_name: 'Create',
    type_uid: detectionFinding * 100 + create,
    type_name: 'Detection Finding: Create',
    time,
    metadata: {
      version: '1.5.0',
      event_code: row.finding,
      product: { name: 'secure-shop', vendor_name: 'secure-shop', version: packageVersion },
    },
    severity_id: severity.id,
    severity: severity.name,
    status_id: status.id,
    status: status.name,
    status_code: outcome,
    status_detail: reason ?? statementOf(rule),
    message: statementOf(rule),
    ...(rule.guidance && { remediation: { desc: rule.guidance.remedy.en } }),
    finding_info: {
      uid: nameUuid(row.finding, resource.environment, resource.path),
      title: row.finding,
      desc: statementOf(rule),
      types: ['Software and Configuration Checks', ...requirementsOf(rule.id)],
      analytic: { uid: rule.id, name: rule.pack, type_id: 1, type: 'Rule' },
    },
    resources: [
      {
        uid: shownResource(resource),
        name: resource.logicalId || shownResource(resource),
        type: resource.type,
        namespace: resource.stack,
        ...(source && { labels: [`source:${shownLocation(source)}`] }),
        ...(region && { data: { region } }),
      },
    ],
  };
}
