import { declarationKeys } from '../../../declarations/keys.ts';
import { coversAction, type Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { constructPath } from '../../model/declarations.ts';
import type { Resource } from '../../model/templates.ts';
import { asWritten, display, list, map, text, tokensIn } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** The deployment role of the CDK writes secrets it creates; whoever deploys can change everything anyway. */
const deploymentRole = /:role\/cdk-[a-z0-9]+-cfn-exec-role-/;

/**
 * The secret itself refuses everyone but its declared readers, so that a policy widened elsewhere, or an
 * administrator's, does not open it.
 */
export const secretPolicy = defineRule({
  invariant: 'SEC1',
  finding: 'SecretPolicy',
  en: 'Every secret refuses whoever is not a declared reader',
  ja: '各シークレットは宣言された読み手以外を拒否する',
  appliesTo: ['AWS::SecretsManager::Secret', 'AWS::SecretsManager::ResourcePolicy'],
  judge(resource, context) {
    const { graph, declared } = context;
    if (!declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::SecretsManager::Secret') {
      const policies = graph.referring(resource, 'AWS::SecretsManager::ResourcePolicy', 'SecretId');
      return policies.length > 0
        ? policies.flatMap((policy) => judgePolicy(policy, resource, context))
        : fail('has no resource policy: any policy of the account can open it');
    }
    const secret = graph.target(resource.properties.SecretId, 'AWS::SecretsManager::Secret');
    return secret ? judgePolicy(resource, secret, context) : fail('belongs to no secret of these templates');
  },
});

/** What reading and writing are called, and whether somebody who only reads may be left out of the refusal. */
const refused = [
  { action: 'secretsmanager:GetSecretValue', what: 'read' },
  { action: 'secretsmanager:PutSecretValue', what: 'write' },
] as const;

function judgePolicy(policy: Resource, secret: Resource, context: Context): Verdict[] {
  const statements = resourcePolicyStatements(policy, context.graph);
  return [
    ...refused
      // Whose value only its owner can change, the owner writes.
      .filter(({ what }) => what === 'read' || secret.metadata[declarationKeys.noRotation] === undefined)
      .flatMap(({ action, what }) => judgeRefusal(statements, action, what, secret, context)),
    ...statements.filter(({ effect }) => effect === 'Allow').map((each) => judgeGrant(each, secret, context)),
    ...lockedOut(secret, context).map((name) => fail(`locks out ${name}, which reads it to do its work`)),
  ];
}

function judgeRefusal(
  statements: readonly Statement[],
  action: string,
  what: string,
  secret: Resource,
  { access, graph }: Context,
): Verdict[] {
  const refusals = statements.filter(
    (statement) =>
      statement.effect === 'Deny' &&
      coversAction(statement, action) === 'yes' &&
      coversSecret(statement, secret) &&
      Object.values(statement.principals ?? {})
        .flat()
        .includes('*'),
  );
  const exempted = refusals.flatMap((statement) => exceptionsOf(statement) ?? []);
  if (!refusals.some((statement) => exceptionsOf(statement) !== undefined)) {
    return [fail(`refuses to nobody to ${what} it`)];
  }
  const declaredPaths = access.declaredReaders(secret) ?? new Set();
  const { roles, others } = access.rolesNamed(exempted.map((arn) => graph.canonicalArn(arn)));
  const undeclared = [
    ...roles.map(constructPath).filter((path) => !declaredPaths.has(path)),
    ...others.filter((arn) => !deploymentRole.test(arn) && !isNamedReader(arn, declaredPaths)),
  ];
  return [
    undeclared.length > 0
      ? fail(`lets ${undeclared.join(', ')} ${what} it, which is not a declared reader`)
      : pass(`refuses everyone but ${exempted.length} principals to ${what} it`),
  ];
}

/** Who is declared and permitted, and yet refused by the secret itself: what it does stops half-way. */
function lockedOut(secret: Resource, { access }: Context): string[] {
  const declaredPaths = access.declaredReaders(secret) ?? new Set();
  const effective = new Set(access.readersOf(secret).map(({ principal }) => principal));
  return access
    .grantedReaders(secret)
    .filter(
      ({ principal, decided }) => decided && declaredPaths.has(principal.name) && !effective.has(principal),
    )
    .map(({ principal }) => principal.name);
}

/** Whoever the secret's own policy lets do anything is somebody it declares; the account needs no statement of its own. */
function judgeGrant(statement: Statement, secret: Resource, { access, graph }: Context): Verdict {
  const declaredPaths = access.declaredReaders(secret) ?? new Set();
  const named = Object.values(statement.principals ?? {}).flat();
  const { roles, others } = access.rolesNamed(named.map((arn) => graph.canonicalArn(arn)));
  const strangers = [
    ...roles.map(constructPath).filter((path) => !declaredPaths.has(path)),
    ...others.map(display),
    ...(statement.notPrincipals ? ['everyone but those it names'] : []),
  ];
  return strangers.length > 0
    ? fail(`allows ${strangers.join(', ')} ${statement.actions.join(', ') || 'everything but what it names'}`)
    : pass('allows declared readers only');
}

function coversSecret({ resources, notResources }: Statement, secret: Resource): boolean {
  return (
    notResources === undefined &&
    resources.some(
      (each) => each === '*' || tokensIn(each).some((token) => token.logicalId === secret.logicalId),
    )
  );
}

/** A reader in a stack outside these templates is known by the last step of its path only. */
function isNamedReader(arn: string, declaredPaths: ReadonlySet<unknown>): boolean {
  const name = arn.split('/').at(-1)?.split('-').at(-1)?.toLowerCase() ?? '';
  return (
    name !== '' &&
    !name.includes('*') &&
    [...declaredPaths].some((path) => asWritten(path).toLowerCase().includes(name))
  );
}

/** Principals that a refusal leaves out; undefined when it does not work that way, or leaves out more than these. */
function exceptionsOf(statement: Statement): readonly string[] | undefined {
  if (Object.values(statement.conditions).flatMap((keys) => Object.keys(map(keys))).length !== 1)
    return undefined;
  for (const [operator, keys] of Object.entries(statement.conditions)) {
    if (!/^(Arn|String)Not(Equals|Like)$/.test(operator)) continue;
    for (const [key, values] of Object.entries(map(keys))) {
      if (key.toLowerCase() === 'aws:principalarn') return list(values).flatMap((value) => text(value) ?? []);
    }
  }
  return undefined;
}
