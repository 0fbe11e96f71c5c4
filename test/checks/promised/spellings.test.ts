import { beforeAll, describe, expect, it } from 'vitest';
import { checkTemplates, type TemplateInput } from '../../../lib/checks/check-templates.ts';
import { exampleEnvironment } from '../../support/synthesize.ts';
import { type Handle, type Json, Mutant } from '../mutate.ts';

/** A pair about one resource: the same in other words, and something that looks like it and is weaker. */
interface Pair {
  readonly what: string;
  readonly type: string;
  readonly like: RegExp;
  readonly same: (p: Json, mutant: Mutant, handle: Handle) => void;
  readonly weaker: (p: Json, mutant: Mutant, handle: Handle) => void;
}

const statement = (document: Json, sid: string) =>
  document.Statement.findIndex((each: Json) => each.Sid === sid) as number;

function pipelineOf(p: Json, mutant: Mutant, change: (arn: string) => string): void {
  const name = mutant.one('AWS::CodePipeline::Pipeline').p.Name as string;
  const [, [arn]] = p.Target.Arn['Fn::Join'];
  p.Target.Arn = change(`${arn}${name}`);
}

const pairs: readonly Pair[] = [
  {
    what: 'a denial split in two, or half of it lost',
    type: 'S3::BucketPolicy',
    like: /LogArchive/,
    same: ({ PolicyDocument: document }) => {
      const [deny] = document.Statement.splice(statement(document, 'NobodyDeletesLogs'), 1);
      const [one, two] = deny.Action;
      document.Statement.unshift({ ...deny, Sid: 'A', Action: one }, { ...deny, Sid: 'B', Action: [two] });
    },
    weaker: ({ PolicyDocument: document }) => {
      document.Statement[statement(document, 'NobodyDeletesLogs')].Action = 's3:DeleteObject';
    },
  },
  {
    what: 'actions and keys in other letters, or another action',
    type: 'IAM::ManagedPolicy',
    like: /^WeeklyRunRole/,
    same: ({ PolicyDocument: { Statement } }) => {
      Statement[0].Action = ['CODEPIPELINE:startpipelineexecution'];
    },
    weaker: ({ PolicyDocument: { Statement } }) => {
      Statement[0].Action = ['codepipeline:*'];
    },
  },
  {
    what: 'everybody in short, or all but one account',
    type: 'S3::BucketPolicy',
    like: /AccessLogs/,
    same: ({ PolicyDocument: { Statement } }) => {
      for (const each of Statement) if (each.Principal?.AWS === '*') each.Principal = '*';
    },
    weaker: ({ PolicyDocument: { Statement } }) => {
      Statement[0].Principal = { AWS: '333344445555' };
    },
  },
  {
    what: 'an ARN compared as a pattern, or with one',
    type: 'SecretsManager::ResourcePolicy',
    like: /ShopSecret/,
    same: ({ ResourcePolicy: { Statement } }) => {
      Statement[0].Condition = { ArnNotLike: Statement[0].Condition.ArnNotEquals };
    },
    weaker: ({ ResourcePolicy: { Statement } }) => {
      const readers = Statement[0].Condition.ArnNotEquals['aws:PrincipalArn'];
      Statement[0].Condition = {
        ArnNotLike: { 'aws:PrincipalArn': [...readers, 'arn:aws:iam::*:role/Ops*'] },
      };
    },
  },
  {
    what: 'a further denial of what nobody does, or of what somebody has to do',
    type: 'SecretsManager::ResourcePolicy',
    like: /ExportsSecret/,
    same: ({ ResourcePolicy: { Statement } }) => {
      Statement.push({
        Effect: 'Deny',
        Principal: '*',
        Action: 'secretsmanager:DeleteSecret',
        Resource: '*',
      });
    },
    weaker: ({ ResourcePolicy: { Statement } }) => {
      Statement.push({
        Effect: 'Deny',
        Principal: '*',
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      });
    },
  },
  {
    what: 'statements of a role inside of it, or wider',
    type: 'IAM::Role',
    like: /^FlowLogRole/,
    same: (p, mutant, handle) => moveInside(p, mutant, handle, (document) => document),
    weaker: (p, mutant, handle) =>
      moveInside(p, mutant, handle, (document) => ({
        ...document,
        Statement: [{ ...document.Statement[0], Action: 'logs:*' }],
      })),
  },
  {
    what: 'a rule of a group inside of it, or for more ports',
    type: 'EC2::SecurityGroup',
    like: /^SecurityGroupsMedia/,
    same: (p, mutant, { id }) => ruleInside(p, mutant, id, {}),
    weaker: (p, mutant, { id }) => ruleInside(p, mutant, id, { FromPort: 0 }),
  },
  {
    what: 'a schedule in other words, or with a gap at night',
    type: 'Events::Rule',
    like: /^WatchHourly/,
    same: (p) => {
      p.ScheduleExpression = 'rate(60 minutes)';
    },
    weaker: (p) => {
      p.ScheduleExpression = 'cron(0 8-18 * * ? *)';
    },
  },
  {
    what: 'at least one as more than none, or as more than one',
    type: 'CloudWatch::Alarm',
    like: /^RotationFunctionErrors/,
    same: (p) =>
      Object.assign(p, { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, DatapointsToAlarm: 1 }),
    weaker: (p) => Object.assign(p, { ComparisonOperator: 'GreaterThanThreshold' }),
  },
  {
    what: 'a forward and a host in the long spelling, or to a second group',
    type: 'ElasticLoadBalancingV2::ListenerRule',
    like: /PublicShop/,
    same: (p) => {
      const { TargetGroupArn, ...rest } = p.Actions[0];
      p.Actions[0] = { ...rest, Order: 1, ForwardConfig: { TargetGroups: [{ TargetGroupArn, Weight: 1 }] } };
      p.Conditions = p.Conditions.map(({ Field, HostHeaderConfig: { Values } }: Json) => ({ Field, Values }));
    },
    weaker: (p) => {
      const { TargetGroupArn } = p.Actions[0];
      const groups = [
        { TargetGroupArn },
        { TargetGroupArn: 'arn:aws:elasticloadbalancing:x:y:targetgroup/z/1' },
      ];
      p.Actions[0] = { Type: 'forward', ForwardConfig: { TargetGroups: groups } };
    },
  },
  {
    what: 'a name written out, or that of another',
    type: 'CloudWatch::Alarm',
    like: /^AlarmsBackupFailed/,
    same: (p, mutant) => {
      p.Dimensions[0].Value = mutant
        .all('AWS::Backup::BackupVault')
        .find(({ stack }) => stack === 'Recovery')?.p.BackupVaultName;
    },
    weaker: (p) => {
      p.Dimensions[0].Value = 'other-backups';
    },
  },
  {
    what: 'an ARN written out, or that of another account',
    type: 'Scheduler::Schedule',
    like: /^WeeklyRunSchedule/,
    same: (p, mutant) => pipelineOf(p, mutant, (arn) => arn),
    weaker: (p, mutant) => pipelineOf(p, mutant, (arn) => arn.replace(/\d{12}/, '999988887777')),
  },
  {
    what: 'rules of a web ACL under other numbers, or in another order',
    type: 'WAFv2::WebACL',
    like: /^WebAcl/,
    same: (p) => {
      for (const each of p.Rules) {
        each.Priority = 2 * each.Priority + 5;
        if (each.Action?.Block?.CustomResponse?.ResponseCode === 403) each.Action = { Block: {} };
      }
    },
    weaker: (p) => {
      p.Rules.find((each: Json) => each.Name === 'tries-login').Priority = 999;
    },
  },
  {
    what: 'a lifecycle in two rules, or one that ends earlier',
    type: 'S3::Bucket',
    like: /^AccessLogs/,
    same: ({ LifecycleConfiguration: { Rules } }) => {
      const { AbortIncompleteMultipartUpload, ...rest } = Rules[0];
      Rules.splice(0, 1, { AbortIncompleteMultipartUpload, Status: 'Enabled' }, rest);
    },
    weaker: ({ LifecycleConfiguration: { Rules } }) => {
      Rules.push({ Status: 'Enabled', Prefix: 'load-balancer/', ExpirationInDays: 30 });
    },
  },
  {
    what: 'a folder of files that is asked for without its first slash, or another',
    type: 'CloudFront::Distribution',
    like: /./,
    same: ({ DistributionConfig: { CacheBehaviors } }) => {
      CacheBehaviors[0].PathPattern = CacheBehaviors[0].PathPattern.slice(1);
    },
    weaker: ({ DistributionConfig: { CacheBehaviors } }) => {
      CacheBehaviors[0].PathPattern = '/*';
    },
  },
  {
    what: 'headers that refuse more, or give a feature away',
    type: 'CloudFront::ResponseHeadersPolicy',
    like: /./,
    same: ({ ResponseHeadersPolicyConfig: { CustomHeadersConfig } }) => {
      CustomHeadersConfig.Items[0].Header = 'permissions-policy';
      CustomHeadersConfig.Items[0].Value += ', midi=()';
      CustomHeadersConfig.Items.push({
        Header: 'Cross-Origin-Opener-Policy',
        Value: 'same-origin',
        Override: true,
      });
    },
    weaker: ({ ResponseHeadersPolicyConfig: { CustomHeadersConfig } }) => {
      CustomHeadersConfig.Items[0].Value += ', midi=*';
    },
  },
  {
    what: 'more events in a trail, or without those that manage',
    type: 'CloudTrail::Trail',
    like: /./,
    same: (p) => {
      p.EventSelectors = [
        {
          IncludeManagementEvents: true,
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
        },
      ];
    },
    weaker: (p) => {
      p.EventSelectors = [
        {
          IncludeManagementEvents: false,
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
        },
      ];
    },
  },
  {
    what: 'parameters that tune a database, or that let it run what connects',
    type: 'RDS::DBClusterParameterGroup',
    like: /./,
    same: ({ Parameters }) => Object.assign(Parameters, { max_connections: '500', long_query_time: '2' }),
    weaker: ({ Parameters }) => Object.assign(Parameters, { init_connect: 'GRANT ALL' }),
  },
  {
    what: 'a backup that may start a few hours later, or days',
    type: 'Backup::BackupPlan',
    like: /./,
    same: ({ BackupPlan: { BackupPlanRule } }) => {
      BackupPlanRule[0].StartWindowMinutes = 240;
    },
    weaker: ({ BackupPlan: { BackupPlanRule } }) => {
      BackupPlanRule[0].StartWindowMinutes = 4320;
    },
  },
  {
    what: 'defaults written down, or one of them changed',
    type: 'RDS::DBCluster',
    like: /./,
    same: (p) => Object.assign(p, { EnableHttpEndpoint: false, NetworkType: 'IPV4' }),
    weaker: (p) => Object.assign(p, { EnableHttpEndpoint: true }),
  },
  {
    what: 'a trust that asks for this account, or another one',
    type: 'IAM::Role',
    like: /^BackupRole/,
    same: ({ AssumeRolePolicyDocument: { Statement } }, mutant) => {
      Statement[0].Condition = { StringEquals: { 'aws:SourceAccount': accountOf(mutant) } };
    },
    weaker: ({ AssumeRolePolicyDocument: { Statement } }) => {
      Statement[0].Condition = { StringEquals: { 'aws:SourceAccount': '999988887777' } };
    },
  },
  {
    what: 'a permission for resources of this account, or of another one',
    type: 'IAM::ManagedPolicy',
    like: /^TrailLogsRole/,
    same: ({ PolicyDocument: { Statement } }, mutant) => {
      Statement[0].Condition = { StringEquals: { 'aws:ResourceAccount': accountOf(mutant) } };
    },
    weaker: ({ PolicyDocument: { Statement } }) => {
      Statement[0].Condition = { StringEquals: { 'aws:ResourceAccount': '999988887777' } };
    },
  },
  {
    what: 'a denial of what the role is not allowed, or of what it is',
    type: 'IAM::ManagedPolicy',
    like: /^RefreshRefreshRole/,
    same: ({ PolicyDocument: { Statement } }) => {
      Statement.push({ Effect: 'Deny', Action: ['iam:*', 'organizations:*'], Resource: '*' });
    },
    weaker: ({ PolicyDocument: { Statement } }) => {
      Statement.push({ Effect: 'Deny', Action: 'ecs:*', Resource: '*' });
    },
  },
  {
    what: 'a denial of other accounts, or of all but another one',
    type: 'S3::BucketPolicy',
    like: /PipelineArtifacts/,
    same: ({ PolicyDocument: { Statement } }, mutant) => {
      Statement.push(strangersDenied(accountOf(mutant), Statement[0].Resource));
    },
    weaker: ({ PolicyDocument: { Statement } }) => {
      Statement.push(strangersDenied('999988887777', Statement[0].Resource));
    },
  },
  {
    what: 'a vault that tells the topic of alarms, or a stranger',
    type: 'Backup::BackupVault',
    like: /^Vault/,
    same: (p, mutant) => {
      const [topic] = mutant.one('AWS::CloudWatch::Alarm', /BackupMissing/).p.AlarmActions;
      p.Notifications = { BackupVaultEvents: ['COPY_JOB_FAILED'], SNSTopicArn: topic };
    },
    weaker: (p) => {
      const topic = 'arn:aws:sns:ap-northeast-1:999988887777:x';
      p.Notifications = { BackupVaultEvents: ['COPY_JOB_FAILED'], SNSTopicArn: topic };
    },
  },
  {
    what: 'an endpoint in a zone more, or in a network that the templates do not make',
    type: 'EC2::VPCEndpoint',
    like: /SecretsManager/,
    same: (p, mutant) => {
      const used = JSON.stringify(p.SubnetIds);
      const { id } = mutant
        .all('AWS::EC2::Subnet')
        .find((each) => /app/.test(each.id) && !used.includes(each.id)) as Handle;
      p.SubnetIds.push({ Ref: id });
    },
    weaker: (p) => {
      p.SubnetIds.push('subnet-0123456789abcdef0');
    },
  },
  {
    what: 'a target of scaling more, or steps that take tasks away',
    type: 'ApplicationAutoScaling::ScalingPolicy',
    like: /Cpu/,
    same: (p, mutant, handle) => {
      mutant.add(handle, 'ByMemory', 'AWS::ApplicationAutoScaling::ScalingPolicy', {
        PolicyName: 'memory',
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: p.ScalingTargetId,
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' },
          TargetValue: 70,
        },
      });
    },
    weaker: (p) => {
      delete p.TargetTrackingScalingPolicyConfiguration;
      p.PolicyType = 'StepScaling';
      p.StepScalingPolicyConfiguration = {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: -1 }],
      };
    },
  },
  {
    what: 'a queue for events that a function did not get, or one of another account',
    type: 'Events::Rule',
    like: /^WatchHourly/,
    same: (p, mutant, handle) => {
      const arn = { 'Fn::GetAtt': ['Undelivered', 'Arn'] };
      const onlyTls = {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      };
      mutant.add(handle, 'Undelivered', 'AWS::SQS::Queue', { SqsManagedSseEnabled: true });
      mutant.add(handle, 'UndeliveredPolicy', 'AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: 'Undelivered' }],
        PolicyDocument: { Version: '2012-10-17', Statement: [onlyTls] },
      });
      p.Targets[0].DeadLetterConfig = { Arn: arn };
    },
    weaker: (p) => {
      p.Targets[0].DeadLetterConfig = { Arn: 'arn:aws:sqs:ap-northeast-1:999988887777:x' };
    },
  },
  {
    what: 'one more reading instance of a cluster, or one outside of it',
    type: 'RDS::DBInstance',
    like: /Reader/,
    same: (p, mutant, handle) => {
      mutant.add(handle, 'SecondReader', 'AWS::RDS::DBInstance', { ...p, PromotionTier: 3 });
    },
    weaker: (p) => {
      delete p.DBClusterIdentifier;
    },
  },
  {
    what: 'methods of a behaviour in another order, or the behaviours',
    type: 'CloudFront::Distribution',
    like: /Distribution/,
    same: ({ DistributionConfig: { DefaultCacheBehavior } }) => {
      DefaultCacheBehavior.AllowedMethods.reverse();
    },
    weaker: ({ DistributionConfig: { CacheBehaviors } }) => {
      CacheBehaviors.reverse();
    },
  },
  {
    what: 'the metric of an alarm written as one of several, or of another account',
    type: 'CloudWatch::Alarm',
    like: /^AlarmsBackupFailed/,
    same: (p) => asMetricStat(p),
    weaker: (p) => {
      asMetricStat(p);
      p.Metrics[0].AccountId = '999988887777';
    },
  },
];

function asMetricStat(p: Json): void {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ...rest } = p;
  for (const key of Object.keys(p)) delete p[key];
  const stat = { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic };
  Object.assign(p, rest, { Metrics: [{ Id: 'm', MetricStat: stat, ReturnData: true }] });
}

function accountOf(mutant: Mutant): string {
  const { KeyPolicy } = mutant.one('AWS::KMS::Key').p;
  return /iam::(\d{12}):root/.exec(JSON.stringify(KeyPolicy))?.[1] ?? '';
}

function strangersDenied(account: string, resource: Json): Json {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: resource,
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': account },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
}

function moveInside(p: Json, mutant: Mutant, { id }: Handle, change: (document: Json) => Json): void {
  const policy = mutant
    .all('AWS::IAM::ManagedPolicy')
    .find((each) => each.p.Roles?.[0]?.Ref === id) as Handle;
  mutant.remove(policy);
  p.Policies = [{ PolicyName: 'inside', PolicyDocument: change(policy.p.PolicyDocument) }];
}

function ruleInside(p: Json, mutant: Mutant, id: string, change: Json): void {
  const rule = mutant
    .all('AWS::EC2::SecurityGroupIngress')
    .find((each) => JSON.stringify(each.p.GroupId).includes(`"${id}"`)) as Handle;
  mutant.remove(rule);
  const { GroupId: _, ...rest } = rule.p;
  p.SecurityGroupIngress = [{ ...rest, ...change }];
}

/** All of them at once: each is about a resource of its own. */
describe('against what was promised', () => {
  let templates: TemplateInput[];

  beforeAll(async () => {
    const environment = await exampleEnvironment('examples/eccube-standard.ts');
    templates = Object.entries(environment.templates).map(([name, template]) => ({
      name,
      template: template.toJSON(),
    }));
  });

  const told = (change: 'same' | 'weaker') => {
    const mutant = new Mutant(templates);
    const handles = pairs.map((pair) => {
      const handle = mutant.all(`AWS::${pair.type}`).find(({ id }) => pair.like.test(id));
      if (!handle) throw new Error(`the example holds nothing for: ${pair.what}`);
      pair[change](handle.p, mutant, handle);
      return handle;
    });
    const rows = checkTemplates(mutant.templates).rows.filter(
      ({ outcome }) => outcome === 'non-compliant' || outcome === 'undecided',
    );
    return { handles, rows };
  };

  it('the same in other words is the same', () => {
    expect(told('same').rows.map(({ rule, reason }) => `${rule} ${reason}`)).toEqual([]);
  });

  it('what looks like it and is weaker is told, each where it is', () => {
    const { handles, rows } = told('weaker');
    const silent = pairs.filter((_, index) => {
      const { stack, id } = handles[index] as Handle;
      return !rows.some(({ resource }) => resource.stack === stack && resource.logicalId === id);
    });
    expect(silent.map(({ what }) => what)).toEqual([]);
  });

  it('a resource under another logical id is the one that was promised, with what changed of it', () => {
    const renamed = (change: (p: Json) => void) => {
      const mutant = new Mutant(templates);
      const { id } = mutant.one('AWS::CloudWatch::Alarm', /^AlarmsServerErrors/);
      const text = JSON.stringify(
        mutant.templates.map(({ template }) => ({ ...(template as Json), Metadata: {} })),
      );
      const copies = JSON.parse(text.replaceAll(`"${id}"`, '"FiveHundreds"')) as Json[];
      const changed = new Mutant(
        mutant.templates.map((each, index) => ({
          ...each,
          template: { ...copies[index], Metadata: (each.template as Json).Metadata },
        })),
      );
      change(changed.one('AWS::CloudWatch::Alarm', /^FiveHundreds/).p);
      return checkTemplates(changed.templates).rows.filter(({ outcome }) => outcome === 'non-compliant');
    };
    expect(renamed(() => undefined)).toEqual([]);
    const found = renamed((p) => {
      p.Threshold = 5000;
    });
    expect(found.map(({ resource }) => resource.logicalId)).toContain('FiveHundreds');
  });
});
