import {
  at,
  hasToken,
  isMap,
  isTrue,
  list,
  numeric,
  soleToken,
  text,
  type Value,
} from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

const secretName =
  /(pass(word|wd|phrase)?|secret|token|credential|private_?key|api_?key|auth_?key|access_?key|salt|nonce|magic|dsn)($|_|[A-Z])/i;
/** Names that end like secrets but point at one. */
const pointerName =
  /(_|^)(arn|id|name|url|uri|file|path|host|user|stage|class|prefix|key_?arn|key_?id)s?$|(Arn|Id|Name)$/i;
const secretValue =
  /(AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|xox[baprs]-|sk_live_|sk_test_|ghp_[A-Za-z0-9]{20}|[a-z+]+:\/\/[^/\s:@]+:[^/\s:@]+@)/;

/** No secret stands in an environment variable, where everyone who can describe the resource reads it. */
export const plainSecret = defineRule({
  invariant: 'SEC1',
  finding: 'PlainSecret',
  en: 'No secret stands in a plain environment variable',
  ja: '平文の環境変数にシークレットがない',
  appliesTo: [
    'AWS::ECS::TaskDefinition',
    'AWS::Lambda::Function',
    'AWS::CodeBuild::Project',
    'AWS::SSM::Parameter',
    'AWS::SecretsManager::Secret',
  ],
  judge({ type, properties }) {
    switch (type) {
      case 'AWS::ECS::TaskDefinition': {
        const variables = list(properties.ContainerDefinitions).flatMap((container) =>
          list(at(container, 'Environment')),
        );
        return judgeAll(variables.map((each) => [text(at(each, 'Name')) ?? '', at(each, 'Value')]));
      }
      case 'AWS::Lambda::Function':
        return judgeAll(
          Object.entries(
            isMap(at(properties, 'Environment', 'Variables'))
              ? (at(properties, 'Environment', 'Variables') as object)
              : {},
          ),
        );
      case 'AWS::CodeBuild::Project':
        return judgeAll(
          list(at(properties, 'Environment', 'EnvironmentVariables'))
            .filter((each) => ['PLAINTEXT', undefined].includes(text(at(each, 'Type'))))
            .map((each) => [text(at(each, 'Name')) ?? '', at(each, 'Value')]),
        );
      case 'AWS::SSM::Parameter':
        return judgeAll([[text(properties.Name) ?? '', properties.Value]]);
      default:
        if (properties.SecretString !== undefined) return judgeString(properties.SecretString);
        return judgeGenerated(properties.GenerateSecretString);
    }
  },
});

function judgeAll(variables: readonly (readonly [string, Value | undefined])[]): Verdict[] {
  const exposed = variables.filter(([name, value]) => isExposed(name, value)).map(([name]) => name);
  return [
    exposed.length > 0
      ? fail(`${exposed.join(', ')} holds a secret in plain text`)
      : pass('holds no secret in plain text'),
  ];
}

function isExposed(name: string, value: Value | undefined): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (secretValue.test(value)) return true;
  if (/\{\{resolve:(secretsmanager|ssm-secure):/.test(value)) return true;
  if (!secretName.test(name) || pointerName.test(name)) return false;
  // A reference to a resource, a switch or a number is no secret; neither is where to find one.
  if (soleToken(value) || hasToken(value) || /^(true|false|on|off|\d+)$/i.test(value)) return false;
  return !/^(arn:|\/|https?:\/\/[^@]*$)/.test(value);
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
