import { at, hasToken, isMap, numeric, text } from '../../../checks/model/values.ts';
import { shortest } from './checks.ts';
import { type Demand, eachResource, grouped } from './demand.ts';
import { docs } from './pages.ts';

const lambdaQuotas = `${docs}/lambda/latest/dg/gettingstarted-limits.html`;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reservedVariables =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_\w+|ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;

const environments = eachResource('function-limits', ['AWS::Lambda::Function'], ({ properties }) => {
  const variables = at(properties.Environment, 'Variables');
  if (!isMap(variables)) return [];
  const size = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + name.length + Buffer.byteLength(shortest(value ?? '') ?? ''),
    0,
  );
  return [
    ...(size > 4096
      ? [
          {
            says: `has ${size} bytes of environment; Lambda takes 4096`,
            way: 'Read the rest from a parameter.',
          },
        ]
      : []),
    ...Object.keys(variables)
      .filter((name) => reservedVariables.test(name) || !/^[a-zA-Z]\w+$/.test(name))
      .map((name) => ({
        says: `sets the variable ${name}, which Lambda keeps for itself or does not take (InvalidParameterValueException)`,
        way: 'Give it another name.',
      })),
  ].map((found) => ({ ...found, source: lambdaQuotas }));
});

/** Lambda leaves 100 unreserved; accounts have 1,000, some fewer. */
const unreserved = 100;
const concurrency = 1000;

const reservations: Demand = {
  id: 'function-limits',
  violations: ({ resources }) => {
    const places = grouped(
      resources.filter(({ type }) => type === 'AWS::Lambda::Function'),
      ({ stack }) => `${stack.account} ${stack.region}`,
    );
    return places.flatMap((functions) => {
      const reserved = functions.map((each) => numeric(each.properties.ReservedConcurrentExecutions) ?? 0);
      const sum = reserved.reduce((all, one) => all + one, 0);
      const most = functions[reserved.indexOf(Math.max(...reserved))];
      if (sum <= concurrency - unreserved || !most) return [];
      return [
        {
          of: most,
          says: `and the functions beside it reserve ${sum} concurrent executions; of ${concurrency} in an account Lambda leaves ${unreserved} unreserved`,
          way: 'Reserve less, or have the quota raised.',
          source: lambdaQuotas,
        },
      ];
    });
  },
};

/** Each secret's first rotation starts with its schedule, and Secrets Manager calls the function synchronously. */
const rotationConcurrency = eachResource(
  'rotation-concurrency',
  ['AWS::Lambda::Function'],
  (rotator, deployment) => {
    const reserved = numeric(rotator.properties.ReservedConcurrentExecutions);
    const rotated = deployment.resources.filter(
      (each) =>
        each.type === 'AWS::SecretsManager::RotationSchedule' &&
        deployment.referred(each, each.properties.RotationLambdaARN).includes(rotator),
    ).length;
    if (reserved === undefined || reserved >= rotated) return [];
    return [
      {
        says: `may run ${reserved} times at once, and the first rotation of ${rotated} secrets starts with the deploy: the others are throttled`,
        way: `Reserve ${rotated} or more.`,
        source: `${docs}/secretsmanager/latest/userguide/rotate-secrets_lambda.html`,
      },
    ];
  },
);

const rotationSchedule = eachResource(
  'rotation-schedule',
  ['AWS::SecretsManager::RotationSchedule'],
  ({ properties: { RotationRules } }) => {
    const expression = text(at(RotationRules, 'ScheduleExpression'));
    const duration = text(at(RotationRules, 'Duration'));
    if (expression === undefined || hasToken(expression)) return [];
    return scheduleProblems(expression, duration).map((problem) => ({
      says: `rotates at ${expression}${duration ? ` for ${duration}` : ''}: ${problem} (InvalidParameterException)`,
      way: 'Write rate(<n> days), or a cron expression that opens on the hour and repeats evenly.',
      source: `${docs}/secretsmanager/latest/userguide/rotate-secrets_schedule.html`,
    }));
  },
);

/** @param duration length of the window, such as `2h` */
function scheduleProblems(expression: string, duration: string | undefined): string[] {
  const rate = /^rate\((\d+) (hours?|days?)\)$/.exec(expression);
  if (rate) {
    const hours = Number(rate[1]) * (rate[2]?.startsWith('day') ? 24 : 1);
    return hours >= 4 && hours <= 999 * 24 ? [] : ['less than 4 hours, or more than 999 days'];
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (!cron) return ['no schedule that Secrets Manager knows'];
  const [, minute = '', hour = '', dayOfMonth = '', , dayOfWeek = '', year = ''] = cron;
  const length = duration === undefined ? undefined : Number(/^(\d+)h$/.exec(duration)?.[1]);
  const step = /^(\d+)\/(\d+)$/.exec(hour);
  const first = Number(step ? step[1] : hour);
  const period = step ? Number(step[2]) : 24;
  const windowFits =
    length === undefined ||
    (Number.isInteger(length) &&
      length >= 1 &&
      length <= period &&
      (step !== null || !(first + length > 24)));
  return [
    ...(minute === '0' ? [] : [`its window opens at minute ${minute}`]),
    ...(year === '*' ? [] : [`its year is ${year}`]),
    ...((dayOfMonth === '?') === (dayOfWeek === '?') ? ['days of month and of week exclude each other'] : []),
    ...(step && (first >= period || 24 % period !== 0) ? [`hours ${hour} do not repeat evenly`] : []),
    ...(windowFits ? [] : [`its window of ${duration} does not fit`]),
  ];
}

/** What Lambda demands of functions, and Secrets Manager of rotations. */
export const functions: readonly Demand[] = [
  environments,
  reservations,
  rotationConcurrency,
  rotationSchedule,
];
