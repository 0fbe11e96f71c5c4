import { matchesEvent, type SampleEvent } from '../../model/event-patterns.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { text } from '../../model/values.ts';
import { refersTo } from '../functions.ts';
import { isRunFrom } from '../pat1/run-from.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';
import { acts, runs, tells } from './hands-on.ts';

interface Heard {
  readonly what: string;
  /** Who can act on it: a person, or code at once. @default either */
  readonly by?: 'person' | 'code';
  /** An event of the kind that has to be heard, as the service sends it. */
  readonly events: (resource: Resource, graph: EnvironmentGraph) => readonly SampleEvent[];
}

/** Calls after which the DNS firewall may answer more names than before. */
const firewallCalls = [
  'UpdateFirewallConfig',
  'UpdateFirewallDomains',
  'ImportFirewallDomains',
  'CreateFirewallRule',
  'UpdateFirewallRule',
  'DeleteFirewallRule',
  'UpdateFirewallRuleGroupAssociation',
  'DisassociateFirewallRuleGroup',
];

/** What has to be heard of each kind of resource. */
const heard: Readonly<Record<string, Heard>> = {
  'AWS::AccessAnalyzer::Analyzer': {
    what: 'a resource opened to others',
    by: 'person',
    events: () => [
      {
        source: 'aws.access-analyzer',
        'detail-type': 'Access Analyzer Finding',
        detail: { status: 'ACTIVE' },
      },
    ],
  },
  'AWS::CodePipeline::Pipeline': {
    what: 'a run that failed',
    events: (pipeline) => [
      {
        source: 'aws.codepipeline',
        'detail-type': 'CodePipeline Pipeline Execution State Change',
        detail: { pipeline, state: 'FAILED' },
      },
    ],
  },
  'AWS::Config::ConfigRule': {
    what: 'a rule that no longer holds',
    events: () => [
      {
        source: 'aws.config',
        'detail-type': 'Config Rules Compliance Change',
        detail: {
          messageType: 'ComplianceChangeNotification',
          configRuleName: 'PromisesDAT2-A1B2C3D4E5F6',
          newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
        },
      },
    ],
  },
  'AWS::ECR::Repository': {
    what: 'a vulnerability found later',
    by: 'code',
    events: (repositoryName, graph) =>
      isPushedOnly(repositoryName, graph)
        ? []
        : [
            {
              source: 'aws.inspector2',
              'detail-type': 'Inspector2 Finding',
              detail: {
                severity: 'CRITICAL',
                status: 'ACTIVE',
                resources: { details: { awsEcrContainerImage: { repositoryName } } },
              },
            },
          ],
  },
  'AWS::ECS::Service': {
    what: 'a task that starts',
    events: ({ properties }, graph) => {
      const clusterArn = graph.target(properties.Cluster, 'AWS::ECS::Cluster');
      const name = text(properties.ServiceName);
      return [
        {
          source: 'aws.ecs',
          'detail-type': 'ECS Task State Change',
          detail: {
            lastStatus: 'RUNNING',
            desiredStatus: 'RUNNING',
            ...(clusterArn && { clusterArn }),
            ...(name !== undefined && { group: `service:${name}` }),
          },
        },
      ];
    },
  },
  'AWS::GuardDuty::Detector': {
    what: 'a threat',
    by: 'person',
    events: () => [{ source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: { severity: 7 } }],
  },
  'AWS::Route53Resolver::FirewallRuleGroup': {
    what: 'a change that opens the DNS firewall',
    events: () =>
      firewallCalls.map((eventName) => ({
        source: 'aws.route53resolver',
        'detail-type': 'AWS API Call via CloudTrail',
        detail: { eventName },
      })),
  },
  'AWS::SecurityHub::Hub': {
    what: 'a critical gap that a standard names',
    events: () => [
      {
        source: 'aws.securityhub',
        'detail-type': 'Security Hub Findings - Imported',
        detail: {
          findings: {
            ProductName: 'Security Hub',
            Compliance: { Status: 'FAILED' },
            RecordState: 'ACTIVE',
            Severity: { Label: 'CRITICAL' },
            Workflow: { Status: 'NEW' },
          },
        },
      },
    ],
  },
  'AWS::SSM::PatchBaseline': {
    what: 'a host that misses a patch',
    events: () => [
      {
        source: 'aws.ssm',
        'detail-type': 'Configuration Compliance State Change',
        detail: { 'compliance-type': 'Patch' },
      },
    ],
  },
};

/** Candidates of a pipeline: the gate looks at each, and nothing runs from there. */
function isPushedOnly(repository: Resource, graph: EnvironmentGraph): boolean {
  const projects = graph.ofType('AWS::CodeBuild::Project');
  return (
    !isRunFrom(repository, graph) &&
    projects.some(({ properties }) => refersTo(repository, JSON.stringify(properties.Environment ?? {})))
  );
}

const hearing = { person: tells, code: runs, anybody: acts };

/** What a service finds out reaches somebody who acts on it. */
export const eventsHeard = defineRule({
  invariant: 'ALM1',
  finding: 'EventsHeard',
  en: 'Threats, findings, failed runs, started tasks, missing patches and an opened firewall reach somebody who acts on them',
  ja: '脅威・検出結果・失敗した実行・起動したタスク・未適用パッチ・DNS Firewallの緩和が対応者に届く',
  appliesTo: Object.keys(heard),
  judge(resource, context) {
    const { graph, declared } = context;
    if (!declared) return skip('not part of a declared shop');
    const needed = heard[resource.type];
    if (!needed) return skip('says nothing');
    const acting = graph
      .ofType('AWS::Events::Rule')
      .filter((rule) => hearing[needed.by ?? 'anybody'](rule, context));
    const events = needed.events(resource, graph);
    if (events.length === 0) return skip('nothing runs from it');
    return events.map((event): Verdict => {
      const rule = acting.find(({ properties }) => matchesEvent(properties.EventPattern, event, graph));
      return rule
        ? pass(`${rule.logicalId} hears of ${needed.what}`)
        : fail(`nobody hears of ${needed.what} (${describe(event)})`);
    });
  },
});

function describe(event: SampleEvent): string {
  const detail = event.detail;
  const isCall = typeof detail === 'object' && detail !== null && 'eventName' in detail;
  const said = isCall ? detail.eventName : event['detail-type'];
  return `${String(event.source)}: ${String(said)}`;
}
