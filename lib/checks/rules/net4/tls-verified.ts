import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { asWritten, at, isMap, list, text, type Value } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** Switches that make a client accept any certificate, or none. */
const unverified: readonly (readonly [RegExp, RegExp])[] = [
  [/^NODE_TLS_REJECT_UNAUTHORIZED$/, /^0$/],
  [/^(PYTHONHTTPSVERIFY|SSL_VERIFY|GIT_SSL_NO_VERIFY)$/, /^(0|false|off)$/i],
  [/SSL_?MODE$/i, /^(disable|allow|prefer|require|disabled|preferred)$/i],
  [/(SSL|TLS)_?(VERIFY|REJECT_UNAUTHORIZED)\w*$/i, /^(0|false|off|none|no)$/i],
  [/(INSECURE|SKIP)_?(TLS|SSL)\w*$|(TLS|SSL)_?(INSECURE|SKIP\w*)$/i, /^(1|true|on|yes)$/i],
  [/^NODE_OPTIONS$/, /--(tls-min-v1\.[01]|inspect|require|import|experimental-loader)/],
  [/^(LD_PRELOAD|AWS_LAMBDA_EXEC_WRAPPER|HTTPS?_PROXY|ALL_PROXY)$/i, /./],
];

/** Encryption to whoever answers is encryption to the wrong one, too. */
export const tlsVerified = defineRule({
  invariant: 'NET4',
  finding: 'TlsVerified',
  en: 'No switch tells a client to trust any server, or to load or pass through something else',
  ja: '証明書検証を無効化する設定がない',
  appliesTo: ['AWS::Lambda::Function', 'AWS::ECS::TaskDefinition', 'AWS::CodeBuild::Project'],
  judge(resource, { graph }) {
    const found = variablesOf(resource, graph).filter(([name, value]) =>
      unverified.some(([named, set]) => named.test(name) && set.test(value)),
    );
    return found.length > 0
      ? fail(`sets ${found.map(([name, value]) => `${name} to ${value}`).join(', ')}`)
      : pass('checks whom it speaks to');
  },
});

function variablesOf(resource: Resource, graph: EnvironmentGraph): [string, string][] {
  const { properties } = resource;
  const own = at(properties, 'Environment', 'Variables');
  const pairs = [
    at(properties, 'Environment', 'EnvironmentVariables'),
    ...containersOf(resource, graph).map((each) => at(each, 'Environment')),
  ]
    .flatMap((written) => graph.possible(written))
    .map(({ value }): [string, Value | undefined] => [text(at(value, 'Name')) ?? '', at(value, 'Value')]);
  // https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html
  const sources = [properties.Source, ...list(properties.SecondarySources)].map(
    (source): [string, Value | undefined] => ['InsecureSsl', at(source, 'InsecureSsl')],
  );
  return [...Object.entries(isMap(own) ? own : {}), ...pairs, ...sources].map(([name, value]) => [
    name,
    asWritten(value ?? ''),
  ]);
}
