import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, hasToken, isMap, isTrue, numeric, text, tokensIn, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass, type Verdict } from '../rule.ts';
import { type Place, placesIn } from './secret-places.ts';
import { fetchesSecret, holdsSecret, isExposed, isWrittenOut, secretsInCode } from './secret-values.ts';

/** Types of which it is told that nothing was found: people keep settings of free names there. */
const lookedAt = new Set([
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::Function',
  'AWS::CodeBuild::Project',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
]);

/** No secret stands where everyone who can describe the resource, or read the template, reads it. */
export const plainSecret = defineRule({
  invariant: 'SEC1',
  finding: 'PlainSecret',
  en: 'No secret stands in plain text in a template, nor where whoever may describe a resource reads it',
  ja: 'テンプレートにも、リソースの情報を見られる人が読める場所にも、平文のシークレットがない',
  appliesTo: ['*'],
  judgeAll({ graph }) {
    return [...graph.resources.flatMap((resource) => judged(resource, graph)), ...inOutputs(graph)];
  },
});

function judged(resource: Resource, graph: EnvironmentGraph): Finding[] {
  const { type, properties } = resource;
  const places = placesIn(resource, graph);
  const verdicts = [
    ...places.flatMap((place) => exposureOf(place, resource, graph)),
    ...(type === 'AWS::SecretsManager::Secret' ? ofSecret(properties) : []),
  ];
  const asked = lookedAt.has(type) || places.some(({ kind }) => kind === 'secret');
  if (verdicts.length === 0 && asked) verdicts.push(pass('holds no secret in plain text'));
  return verdicts.map((verdict) => ({ resource, ...verdict }));
}

function exposureOf({ name, value, kind }: Place, resource: Resource, graph: EnvironmentGraph): Verdict[] {
  if (resource.type === 'AWS::SecretsManager::Secret') return [];
  const isExposing =
    kind === 'secret'
      ? holdsWritten(value)
      : kind === 'named'
        ? isExposed(storedName(name, resource), value)
        : holdsSecret(value) && !(kind === 'other' && fetchesSecret(value));
  if (isExposing) return [fail(`${name} holds a secret in plain text`)];
  if (kind === 'code')
    return secretsInCode(value).map((each) => fail(`${name} gives ${each} a secret in plain text`));
  return kind === 'secret' ? readableParameter(name, value, resource, graph) : [];
}

/** A parameter of Systems Manager is named beside its value. */
function storedName(name: string, { type, properties }: Resource): string {
  return type === 'AWS::SSM::Parameter' && name === 'Value' ? (text(properties.Name) ?? '') : name;
}

/** A value that is written out, or kept where it is not encrypted: CloudFormation fetches secrets where they belong. */
function holdsWritten(value: string): boolean {
  if (fetchesSecret(value)) return false;
  return /\{\{resolve:ssm:/.test(value) || (isWrittenOut(value) && !/^[\w.-]+\.(?:pem|key|crt)$/.test(value));
}

/** A parameter of the template: CloudFormation shows its value unless it is told not to. */
function readableParameter(
  name: string,
  value: string,
  { stack }: Resource,
  graph: EnvironmentGraph,
): Verdict[] {
  const parameter = graph.parameterMeant(stack, value);
  return parameter && !isTrue(at(parameter.written as Value, 'NoEcho'))
    ? [fail(`${name} is the parameter ${parameter.name}, which CloudFormation shows: it lacks NoEcho`)]
    : [];
}

/** What a stack hands out stands in the account in plain text. */
function inOutputs(graph: EnvironmentGraph): Finding[] {
  return graph.outputs.flatMap(({ stack, name, value }): Finding[] => {
    const shown = text(value) ?? '';
    const hidden = graph.parameterMeant(stack, shown);
    if (!holdsSecret(shown) && !(hidden && isTrue(at(hidden.written as Value, 'NoEcho')))) return [];
    const [meant] = tokensIn(shown).map((each) => graph.get(each.stack, each.logicalId));
    const resource = meant ?? graph.resources.find((each) => each.stack === stack);
    return resource ? [{ resource, ...fail(`output ${name} hands out a secret in plain text`) }] : [];
  });
}

function ofSecret(properties: Resource['properties']): Verdict[] {
  if (properties.SecretString !== undefined) return [judgeString(properties.SecretString)];
  return [judgeGenerated(properties.GenerateSecretString)];
}

function judgeGenerated(value: Value | undefined): Verdict {
  const beside = writtenBeside(text(at(value, 'SecretStringTemplate')));
  if (beside.length > 0)
    return fail(
      `${beside.join(', ')} is written in the template beside the generated value (SecretStringTemplate)`,
    );
  const length = numeric(at(value, 'PasswordLength'));
  if (length !== undefined && length < 20) return fail(`generates only ${length} characters`);
  const kinds = alphabet(value);
  const bits = Math.floor((length ?? 32) * Math.log2(Math.max(kinds, 1)));
  return value !== undefined && bits < 100
    ? fail(
        `generates one of ${kinds} characters ${length ?? 32} times, which is ${bits} bits; expected 100 or more`,
      )
    : pass('its value is generated or put later');
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
function alphabet(options: Value | undefined): number {
  const sets: readonly (readonly [string, string])[] = [
    ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
    ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['ExcludeNumbers', '0123456789'],
    ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ];
  const excluded = text(at(options, 'ExcludeCharacters')) ?? '';
  return sets
    .filter(([option]) => !isTrue(at(options, option)))
    .reduce(
      (count, [, characters]) => count + [...characters].filter((each) => !excluded.includes(each)).length,
      0,
    );
}

/** Keys of a secret's value that are no generated ones and hold a secret all the same. */
function writtenBeside(template: string | undefined): string[] {
  try {
    const value: unknown = JSON.parse(template ?? '{}');
    return isMap(value)
      ? Object.entries(value).flatMap(([name, each]) => (isExposed(name, each) ? [name] : []))
      : [];
  } catch {
    return [];
  }
}

function judgeString(value: Value): Verdict {
  const written = text(value) ?? '';
  return /\{\{resolve:/.test(written) || written === '{}' || hasToken(written)
    ? pass('its value comes from elsewhere')
    : fail('SecretString is written in the template');
}
