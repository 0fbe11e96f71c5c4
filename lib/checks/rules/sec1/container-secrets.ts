import { asWritten, at, display, hasUnknown, list, type Value } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** What a container gets as a secret comes from Secrets Manager, where it has a key, a schedule and readers. */
export const containerSecrets = defineRule({
  invariant: 'SEC1',
  finding: 'ContainerSecrets',
  en: "A container's secrets come from Secrets Manager",
  ja: 'コンテナのシークレットはSecrets Managerから渡される',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge(task, { graph, declared }) {
    const containers = containersOf(task, graph);
    const secrets = containers.flatMap((container) => list(at(container, 'Secrets')));
    const files = containers.flatMap((container) => list(at(container, 'EnvironmentFiles')));
    if (files.length > 0 && declared)
      return fail('a container takes its environment from a file (EnvironmentFiles)');
    if (secrets.length === 0) return skip('its containers get no secrets');
    return secrets.map((secret): Verdict => {
      const from = at(secret, 'ValueFrom');
      const target = graph.target(
        from,
        'AWS::SecretsManager::Secret',
        'AWS::RDS::DBCluster',
        'AWS::RDS::DBInstance',
      );
      const pinned = pinnedVersion(from);
      if (declared && pinned)
        return fail(
          `${display(at(secret, 'Name'))} stays at ${pinned} of ${target?.logicalId ?? 'its secret'}: expected AWSCURRENT, which each rotation moves`,
        );
      if (target) return pass(`comes from ${target.logicalId}`);
      return /:secretsmanager:|:ssm:|^\//.test(asWritten(from))
        ? pass(`comes from ${display(from)}`)
        : declared && !hasUnknown(from)
          ? fail(
              `${display(at(secret, 'Name'))} is ${display(from)}, which is neither a secret nor a parameter`,
            )
          : unsure(`where ${display(at(secret, 'Name'))} comes from is not in these templates`);
    });
  },
});

/**
 * The version that a reference to a secret asks for, unless it is the current one: after its ARN come the key in its
 * value, the stage and the id of the version.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
function pinnedVersion(from: Value | undefined): string | undefined {
  const [, stage = '', id = ''] = reference.exec(display(from ?? '')) ?? [];
  if (id !== '') return `version ${id}`;
  return stage === '' || stage === 'AWSCURRENT' ? undefined : stage;
}

const reference = /^(?:\$\{[^}]*\}|arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]*):[^:]*:([^:]*):([^:]*)$/;
