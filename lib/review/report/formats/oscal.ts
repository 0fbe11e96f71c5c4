import type { Row } from '../../../checks/recorder/row.ts';
import type { Status } from '../../../checks/requirements/index.ts';
import { packageVersion } from '../../../cli/package-root.ts';
import type { RequirementStatus } from '../requirements.ts';
import type { Review } from '../review.ts';
import { statementOf } from '../statement.ts';
import { nameUuid } from './name-uuid.ts';

/** Whether a requirement is satisfied, in the words of OSCAL. Only what is wholly met is. */
const states: Readonly<Record<Status, { readonly state: string; readonly reason: string }>> = {
  met: { state: 'satisfied', reason: 'pass' },
  partly: { state: 'not-satisfied', reason: 'other' },
  acknowledged: { state: 'not-satisfied', reason: 'other' },
  not: { state: 'not-satisfied', reason: 'fail' },
  aws: { state: 'not-satisfied', reason: 'other' },
  yours: { state: 'not-satisfied', reason: 'other' },
};

/**
 * `assessment-results.oscal.json`: OSCAL 1.1.3 assessment results, a finding for each requirement and an observation for each
 * rule that was looked at.
 *
 * https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-reference/
 */
export function assessmentResultsOscal(review: Review): string {
  const { title, source, generated, sources } = review;
  const at = generated.toISOString();
  const plan = nameUuid('assessment plan');
  const observed = observations(review);
  return JSON.stringify(
    {
      'assessment-results': {
        uuid: nameUuid('assessment results', title, at),
        metadata: {
          title: `Security review: ${title}`,
          'last-modified': at,
          version: packageVersion,
          'oscal-version': '1.1.3',
        },
        'import-ap': { href: `#${plan}` },
        results: [
          {
            uuid: nameUuid('result', title, at),
            title: `Security review: ${title}`,
            description: `secure-shop review of ${source}: the synthesized templates, not what runs in AWS.`,
            start: at,
            end: at,
            'reviewed-controls': { 'control-selections': [{ 'include-all': {} }] },
            ...(observed.length > 0 && { observations: observed }),
            ...(sources.length > 0 && {
              findings: sources.flatMap(({ name, requirements }) =>
                requirements.map((requirement) => finding(requirement, name.en, observed)),
              ),
            }),
          },
        ],
        'back-matter': {
          resources: [{ uuid: plan, title: 'What secure-shop review checks: docs/checks.md' }],
        },
      },
    },
    undefined,
    1,
  );
}

type Observation = ReturnType<typeof observation>;

function observations({ rows, generated }: Review): Observation[] {
  const byRule = new Map<string, Row[]>();
  for (const row of rows) byRule.set(row.finding, [...(byRule.get(row.finding) ?? []), row]);
  return [...byRule].map(([rule, its]) => observation(rule, its, generated.toISOString()));
}

function observation(rule: string, rows: readonly Row[], collected: string) {
  const [first] = rows;
  const outcomes = [...new Set(rows.map(({ outcome }) => outcome))];
  return {
    uuid: nameUuid('observation', rule),
    title: rule,
    description: first ? statementOf(first.rule) : rule,
    methods: ['TEST'],
    types: ['finding'],
    props: outcomes.map((name) => ({
      name,
      ns: 'https://secure-shop.invalid/oscal',
      value: String(rows.filter(({ outcome }) => outcome === name).length),
    })),
    'relevant-evidence': [{ href: 'rows.json', description: 'Every resource that the rule looked at.' }],
    collected,
  };
}

function finding(
  { id, text, status, stays, rules }: RequirementStatus,
  source: string,
  observed: readonly Observation[],
) {
  const related = observed.filter(({ title }) => rules.includes(title));
  return {
    uuid: nameUuid('finding', id),
    title: id,
    description: `${text.en} (${source})`,
    target: {
      type: 'objective-id',
      'target-id': id.toLowerCase(),
      status: { ...states[status], remarks: [status, stays.en].filter(Boolean).join(': ') },
    },
    ...(related.length > 0 && {
      'related-observations': related.map(({ uuid }) => ({ 'observation-uuid': uuid })),
    }),
  };
}
