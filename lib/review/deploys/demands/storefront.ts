import {
  at,
  hasToken,
  isMap,
  list,
  numeric,
  text,
  type Value,
  type ValueMap,
} from '../../../checks/model/values.ts';
import { type Demand, eachResource, type Found, grouped } from './demand.ts';
import { docs } from './pages.ts';

const ruleQuotas = `${docs}/elasticloadbalancing/latest/application/load-balancer-limits.html`;

/** The strings or pairs a condition compares with, and which of them are expressions. */
function comparisons(condition: ValueMap): { readonly value: string; readonly expression: boolean }[] {
  const inside = Object.entries(condition)
    .filter(([name]) => name.endsWith('Config'))
    .flatMap(([, config]) => (isMap(config) ? [config] : []));
  return [condition, ...inside].flatMap((holder) => [
    ...list(holder.Values).map((value) => ({ value: comparedText(value), expression: false })),
    ...list(holder.RegexValues).map((value) => ({ value: comparedText(value), expression: true })),
  ]);
}

function comparedText(value: Value): string {
  return text(isMap(value) ? value.Value : value) ?? '';
}

const listenerRules = eachResource(
  'listener-rules',
  ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  ({ properties }) => {
    const conditions = list(properties.Conditions).filter(isMap).map(comparisons);
    const all = conditions.flat();
    const wildcards = all
      .filter(({ expression }) => !expression)
      .reduce((count, { value }) => count + (value.match(/[*?]/g)?.length ?? 0), 0);
    return [
      ...conditions
        .filter((compared) => compared.length > 3)
        .map((compared) => `compares with ${compared.length} values in a condition, at most 3`),
      ...(all.length > 5 ? [`compares with ${all.length} values, at most 5 (TooManyTargets)`] : []),
      ...(wildcards > 6 ? [`has ${wildcards} wildcards, at most 6`] : []),
      ...all
        .filter(({ value }) => value.length > 128)
        .map(({ value }) => `has a value of ${value.length} characters, at most 128`),
      ...all
        .filter(({ value, expression }) => expression && /\(\?[=!<>]|\\[1-9pP]/.test(value))
        .map(({ value }) => `has the expression ${value}, which looks around or back`),
    ].map((says) => ({ says, way: 'Spread the conditions over several rules.', source: ruleQuotas }));
  },
);

const rulesPerBalancer: Demand = {
  id: 'listener-rules',
  violations: (deployment) => {
    const rules = deployment.resources.filter(
      ({ type }) => type === 'AWS::ElasticLoadBalancingV2::ListenerRule',
    );
    const byBalancer = grouped(rules, (rule) => {
      const [listener] = deployment.referred(rule, rule.properties.ListenerArn);
      return text((listener ?? rule).properties[listener ? 'LoadBalancerArn' : 'ListenerArn']) ?? '';
    });
    return byBalancer
      .filter((together) => together.length > 100)
      .flatMap(([first, ...more]) =>
        first
          ? [
              {
                of: first,
                says: `is one of ${more.length + 1} rules of its load balancer, at most 100 (TooManyRules)`,
                way: 'Join rules, or have the quota raised.',
                source: ruleQuotas,
              },
            ]
          : [],
      );
  },
};

const listeners = eachResource(
  'listener-certificate',
  ['AWS::ElasticLoadBalancingV2::Listener'],
  ({ properties: { Protocol, Certificates, SslPolicy } }) => {
    const secure = /^(HTTPS|TLS)$/.test(text(Protocol) ?? '');
    const source = `${docs}/elasticloadbalancing/latest/APIReference/API_CreateListener.html`;
    if (secure && list(Certificates).length === 0)
      return [
        {
          says: `speaks ${Protocol} without a certificate (ValidationError)`,
          way: 'Name the certificate that it shows.',
          source,
        },
      ];
    if (!secure && Protocol !== undefined && (SslPolicy !== undefined || list(Certificates).length > 0))
      return [
        {
          says: `has a certificate or a TLS policy, and speaks ${Protocol} (InvalidConfigurationRequest)`,
          way: 'Write HTTPS, or leave them out.',
          source,
        },
      ];
    return [];
  },
);

const targetGroups = eachResource(
  'balancer-numbers',
  ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  ({ properties }) => {
    const every = numeric(properties.HealthCheckIntervalSeconds) ?? 30;
    const timeout = numeric(properties.HealthCheckTimeoutSeconds) ?? 5;
    if (timeout < every) return [];
    return [
      {
        says: `asks every ${every} s, and waits ${timeout} s for the answer (ValidationError)`,
        way: 'Let HealthCheckTimeoutSeconds be shorter than HealthCheckIntervalSeconds.',
        source: `${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`,
      },
    ];
  },
);

/** Memory in MiB for each CPU size of Fargate: from, to, step. */
const memoryFor: Readonly<Record<string, readonly [from: number, to: number, step: number]>> = {
  '512': [1024, 4096, 1024],
  '1024': [2048, 8192, 1024],
  '2048': [4096, 16_384, 1024],
  '4096': [8192, 30_720, 1024],
  '8192': [16_384, 61_440, 4096],
  '16384': [32_768, 122_880, 8192],
};

function fits(cpu: string, memory: number): boolean {
  if (cpu === '256') return [512, 1024, 2048].includes(memory);
  const [from, to, step] = memoryFor[cpu] ?? [0, -1, 1];
  return memory >= from && memory <= to && (memory - from) % step === 0;
}

const tasks = eachResource('task-size', ['AWS::ECS::TaskDefinition'], ({ properties }) => {
  const fargate = list(properties.RequiresCompatibilities).includes('FARGATE');
  const source = `${docs}/AmazonECS/latest/developerguide/fargate-tasks-services.html`;
  if (!fargate) return [];
  const { Cpu, Memory, NetworkMode } = properties;
  const memory = numeric(Memory);
  const known = Cpu !== undefined && memory !== undefined && !hasToken(String(Cpu));
  const tmpfs = list(properties.ContainerDefinitions).some(
    (container) => list(at(container, 'LinuxParameters', 'Tmpfs')).length > 0,
  );
  const found: Found[] = [];
  if (known && !fits(String(Cpu), memory)) {
    found.push({
      says: `has ${Cpu} CPU and ${memory} MiB, a pair that Fargate does not have ("No Fargate configuration exists")`,
      way: 'Write a pair of its table.',
      source,
    });
  }
  if (NetworkMode !== undefined && NetworkMode !== 'awsvpc' && !hasToken(String(NetworkMode)))
    found.push({
      says: `has the network mode ${NetworkMode}; Fargate knows awsvpc`,
      way: 'Write awsvpc.',
      source,
    });
  if (tmpfs) found.push({ says: 'asks for tmpfs, which Fargate has not', way: 'Mount a volume.', source });
  return found;
});

/** An ARN that ends in `:<key>` alone is refused; of a parameter or a whole secret it is right. */
const secretKeys = eachResource('task-secret-keys', ['AWS::ECS::TaskDefinition'], ({ properties }) =>
  list(properties.ContainerDefinitions).flatMap((container) =>
    list(at(container, 'Secrets'))
      .map((secret) => text(at(secret, 'ValueFrom')) ?? '')
      .filter((from) => /^arn:[a-z-]+:secretsmanager:[^:]+:[^:]+:secret:[^:]+:[^:]*$/.test(from))
      .map((from) => ({
        says: `reads ${from}, which ECS does not understand`,
        way: 'Write <arn>:<key>::, with two colons at the end.',
        source: `${docs}/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html`,
      })),
  ),
);

/** What ECS, Fargate and the load balancer demand. */
export const storefront: readonly Demand[] = [
  listenerRules,
  rulesPerBalancer,
  listeners,
  targetGroups,
  tasks,
  secretKeys,
];
