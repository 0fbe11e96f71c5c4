import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources } from '../environment.ts';

/** Resources for which a template says what becomes of them when they are no longer wanted. */
function withPolicy(environment: DeployedEnvironment, policy: string): Resource[] {
  return resources(environment).filter(({ declaration }) => declaration.DeletionPolicy === policy);
}

const creationUndone: Constraint = {
  id: 'creation-undone',
  says: 'nothing survives the rollback of its own creation, and holds its name against the second try',
  violations: (environment) =>
    withPolicy(environment, 'Retain').map((resource) => `${label(resource)}: kept by a failed creation`),
  breakIn(environment) {
    const [kept] = withPolicy(environment, 'RetainExceptOnCreate');
    if (kept) kept.declaration.DeletionPolicy = 'Retain';
    return kept !== undefined;
  },
};

const disposableLeavesNothing: Constraint = {
  id: 'disposable-leaves-nothing',
  says: 'nothing of a disposable environment outlives its stack',
  violations: (environment) =>
    environment.disposable
      ? resources(environment)
          .filter(({ declaration }) =>
            [declaration.DeletionPolicy, declaration.UpdateReplacePolicy].some(
              (policy) => policy !== undefined && policy !== 'Delete',
            ),
          )
          .map((resource) => `${label(resource)}: stays behind`)
      : [],
  breakIn(environment) {
    const [group] = environment.disposable ? resources(environment, 'AWS::Logs::LogGroup') : [];
    if (group) group.declaration.DeletionPolicy = 'RetainExceptOnCreate';
    return group !== undefined;
  },
};

export const failure: Constraint[] = [creationUndone, disposableLeavesNothing];
