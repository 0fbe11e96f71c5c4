import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target } from '../environment.ts';
import { at, list, object } from '../json.ts';
import { conditionOn, covers, keyOf, keyStatements, type Statement, statements } from '../policies.ts';

const keyTypes = ['AWS::KMS::Key'] as const;

function isAccount({ aws }: Statement): boolean {
  return aws.some((principal) => /^arn:aws:iam::\d{12}:root$/.test(principal));
}

function isUnconditioned({ conditions }: Statement): boolean {
  return conditions.length === 0;
}

/** Removes from every key what lets a service in. */
function removeFromKeys(
  environment: DeployedEnvironment,
  doomed: (statement: Statement) => boolean,
): boolean {
  let removed = false;
  for (const key of resources(environment, ...keyTypes)) {
    const gone = new Set(
      keyStatements(environment, key)
        .filter(doomed)
        .map(({ source }) => source),
    );
    if (gone.size === 0) continue;
    const policy = object(key.properties.KeyPolicy);
    policy.Statement = list(policy.Statement).filter((statement) => !gone.has(object(statement)));
    removed = true;
  }
  return removed;
}

const staysAdministrable: Constraint = {
  id: 'key-stays-administrable',
  says: 'the account may always change the policy of every key',
  violations: (environment) =>
    resources(environment, ...keyTypes)
      .filter(
        (key) =>
          !keyStatements(environment, key).some(
            (statement) =>
              statement.allows &&
              isAccount(statement) &&
              isUnconditioned(statement) &&
              covers(statement, 'kms:PutKeyPolicy') &&
              covers(statement, 'kms:DescribeKey'),
          ),
      )
      .map((key) => `${label(key)}: nobody may put its policy`),
  breakIn: (environment) =>
    removeFromKeys(environment, (statement) => isAccount(statement) && isUnconditioned(statement)),
};

const grantsThroughServicesOnly: Constraint = {
  id: 'key-grants-through-services-only',
  says: 'nobody in the account decrypts, or grants decryption, except through a named service',
  violations: (environment) =>
    resources(environment, ...keyTypes).flatMap((key) =>
      keyStatements(environment, key)
        .filter(
          (statement) =>
            statement.allows &&
            statement.aws.length > 0 &&
            conditionOn(statement, 'kms:ViaService') === undefined &&
            ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'].some((action) =>
              covers(statement, action),
            ),
        )
        .map(({ sid }) => `${label(key)}: "${sid}" needs no service between`),
    ),
  breakIn(environment) {
    for (const key of resources(environment, ...keyTypes)) {
      const administration = keyStatements(environment, key).find((statement) =>
        covers(statement, 'kms:PutKeyPolicy'),
      );
      if (!administration) continue;
      administration.source.Action = [...list(administration.source.Action), 'kms:Create*'];
      return true;
    }
    return false;
  },
};

const noBlanketDeny: Constraint = {
  id: 'key-no-blanket-deny',
  says: 'no key denies everybody without excepting its own account',
  violations: (environment) =>
    resources(environment, ...keyTypes).flatMap((key) =>
      keyStatements(environment, key)
        .filter((statement) => !statement.allows && statement.aws.includes('*') && isUnconditioned(statement))
        .map(({ sid }) => `${label(key)}: "${sid}" denies everybody`),
    ),
  breakIn(environment) {
    const [key] = resources(environment, ...keyTypes);
    if (!key) return false;
    const policy = object(key.properties.KeyPolicy);
    policy.Statement = [
      ...list(policy.Statement),
      { Sid: 'Broken', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
    ];
    return true;
  },
};

const forLogs: Constraint = {
  id: 'key-for-logs',
  says: 'the key of every log group lets CloudWatch Logs of its own region in, for log groups only',
  violations: (environment) =>
    resources(environment, 'AWS::Logs::LogGroup').flatMap((group) => {
      if (group.properties.KmsKeyId === undefined) return [];
      const key = keyOf(environment, group, group.properties.KmsKeyId);
      if (!key) return [`${label(group)}: its key is not of this environment`];
      if (key.stack.region !== group.stack.region)
        return [`${label(group)}: its key is in ${key.stack.region}`];
      const allowed = keyStatements(environment, key).some(
        (statement) =>
          statement.allows &&
          statement.services.includes(`logs.${group.stack.region}.amazonaws.com`) &&
          ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'].every((action) =>
            covers(statement, action),
          ) &&
          conditionOn(statement, 'kms:EncryptionContext:aws:logs:arn') !== undefined,
      );
      return allowed ? [] : [`${label(group)}: ${label(key)} does not let CloudWatch Logs in`];
    }),
  breakIn: (environment) =>
    removeFromKeys(environment, ({ services }) => services.some((service) => service.startsWith('logs.'))),
};

/** Services that publish to a topic by themselves. Config and CodePipeline publish through their roles. */
function publishersTo(environment: DeployedEnvironment, topic: Resource): Set<string> {
  const is = (other: Resource | undefined) => other?.id === topic.id && other.stack.name === topic.stack.name;
  const publishers = new Set<string>();
  for (const { stack, properties } of resources(environment, 'AWS::CloudWatch::Alarm')) {
    const actions = [
      properties.AlarmActions,
      properties.OKActions,
      properties.InsufficientDataActions,
    ].flatMap(list);
    if (actions.some((action) => is(target(environment, stack, action))))
      publishers.add('cloudwatch.amazonaws.com');
  }
  for (const { stack, properties } of resources(environment, 'AWS::Events::Rule')) {
    if (list(properties.Targets).some((rule) => is(target(environment, stack, at(rule, 'Arn'))))) {
      publishers.add('events.amazonaws.com');
    }
  }
  for (const { stack, properties } of resources(environment, 'AWS::Budgets::Budget')) {
    const addresses = list(properties.NotificationsWithSubscribers).flatMap((notification) =>
      list(at(notification, 'Subscribers')).map((subscriber) => at(subscriber, 'Address')),
    );
    if (addresses.some((address) => is(target(environment, stack, address))))
      publishers.add('budgets.amazonaws.com');
  }
  for (const { stack, properties } of resources(environment, 'AWS::CE::AnomalySubscription')) {
    const addresses = list(properties.Subscribers).map((subscriber) => at(subscriber, 'Address'));
    if (addresses.some((address) => is(target(environment, stack, address))))
      publishers.add('costalerts.amazonaws.com');
  }
  for (const { stack, properties } of resources(environment, 'AWS::Backup::BackupVault')) {
    if (is(target(environment, stack, at(properties.Notifications, 'SNSTopicArn')))) {
      publishers.add('backup.amazonaws.com');
    }
  }
  return publishers;
}

function topicStatements(environment: DeployedEnvironment, topic: Resource): Statement[] {
  return resources(environment, 'AWS::SNS::TopicPolicy')
    .filter(({ stack, properties }) =>
      list(properties.Topics).some((value) => {
        const of = target(environment, stack, value);
        return of?.id === topic.id && of.stack.name === topic.stack.name;
      }),
    )
    .flatMap(({ stack, properties }) => statements(environment, stack, properties.PolicyDocument));
}

const forTopics: Constraint = {
  id: 'key-for-topics',
  says: 'whoever publishes to a topic may do so, and may use its key',
  violations: (environment) =>
    resources(environment, 'AWS::SNS::Topic').flatMap((topic) => {
      const key = keyOf(environment, topic, topic.properties.KmsMasterKeyId);
      return [...publishersTo(environment, topic)].flatMap((service) => {
        const isOf = ({ allows, services }: Statement) => allows && services.includes(service);
        const mayEncrypt =
          topic.properties.KmsMasterKeyId === undefined ||
          (key !== undefined &&
            keyStatements(environment, key).some(
              (statement) =>
                isOf(statement) &&
                covers(statement, 'kms:GenerateDataKey') &&
                covers(statement, 'kms:Decrypt'),
            ));
        const mayPublish = topicStatements(environment, topic).some(
          (statement) => isOf(statement) && covers(statement, 'sns:Publish'),
        );
        return [
          ...(mayEncrypt ? [] : [`${label(topic)}: its key does not let ${service} in`]),
          ...(mayPublish ? [] : [`${label(topic)}: its policy does not let ${service} publish`]),
        ];
      });
    }),
  breakIn: (environment) =>
    removeFromKeys(environment, ({ services }) => services.includes('cloudwatch.amazonaws.com')),
};

const eventsUnconditioned: Constraint = {
  id: 'events-unconditioned',
  says: 'EventBridge publishes to encrypted topics without source conditions, on key and topic',
  violations: (environment) =>
    resources(environment, 'AWS::SNS::Topic').flatMap((topic) => {
      if (!publishersTo(environment, topic).has('events.amazonaws.com')) return [];
      const key = keyOf(environment, topic, topic.properties.KmsMasterKeyId);
      const free = (statement: Statement) =>
        statement.allows && statement.services.includes('events.amazonaws.com') && isUnconditioned(statement);
      return [
        ...(key && !keyStatements(environment, key).some(free)
          ? [`${label(key)}: EventBridge only under conditions`]
          : []),
        ...(topicStatements(environment, topic).some(free)
          ? []
          : [`${label(topic)}: EventBridge only under conditions`]),
      ];
    }),
  breakIn(environment) {
    const [topic] = resources(environment, 'AWS::SNS::Topic');
    if (!topic) return false;
    for (const key of resources(environment, ...keyTypes)) {
      for (const { services, source } of keyStatements(environment, key)) {
        if (!services.includes('events.amazonaws.com')) continue;
        source.Condition = { StringEquals: { 'aws:SourceAccount': key.stack.account } };
      }
    }
    object(topic.stack.template.Resources).Findings = {
      Type: 'AWS::Events::Rule',
      Properties: { Targets: [{ Id: 'Topic', Arn: { Ref: topic.id } }] },
    };
    return true;
  },
};

const forTrail: Constraint = {
  id: 'key-for-trail',
  says: 'CloudTrail may encrypt with the trail as context, and describe and decrypt without it',
  violations: (environment) =>
    resources(environment, 'AWS::CloudTrail::Trail').flatMap((trail) => {
      if (trail.properties.KMSKeyId === undefined) return [];
      const key = keyOf(environment, trail, trail.properties.KMSKeyId);
      if (!key) return [`${label(trail)}: its key is not of this environment`];
      const ofTrail = keyStatements(environment, key).filter(
        ({ allows, services }) => allows && services.includes('cloudtrail.amazonaws.com'),
      );
      const may = (action: string, withContext: boolean) =>
        ofTrail.some(
          (statement) =>
            covers(statement, action) &&
            (conditionOn(statement, 'kms:EncryptionContext:aws:cloudtrail:arn') !== undefined) ===
              withContext,
        );
      return [
        ...(may('kms:GenerateDataKey', true) ? [] : [`${label(key)}: CloudTrail may not encrypt`]),
        ...(may('kms:DescribeKey', false) ? [] : [`${label(key)}: CloudTrail may not describe it`]),
        ...(may('kms:Decrypt', false) ? [] : [`${label(key)}: CloudTrail may not decrypt its bucket key`]),
      ];
    }),
  breakIn(environment) {
    const context = {
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:*:trail/*' },
    };
    let broken = false;
    for (const key of resources(environment, ...keyTypes)) {
      for (const { services, source } of keyStatements(environment, key)) {
        if (!services.includes('cloudtrail.amazonaws.com')) continue;
        source.Condition = context;
        broken = true;
      }
    }
    return broken;
  },
};

/** Types whose key the deploying role must be able to grant to the service; the property that names the key. */
const stores: readonly { readonly type: string; readonly key: string[]; readonly service: string }[] = [
  { type: 'AWS::RDS::DBCluster', key: ['KmsKeyId'], service: 'rds' },
  { type: 'AWS::EFS::FileSystem', key: ['KmsKeyId'], service: 'elasticfilesystem' },
  { type: 'AWS::ECR::Repository', key: ['EncryptionConfiguration', 'KmsKey'], service: 'ecr' },
  { type: 'AWS::Backup::BackupVault', key: ['EncryptionKeyArn'], service: 'backup' },
  { type: 'AWS::Lambda::Function', key: ['KmsKeyArn'], service: 'lambda' },
];

/** A function without settings has nothing to encrypt. */
function keepsSomething({ type, properties }: Resource): boolean {
  return type !== 'AWS::Lambda::Function' || properties.Environment !== undefined;
}

const forStores: Constraint = {
  id: 'key-for-stores',
  says: 'whoever creates a store may grant its key to the service that runs it',
  violations: (environment) =>
    stores.flatMap(({ type, key: path, service }) =>
      resources(environment, type)
        .filter(keepsSomething)
        .flatMap((store) => {
          const key = keyOf(environment, store, at(store.properties, ...path));
          if (!key) return [`${label(store)}: no key of this environment`];
          const granted = keyStatements(environment, key).some((statement) => {
            const via = conditionOn(statement, 'kms:ViaService');
            return (
              statement.allows &&
              isAccount(statement) &&
              covers(statement, 'kms:CreateGrant') &&
              (via === undefined || via.includes(`${service}.${store.stack.region}.amazonaws.com`))
            );
          });
          return granted ? [] : [`${label(store)}: ${label(key)} may not be granted through ${service}`];
        }),
    ),
  breakIn: (environment) => removeFromKeys(environment, (statement) => covers(statement, 'kms:CreateGrant')),
};

/** What a role may do by the policies of its own stack. */
function allowedTo(environment: DeployedEnvironment, role: Resource): Statement[] {
  return resources(environment, 'AWS::IAM::ManagedPolicy')
    .filter(({ stack, properties }) =>
      list(properties.Roles).some((value) => {
        const holder = target(environment, stack, value);
        return holder?.id === role.id && holder.stack.name === role.stack.name;
      }),
    )
    .flatMap(({ stack, properties }) => statements(environment, stack, properties.PolicyDocument))
    .filter(({ allows }) => allows);
}

const forDeadLetters: Constraint = {
  id: 'key-for-dead-letters',
  says: 'a function whose dead letters go to an encrypted topic may use its key',
  violations: (environment) =>
    resources(environment, 'AWS::Lambda::Function').flatMap((each) => {
      const topic = target(environment, each.stack, at(each.properties, 'DeadLetterConfig', 'TargetArn'));
      const key = topic && keyOf(environment, topic, topic.properties.KmsMasterKeyId);
      const role = target(environment, each.stack, each.properties.Role);
      if (!key || !role) return [];
      const allowed = allowedTo(environment, role).some(
        (statement) =>
          covers(statement, 'kms:GenerateDataKey') &&
          covers(statement, 'kms:Decrypt') &&
          list(statement.source.Resource).some(
            (value) => target(environment, role.stack, value)?.id === key.id,
          ),
      );
      return allowed ? [] : [`${label(each)}: its dead letters cannot be encrypted with ${label(key)}`];
    }),
  breakIn(environment) {
    let broken = false;
    for (const policy of resources(environment, 'AWS::IAM::ManagedPolicy')) {
      const document = object(policy.properties.PolicyDocument);
      const kept = statements(environment, policy.stack, document).filter(
        (statement) => !conditionOn(statement, 'kms:ViaService')?.includes(' = sns.'),
      );
      broken ||= kept.length < list(document.Statement).length;
      document.Statement = kept.map(({ source }) => source);
    }
    return broken;
  },
};

const forSecrets: Constraint = {
  id: 'key-for-secrets',
  says: 'whoever reads or writes a secret may use its key through Secrets Manager',
  violations: (environment) =>
    resources(environment, 'AWS::SecretsManager::Secret').flatMap((secret) => {
      const key = keyOf(environment, secret, secret.properties.KmsKeyId);
      if (!key) return [`${label(secret)}: no key of this environment`];
      const allowed = keyStatements(environment, key).some(
        (statement) =>
          statement.allows &&
          statement.aws.length > 0 &&
          covers(statement, 'kms:GenerateDataKey') &&
          covers(statement, 'kms:Decrypt') &&
          conditionOn(statement, 'kms:ViaService')?.includes(
            `secretsmanager.${secret.stack.region}.amazonaws.com`,
          ),
      );
      return allowed ? [] : [`${label(secret)}: ${label(key)} may not be used through Secrets Manager`];
    }),
  breakIn: (environment) =>
    removeFromKeys(environment, (statement) =>
      Boolean(conditionOn(statement, 'kms:ViaService')?.includes('secretsmanager')),
    ),
};

const forConfig: Constraint = {
  id: 'key-for-config',
  says: 'AWS Config may use the key of the bucket it delivers to',
  violations: (environment) =>
    resources(environment, 'AWS::Config::DeliveryChannel').flatMap((channel) => {
      const bucket = target(environment, channel.stack, channel.properties.S3BucketName);
      if (!bucket) return [`${label(channel)}: its bucket is not of this environment`];
      const keyId = at(
        bucket.properties,
        'BucketEncryption',
        'ServerSideEncryptionConfiguration',
        0,
        'ServerSideEncryptionByDefault',
        'KMSMasterKeyID',
      );
      if (keyId === undefined) return [];
      const key = keyOf(environment, bucket, keyId);
      const allowed =
        key &&
        keyStatements(environment, key).some(
          (statement) =>
            statement.allows &&
            statement.services.includes('config.amazonaws.com') &&
            covers(statement, 'kms:GenerateDataKey') &&
            covers(statement, 'kms:Decrypt'),
        );
      return allowed ? [] : [`${label(channel)}: the key of its bucket does not let AWS Config in`];
    }),
  breakIn(environment) {
    const encrypted = resources(environment, 'AWS::S3::Bucket').find((bucket) =>
      JSON.stringify(bucket.properties.BucketEncryption ?? '').includes('KMSMasterKeyID'),
    );
    if (!encrypted) return false;
    removeFromKeys(environment, ({ services }) => services.includes('config.amazonaws.com'));
    object(encrypted.stack.template.Resources).Channel = {
      Type: 'AWS::Config::DeliveryChannel',
      Properties: { S3BucketName: { Ref: encrypted.id } },
    };
    return true;
  },
};

export const keys: Constraint[] = [
  staysAdministrable,
  grantsThroughServicesOnly,
  noBlanketDeny,
  forLogs,
  forTopics,
  eventsUnconditioned,
  forTrail,
  forStores,
  forDeadLetters,
  forSecrets,
  forConfig,
];
