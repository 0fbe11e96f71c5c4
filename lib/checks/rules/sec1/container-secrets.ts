import { asWritten, at, display, hasUnknown, list } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** What a container gets as a secret comes from Secrets Manager, where it has a key, a schedule and readers. */
export const containerSecrets = defineRule({
  invariant: 'SEC1',
  finding: 'ContainerSecrets',
  en: "A container's secrets come from Secrets Manager",
  ja: 'コンテナのシークレットはSecrets Managerから渡される',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge(task, { graph, declared }) {
    const secrets = list(task.properties.ContainerDefinitions).flatMap((container) =>
      list(at(container, 'Secrets')),
    );
    const files = list(task.properties.ContainerDefinitions).flatMap((container) =>
      list(at(container, 'EnvironmentFiles')),
    );
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
