import type { ResourceRef, Row, RuleRef } from '../../checks/recorder/row.ts';
import { faultsOf } from '../deploys/faults.ts';
import type { Finding } from '../deploys/finding.ts';
import { Deployment } from '../deploys/model/deployment.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

const deployable: RuleRef = {
  pack: 'Template',
  id: 'Template-Deployable',
  severity: 'error',
  info: 'AWS would refuse to deploy it.',
  infoJa: 'AWS がデプロイを拒否する。',
  explanation:
    'What a first deploy of these templates would meet; secure-shop plan tells the same, and of changes too.',
  explanationJa:
    'これらのテンプレートの最初のデプロイで起きること。secure-shop plan も同じことを、変更についても示します。',
};

/** A row for each thing for which AWS would refuse a first deploy of the templates. */
export function deployRows(stacks: readonly StackTemplate[], resources: readonly ResourceRef[]): Row[] {
  const deployment = new Deployment(stacks);
  return faultsOf(deployment)
    .filter((finding) => finding.effect === 'refused' && isCertain(finding, stacks, deployment))
    .map((finding) => ({
      rule: deployable,
      finding: `${deployable.id}[${finding.constraint}]`,
      resource: resources.find((each) => isAbout(finding, each)) ?? refOf(finding),
      outcome: 'non-compliant',
      reason: `${finding.says}. ${finding.way} ${finding.source}`,
    }));
}

/** Templates without their cloud assembly say neither where nor in which order they are deployed. */
function isCertain(
  { constraint, stack, environment }: Finding,
  stacks: readonly StackTemplate[],
  deployment: Deployment,
): boolean {
  const found = stacks.find((each) => each.name === stack && each.environment === environment);
  if (found?.dependsOn !== undefined) return true;
  if (constraint === 'export-missing') return found !== undefined && dropsExport(found, deployment);
  return constraint !== 'in-use-meanwhile' && constraint !== 'export-taken';
}

/** The producer of what is missing is among the templates: other exports of its are there. */
function dropsExport(stack: StackTemplate, deployment: Deployment): boolean {
  const producerOf = (name: string) => name.slice(0, name.indexOf(':') + 1);
  const producers = deployment.stacks.flatMap((each) =>
    deployment.exportsOf(each).map(({ name }) => producerOf(name)),
  );
  return [...deployment.importsOf(stack)]
    .filter((name) => !deployment.exported(stack, name))
    .some((name) => producerOf(name) !== '' && producers.includes(producerOf(name)));
}

function isAbout({ stack, environment, resource }: Finding, ref: ResourceRef): boolean {
  return ref.logicalId === resource && ref.stack === stack && ref.environment === environment;
}

function refOf({ environment, stack, resource, type, path }: Finding): ResourceRef {
  return {
    environment,
    stack,
    logicalId: resource ?? '',
    type: type ?? 'AWS::CloudFormation::Stack',
    path: path ?? (resource ? `${stack}/${resource}` : stack),
    sources: [],
  };
}
