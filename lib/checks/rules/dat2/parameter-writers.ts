import { coversAction } from '../../model/access/policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { policyDocuments, policyHolders } from './policy-documents.ts';

/** What a function wrote for itself to remember decides nothing but whether a person hears of a finding twice. */
const memory = /\/told-findings$/;

/**
 * Parameters say which image runs and whose certificate is known: what runs in the shop reads them. Only the project
 * that judged an image writes one down.
 */
export const parameterWriters = defineRule({
  invariant: 'DAT2',
  finding: 'ParameterWriters',
  en: 'Only the patch pipeline writes parameters that decide',
  ja: '判断に使うパラメータを書き込めるのはパッチパイプラインだけである',
  appliesTo: policyHolders,
  judge(holder, { graph, declared, access }) {
    if (!declared) return skip('not part of a declared shop');
    const writing = policyDocuments(holder, graph).filter(
      (statement) =>
        statement.effect === 'Allow' &&
        !statement.resources.every((each) => memory.test(each)) &&
        ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:LabelParameterVersion'].some(
          (action) => coversAction(statement, action) === 'yes',
        ),
    );
    if (writing.length === 0) return skip('writes no parameter');
    const holders = access.principals.filter((principal) =>
      principal.statements.some((statement) => statement.source === holder),
    );
    const others = holders.filter(({ resource }) => resource && !isProject(resource, graph));
    if (others.length > 0 || holders.length === 0)
      return fail(`lets ${others.map(({ name }) => name).join(', ') || 'somebody'} write parameters`);
    const wide = writing.filter(
      (statement) => !statement.resources.every((each) => /\/image-digest$/.test(each)),
    );
    return wide.length > 0
      ? fail('lets the pipeline write other parameters than the digest of the image')
      : pass('lets the pipeline say which image runs');
  },
});

function isProject(role: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::CodeBuild::Project')
    .some(({ properties }) =>
      list(properties.ServiceRole).some((each) => graph.target(each, role.type) === role),
    );
}
