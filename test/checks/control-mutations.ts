import { edit, type Json, type Mutant, type Mutation, mutation } from './mutate.ts';

const functionType = 'AWS::Lambda::Function';
const ruleType = 'AWS::Events::Rule';

/** The functions that the shop's controls are carried out by, by the start of their logical ids. */
const functions = [
  'RotationFunction',
  'Refresh',
  'WatchB',
  'WatchFunction',
  'ConnectionHandler',
  'FirstRotationWait',
  'VpcOriginIngressReader',
  'VpcDefaultGroupCloser',
] as const;

const settings = (p: Json) => p.Environment.Variables;

const reference = (p: Json, name: RegExp, version: string) => {
  const secret = p.ContainerDefinitions[0].Secrets.find((each: Json) => name.test(each.Name));
  const parts = secret.ValueFrom['Fn::Join'][1];
  parts[1] = parts[1].replace(/::$/, version);
};

/** A control that is in place and does not work: never started, stopped at once, or told to look elsewhere. */
export const controlMutations: readonly Mutation[] = [
  ...functions.map((name) =>
    edit(
      `let ${name} never run`,
      'ALM1[FunctionRuns]',
      functionType,
      (p) => {
        p.ReservedConcurrentExecutions = 0;
      },
      new RegExp(`^${name}`),
    ),
  ),
  edit(
    'stop the watch over rotations after three seconds',
    'ALM1[FunctionRuns]',
    functionType,
    (p) => {
      p.Timeout = 3;
    },
    /^WatchB/,
  ),
  mutation('throttle the handler of VPN connections to nothing', 'ADM2[VpnSessions]', (mutant) => {
    mutant.one(functionType, /^ConnectionHandler/).p.ReservedConcurrentExecutions = 0;
    return mutant.one('AWS::EC2::ClientVpnEndpoint');
  }),
  mutation('throttle the refresh to nothing', 'SEC2[Refreshed]', (mutant) => {
    mutant.one(functionType, /^Refresh/).p.ReservedConcurrentExecutions = 0;
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
  edit(
    'stop the refresh before its deployment can end',
    'SEC2[Refreshed]',
    functionType,
    (p) => {
      p.Timeout = 60;
    },
    /^Refresh/,
  ),
  mutation('hand no event to a function', 'ALM1[FunctionRuns]', (mutant) => {
    const code = mutant.one(functionType, /^Refresh/);
    return mutant.add(code, 'Mapping', 'AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: code.id },
      Enabled: false,
    });
  }),
  mutation('call the watch over rotations by nothing', 'ALM1[FunctionRuns]', (mutant) => {
    mutant.remove(mutant.one(ruleType, /^WatchHourly/));
    mutant.remove(mutant.one('AWS::Lambda::Permission', /^WatchHourly/));
    return mutant.one(functionType, /^WatchB/);
  }),
  mutation('measure overdue rotations no more', 'ALM1[Measured]', (mutant) => {
    mutant.remove(mutant.one(ruleType, /^WatchHourly/));
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
  mutation('look at the age of the image once a month', 'ALM1[Measured]', (mutant) => {
    mutant.one(ruleType, /^WatchTwiceADay/).p.ScheduleExpression = 'rate(30 days)';
    return mutant.one('AWS::ECR::Repository');
  }),
  ...(
    [
      ['service', (p) => (settings(p).SERVICE = 'another')],
      ['cluster', (p) => (settings(p).CLUSTER = 'another')],
    ] as const satisfies readonly (readonly [string, (p: Json) => unknown])[]
  ).map(([what, alter]) =>
    edit(`restart another ${what} after a rotation`, 'SEC2[Refreshed]', functionType, alter, /^Refresh/),
  ),
  ...(
    [
      ['watch one rotation less', /^WatchB/, (p) => settings(p).SECRETS['Fn::Join'][1].splice(3, 1)],
      [
        'watch another pipeline',
        /^WatchFunction/,
        (p) => {
          p.Environment = JSON.parse(JSON.stringify(p.Environment).replaceAll('-patching', '-other'));
        },
      ],
      [
        'watch another repository',
        /^WatchFunction/,
        (p) => {
          settings(p).SETTINGS['Fn::Join'][1][1] = 'another';
        },
      ],
      [
        'tell the watch nothing',
        /^WatchFunction/,
        (p) => {
          delete p.Environment;
        },
      ],
      [
        'ask another register who may connect',
        /^ConnectionHandler/,
        (p) => {
          settings(p).REGISTER = '/secure-shop/another/vpn/certificates';
        },
      ],
    ] as const satisfies readonly (readonly [string, RegExp, (p: Json) => unknown])[]
  ).map(([change, like, alter]) => edit(change, 'ALM1[FunctionSettings]', functionType, alter, like)),
  edit(
    'send failed events to a topic of nobody',
    'ALM1[DeadLetters]',
    functionType,
    (p) => {
      p.DeadLetterConfig.TargetArn = 'arn:aws:sns:ap-northeast-1:222233334444:another';
    },
    /^Refresh/,
  ),
  edit(
    'have a function that is not shown rotate',
    'SEC1[RotationPermission]',
    'AWS::SecretsManager::RotationSchedule',
    (p) => {
      p.RotationLambdaARN = 'arn:aws:lambda:ap-northeast-1:222233334444:function:another';
    },
  ),
  mutation(
    'let Secrets Manager call the rotation for another secret',
    'SEC1[RotationPermission]',
    (mutant) => {
      mutant.one('AWS::Lambda::Permission', /^AdminCredentialRotation/).p.SourceArn =
        'arn:aws:secretsmanager:ap-northeast-1:222233334444:secret:another';
      return mutant.one('AWS::SecretsManager::RotationSchedule', /^AdminCredential/);
    },
  ),
  ...[':AWSPREVIOUS:', ':AWSPENDING:', '::0e6d3b7a-0000-4000-8000-000000000000'].map((version) =>
    edit(
      `start containers with the password of "${version}"`,
      'SEC1[ContainerSecrets]',
      'AWS::ECS::TaskDefinition',
      (p) => reference(p, /PASSWORD/, version),
    ),
  ),
];

/** Changes that take nothing away: none of them is a finding. */
export const harmless: readonly { readonly change: string; make(mutant: Mutant): void }[] = [
  {
    change: 'name the current version of a secret',
    make: (mutant) => reference(mutant.one('AWS::ECS::TaskDefinition').p, /PASSWORD/, ':AWSCURRENT:'),
  },
  {
    change: 'give a function more time and company',
    make(mutant) {
      const watch = mutant.one(functionType, /^WatchB/);
      watch.p.Timeout = 120;
      watch.p.ReservedConcurrentExecutions = 5;
    },
  },
  {
    change: 'look twice an hour',
    make(mutant) {
      mutant.one(ruleType, /^WatchHourly/).p.ScheduleExpression = 'rate(30 minutes)';
    },
  },
];
