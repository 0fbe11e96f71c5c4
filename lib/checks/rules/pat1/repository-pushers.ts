import { coversAction } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { constructPath } from '../../model/declarations.ts';
import { list, map, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Only what built and judged an image puts one into the repository. */
export const repositoryPushers = defineRule({
  invariant: 'PAT1',
  finding: 'RepositoryPushers',
  en: "Only the patch pipeline's roles may push images",
  ja: 'イメージをプッシュできるのはパッチパイプラインのロールだけである',
  appliesTo: ['AWS::ECR::Repository'],
  judge(repository, { graph, access, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const refusals = resourcePolicyStatements(repository, graph).filter(
      (statement) =>
        statement.effect === 'Deny' &&
        coversAction(statement, 'ecr:PutImage') === 'yes' &&
        Object.values(statement.principals ?? {})
          .flat()
          .includes('*'),
    );
    const exempted = refusals.flatMap(({ conditions }) =>
      Object.entries(conditions)
        .filter(([operator]) => /^(Arn|String)Not(Equals|Like)$/.test(operator))
        .flatMap(([, keys]) => Object.values(map(keys)))
        .flatMap((values) => list(values))
        .flatMap((value) => text(value) ?? []),
    );
    if (refusals.length === 0 || exempted.length === 0) return fail('refuses pushing to nobody');
    const { roles, others } = access.rolesNamed(exempted.map((arn) => graph.canonicalArn(arn)));
    const strangers = [
      ...roles
        .filter(
          (role) =>
            !graph
              .ofType('AWS::CodeBuild::Project')
              .some(({ properties }) => graph.target(properties.ServiceRole, role.type) === role),
        )
        .map(constructPath),
      ...others,
    ];
    return strangers.length > 0
      ? fail(`lets ${strangers.join(', ')} push images`)
      : pass('refuses everyone but the projects of the pipeline');
  },
});
