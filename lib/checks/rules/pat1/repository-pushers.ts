import { coversAction } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { constructPath } from '../../model/declarations.ts';
import { at, isTrue, list, map, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { isRunFrom } from './run-from.ts';

/** Only the pipeline puts an image into a repository; and into one that tasks run from, only what comes after the gate. */
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
    const projects = graph.ofType('AWS::CodeBuild::Project');
    const projectsOf = (role: (typeof roles)[number]) =>
      projects.filter(({ properties }) => graph.target(properties.ServiceRole, role.type) === role);
    const strangers = [
      ...roles.filter((role) => projectsOf(role).length === 0).map(constructPath),
      ...others,
    ];
    if (strangers.length > 0) return fail(`lets ${strangers.join(', ')} push images`);
    // Whoever builds runs what packages and base images bring along.
    const builders = roles
      .flatMap(projectsOf)
      .filter(({ properties }) => isTrue(at(properties, 'Environment', 'PrivilegedMode')));
    return builders.length > 0 && isRunFrom(repository, graph)
      ? fail(`lets ${builders.map(constructPath).join(', ')}, which builds images, push where tasks run from`)
      : pass('refuses everyone but the projects of the pipeline');
  },
});
