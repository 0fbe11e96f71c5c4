import type { Constraint } from '../constraint.ts';
import { label, resources } from '../environment.ts';
import { statements } from '../policies.ts';

const policyPublic: Constraint = {
  id: 'secret-policy-public',
  says: 'no resource policy opens a secret to everybody',
  violations: (environment) =>
    resources(environment, 'AWS::SecretsManager::ResourcePolicy').flatMap((policy) =>
      statements(environment, policy.stack, policy.properties.ResourcePolicy)
        .filter(({ allows, aws, conditions }) => allows && aws.includes('*') && conditions.length === 0)
        .map(() => `${label(policy)}: lets everybody in`)
        .concat(
          policy.properties.BlockPublicPolicy === true
            ? []
            : [`${label(policy)}: Secrets Manager would take a policy that does`],
        ),
    ),
  breakIn(environment) {
    const [policy] = resources(environment, 'AWS::SecretsManager::ResourcePolicy');
    if (policy) {
      policy.properties.ResourcePolicy = {
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' },
        ],
      };
    }
    return policy !== undefined;
  },
};

export const credentials: Constraint[] = [policyPublic];
