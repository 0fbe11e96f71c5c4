import { coversAction, type Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { isRestricted } from '../../model/access/restrictions.ts';
import { dataClassOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { display, list, map, tokensIn } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** A key policy tells services apart: each one that may decrypt is tied to the shop's own account or resources. */
export const keyPolicy = defineRule({
  invariant: 'DAT2',
  finding: 'KeyPolicy',
  en: 'Key policies name who may decrypt',
  ja: 'キーポリシーは復号できる相手を特定する',
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge(key, { graph, declared }) {
    const statements = resourcePolicyStatements(key, graph);
    if (statements.length === 0) return fail('has no key policy that can be read');
    return statements.map((statement): Verdict => {
      if (statement.effect === 'Deny') return pass('denies');
      if (statement.notActions) return fail('allows everything but what it names (NotAction)');
      return declared ? judgeUse(key, statement, graph) : judgeServices(statement);
    });
  },
});

const uses = ['kms:Decrypt', 'kms:CreateGrant', 'kms:ReEncryptFrom'];
const administration = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];

const mayAny = (statement: Statement, actions: readonly string[]): boolean =>
  actions.some((action) => coversAction(statement, action) === 'yes');

function judgeServices(statement: Statement): Verdict {
  const services = statement.principals?.Service ?? [];
  return services.length > 0 && mayAny(statement, administration)
    ? fail(`${services.join(', ')} may administer the key`)
    : pass('names who may use it');
}

/** In a shop the account as a whole administers a key, and uses it only through the services that hold the data. */
function judgeUse(key: Resource, statement: Statement, graph: EnvironmentGraph): Verdict {
  const services = statement.principals?.Service ?? [];
  if (services.length > 0) {
    if (mayAny(statement, administration)) return fail(`${services.join(', ')} may administer the key`);
    const tied = isRestricted(statement.conditions, graph) || isOwnContext(statement, graph);
    // EventBridge says no source to the key of a topic, which carries no customer's data.
    const kept =
      ['customer-data', 'credentials'].includes(dataClassOf(key) ?? '') ||
      services.some((service) => service !== 'events.amazonaws.com');
    return kept && !tied && mayAny(statement, uses)
      ? fail(`${services.join(', ')} may use it for any account: no source is asked for`)
      : pass(`${services.join(', ')} may use it`);
  }
  const people = statement.principals?.AWS ?? [];
  const account = people.filter((value) => /^\d{12}$|:root$/.test(value));
  if (account.length > 0 && mayAny(statement, uses)) {
    return conditionKeys(statement).includes('kms:viaservice')
      ? pass('the account uses it through services')
      : fail(
          'every principal of the account whose own policy allows it may decrypt: no kms:ViaService is asked for',
        );
  }
  const strangers = people.filter(
    (value) => account.length === 0 && graph.target(value, 'AWS::IAM::Role') === undefined,
  );
  if (strangers.length > 0 && mayAny(statement, [...uses, ...administration]))
    return fail(`${strangers.map(display).join(', ')} may use it, which is no role of these templates`);
  return people.length > account.length && mayAny(statement, administration)
    ? fail(`${people.map(display).join(', ')} may rewrite its policy`)
    : pass('names principals of the account');
}

/** Services that say for what they encrypt are tied when that is a thing of the shop's own account. */
function isOwnContext(statement: Statement, graph: EnvironmentGraph): boolean {
  return Object.entries(statement.conditions).some(
    ([operator, keys]) =>
      !/IfExists$|Not|Null/.test(operator) &&
      Object.entries(map(keys)).some(
        ([name, values]) =>
          name.toLowerCase().startsWith('kms:encryptioncontext:') &&
          list(values).length > 0 &&
          list(values).every(
            (value) =>
              typeof value === 'string' &&
              (tokensIn(value).length > 0 ||
                graph.account === undefined ||
                value.includes(`:${graph.account}:`)),
          ),
      ),
  );
}

/** Keys of conditions that must be met by a value of a known shape; `*` and IfExists ask for nothing. */
function conditionKeys(statement: Statement): string[] {
  return Object.entries(statement.conditions)
    .filter(([operator]) => !/IfExists$|Not|Null/.test(operator))
    .flatMap(([, keys]) => Object.entries(map(keys)))
    .filter(([, values]) => !list(values).includes('*'))
    .map(([name]) => name.toLowerCase());
}
