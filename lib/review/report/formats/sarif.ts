import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Weight } from '../../../checks/guidance/guidance.ts';
import { rulePage } from '../../../checks/guidance/index.ts';
import type { Outcome, ResourceRef, Row, RuleRef, SourceLocation } from '../../../checks/recorder/row.ts';
import { packageHomepage, packageVersion } from '../../../cli/package-root.ts';
import { wrong } from '../causes.ts';
import { shownFile } from '../locations.ts';
import { requirementsOf } from '../requirements.ts';
import type { Review } from '../review.ts';
import { weightOf } from '../statement.ts';

/** GitHub refuses a file with more results. https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const mostResults = 25_000;

/** What is reported; where it is too much, the first of these are kept. */
const reportedOutcomes: readonly Outcome[] = ['non-compliant', 'error', 'undecided', 'acknowledged'];

/**
 * `findings.sarif`: SARIF 2.1.0, as code scanning takes it. Open findings are results; acknowledged ones are results
 * with a suppression, which GitHub does not know: take them out before an upload, or they show as open (docs/review.md).
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsSarif({ rows, source, stacks }: Review): string {
  const all = reportedOutcomes.flatMap((outcome) => rows.filter((row) => row.outcome === outcome));
  const kept = new Set(all.slice(0, mostResults));
  const reported = rows.filter((row) => kept.has(row));
  const files = new Map(stacks.map(({ environment, name, file }) => [stackKey(environment, name), file]));
  const rules = [...new Map(reported.map(({ rule }) => [rule.id, rule])).values()];
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'secure-shop',
              version: packageVersion,
              ...(packageHomepage && { informationUri: packageHomepage }),
              rules: rules.map(reportingDescriptor),
            },
          },
          originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(process.cwd()).href}/` } },
          properties: { source },
          invocations: [
            {
              executionSuccessful: true,
              ...(all.length > reported.length && {
                toolExecutionNotifications: [
                  {
                    level: 'warning',
                    message: { text: `${all.length - reported.length} more results are in rows.json` },
                  },
                ],
              }),
            },
          ],
          results: reported.map((row) => {
            const { environment, stack } = row.resource;
            const template = files.get(stackKey(environment, stack));
            return result(row, ruleIndexes.get(row.rule.id) ?? 0, template);
          }),
        },
      ],
    },
    undefined,
    1,
  );
}

/** As code scanning ranks them: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const securitySeverities: Readonly<Record<Weight, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};

function reportingDescriptor(rule: RuleRef) {
  const { id, pack, severity, info, explanation, guidance } = rule;
  return {
    id,
    shortDescription: { text: info || id },
    fullDescription: { text: explanation || info || id },
    // Code scanning shows this beside an alert, and asks for it.
    help: {
      text:
        [info, explanation, guidance?.remedy.en, guidance && rulePage(id)].filter(Boolean).join('\n\n') || id,
    },
    defaultConfiguration: { level: severity },
    properties: {
      tags: ['security', pack, ...requirementsOf(id)],
      'security-severity': securitySeverities[weightOf(rule)],
    },
  };
}

function result(row: Row, ruleIndex: number, template: string | undefined) {
  const { rule, finding, resource, outcome, reason, change, acknowledgement } = row;
  const said = outcome === 'error' ? `The rule threw: ${reason}` : wrong(row);
  // Code scanning refuses a file in which one result has a place that is in no file.
  const [
    innermost = template === undefined ? undefined : { file: resolve(template), line: 1, column: 1 },
    ...callers
  ] = change
    ? [change.at, ...resource.sources.filter((source) => !isSame(source, change.at))]
    : resource.sources;
  return {
    ruleId: rule.id,
    ruleIndex,
    level: outcome === 'undecided' ? 'note' : rule.severity,
    message: { text: `${finding}: ${said} (${resource.stack} ${resource.logicalId || resource.path})` },
    locations: innermost
      ? [{ physicalLocation: physicalLocation(innermost), logicalLocations: [logicalLocation(resource)] }]
      : [],
    ...(callers.length > 0 && {
      relatedLocations: callers.map((caller, index) => ({
        id: index + 1,
        message: { text: change && index === 0 ? 'made here' : 'called from here' },
        physicalLocation: physicalLocation(caller),
      })),
    }),
    partialFingerprints: {
      'findingOnResource/v1': [
        finding,
        resource.environment,
        resource.stack,
        resource.logicalId || resource.path,
      ].join('|'),
    },
    ...(acknowledgement &&
      outcome === 'acknowledged' && {
        suppressions: [
          {
            kind: acknowledgement.source ? 'inSource' : 'external',
            status: 'accepted',
            justification: acknowledgement.reason,
            ...(acknowledgement.source && {
              location: { physicalLocation: physicalLocation(acknowledgement.source) },
            }),
          },
        ],
      }),
    properties: { outcome, pack: rule.pack, stack: resource.stack, type: resource.type },
  };
}

function isSame(one: SourceLocation, other: SourceLocation): boolean {
  return one.file === other.file && one.line === other.line;
}

function stackKey(environment: string, stack: string): string {
  return JSON.stringify([environment, stack]);
}

function physicalLocation({ file, line, column }: SourceLocation) {
  const shown = shownFile(file);
  const inside = shown !== file.replaceAll('\\', '/');
  return {
    artifactLocation: inside
      ? { uri: shown.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' }
      : { uri: pathToFileURL(file).href },
    region: { startLine: Math.max(line, 1), startColumn: Math.max(column, 1) },
  };
}

function logicalLocation({ path, stack, logicalId, type }: ResourceRef) {
  return {
    name: logicalId || path,
    fullyQualifiedName: stack ? `${stack}/${logicalId || path}` : path,
    kind: type || 'construct',
  };
}
