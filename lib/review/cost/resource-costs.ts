import { isObject } from '../templates/template-file.ts';
import type { Assumptions } from './assumptions.ts';
import { backupCosts } from './backup-costs.ts';
import { databaseInstanceCosts, restoreTestCosts } from './database-costs.ts';
import { guardDutyCosts } from './guardduty-costs.ts';
import { logGroupCosts } from './log-costs.ts';
import { lengthOf, numberIn, objectsIn, type PricedResource } from './priced-environment.ts';
import { type Costs, daysOfMonth, fixed, hoursOfMonth, packed, text, used } from './usage.ts';
import { configRuleCosts, recorderCosts, securityHubCosts } from './watcher-costs.ts';
import { webAclCosts } from './web-acl-costs.ts';

const imageGb = 0.3;
const buildMinutes = 15;
const releaseMinutes = 10;
const alarms = text('alarms', 'アラーム');
/** Rows that a page reads beyond the memory of the database. */
const ioOfRequest = 10;
/** MB of code and pictures that a page reads from the file system. */
const readOfRequest = 0.2;
/** Share of the media that is new in a month. */
const monthlyChange = 0.05;
const rescansOfDay = 0.1;
const requestsOfQuery = 100;
const secondsOfCall = 2;
const mailsOfOrder = 3;
const monthsOfArchive = 13;

/** Whether a file system moves what nobody opens to the cheaper class of elastic ones. */
function movesUnopened({ properties }: PricedResource): boolean {
  const moves = objectsIn(properties.LifecyclePolicies).some(
    ({ TransitionToIA }) => TransitionToIA !== undefined,
  );
  return moves && properties.ThroughputMode === 'elastic';
}

/** What each kind of resource costs, and what it makes cost that no template names. */
export const resourceCosts: Readonly<Record<string, Costs>> = {
  'AWS::ECS::Service': ({ resource, environment, assumed: { tasks } }) => {
    const [definition] = environment
      .ofType('AWS::ECS::TaskDefinition')
      .filter(({ stack }) => stack === resource.stack);
    const { Cpu, Memory, RuntimePlatform } = definition?.properties ?? {};
    const arm = isObject(RuntimePlatform) && RuntimePlatform.CpuArchitecture === 'ARM64';
    const hours = tasks * hoursOfMonth;
    return [
      fixed(
        arm ? 'fargate.arm.vcpu' : 'fargate.x86.vcpu',
        (hours * numberIn(Cpu)) / 1024,
        text('tasks: vCPU', 'タスク：vCPU'),
      ),
      fixed(
        arm ? 'fargate.arm.memory' : 'fargate.x86.memory',
        (hours * numberIn(Memory)) / 1024,
        text('tasks: memory', 'タスク：メモリ'),
      ),
    ];
  },
  'AWS::ECS::Cluster': ({ resource, assumed }) => {
    const watched = objectsIn(resource.properties.ClusterSettings).some(
      ({ Name, Value }) => Name === 'containerInsights' && Value !== 'disabled',
    );
    return watched
      ? [
          fixed('insights.metric', assumed.metrics, text('Container Insights', 'Container Insights'), {
            purpose: 'alarms',
          }),
        ]
      : [];
  },
  // Target tracking makes an alarm for too much and one for too little:
  // https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
  'AWS::ApplicationAutoScaling::ScalingPolicy': ({ resource }) =>
    resource.properties.PolicyType === 'TargetTrackingScaling'
      ? [fixed('alarm', 2, alarms, { purpose: 'alarms' })]
      : [],
  'AWS::RDS::DBCluster': ({ assumed: { databaseGb, originRequests } }) => [
    used('aurora.storage', databaseGb, text('database: storage', 'データベース：ストレージ')),
    used('aurora.io', (originRequests * ioOfRequest) / 1e6, text('database: I/O', 'データベース：I/O')),
  ],
  'AWS::RDS::DBInstance': databaseInstanceCosts,
  'AWS::EC2::NatGateway': ({ environment, assumed: { natGb } }) => [
    fixed('nat.hour', environment.zones * hoursOfMonth, text('NAT gateway', 'NAT ゲートウェイ')),
    fixed(
      'ipv4.hour',
      environment.zones * hoursOfMonth,
      text('NAT gateway: addresses', 'NAT ゲートウェイ：IP アドレス'),
    ),
    used('nat.data', natGb, text('NAT gateway: data', 'NAT ゲートウェイ：データ処理')),
  ],
  'AWS::EC2::VPC': ({ assumed: { gbOut } }) => [
    // A page is read from the database and the load balancer, either of which may stand in another zone.
    used('transfer.zone', gbOut * 4, text('between zones', 'ゾーン間の転送')),
  ],
  'AWS::EC2::VPCEndpoint': ({ resource }) =>
    resource.properties.VpcEndpointType === 'Interface'
      ? [
          fixed(
            'endpoint.hour',
            lengthOf(resource.properties.SubnetIds) * hoursOfMonth,
            text('interface endpoint', 'インターフェイスエンドポイント'),
          ),
        ]
      : [],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ assumed: { gbOut } }) => [
    fixed('load-balancer.hour', hoursOfMonth, text('load balancer', 'ロードバランサー')),
    // A unit takes 1 GB an hour; of its dimensions this is the one that a shop reaches first.
    used('load-balancer.capacity', gbOut, text('load balancer: capacity', 'ロードバランサー：容量')),
  ],
  'AWS::EC2::ClientVpnTargetNetworkAssociation': () => [
    fixed('vpn.association', hoursOfMonth, text('VPN: associated subnets', 'VPN：サブネットの関連付け')),
  ],
  // Attached while somebody is connected, or for all of the hours of the config.
  'Custom::VpnDoor': ({ resource, environment, assumed: { vpnHours } }) => {
    const open = resource.properties.Opens === 'hours' ? environment.vpnOpeningHours : vpnHours;
    return [
      used(
        'vpn.association',
        Math.min(open, hoursOfMonth) * lengthOf(resource.properties.SubnetIds),
        text('VPN: associated subnets', 'VPN：サブネットの関連付け'),
      ),
    ];
  },
  'AWS::EC2::ClientVpnEndpoint': ({ assumed: { vpnHours } }) => [
    used('vpn.connection', vpnHours, text('VPN: connections', 'VPN：接続')),
  ],
  // Each person who signs in once in a month, with 200 hours: no more come at a time than sessions are allowed.
  'AWS::WorkSpacesWeb::Portal': ({ resource }) => [
    used(
      'browser.person',
      numberIn(resource.properties.MaxConcurrentSessions),
      text('secure browser: people', 'セキュアブラウザー：利用者'),
    ),
  ],
  'AWS::WAFv2::WebACL': webAclCosts,
  'AWS::CloudFront::Distribution': ({ environment, assumed: { gbOut, requests } }) => [
    used('cloudfront.data', gbOut, text('CloudFront: data', 'CloudFront：データ転送'), {
      region: environment.region,
    }),
    used('cloudfront.requests', requests / 10_000, text('CloudFront: requests', 'CloudFront：リクエスト'), {
      region: environment.region,
    }),
  ],
  'AWS::KMS::Key': () => [fixed('kms.key', 1, text('keys', 'KMS キー'))],
  'AWS::SecretsManager::Secret': () => [fixed('secrets.secret', 1, text('secrets', 'シークレット'))],
  'AWS::Logs::LogGroup': logGroupCosts,
  'AWS::CloudWatch::Alarm': ({ resource }) => {
    const metrics = objectsIn(resource.properties.Metrics).filter(
      ({ MetricStat }) => MetricStat !== undefined,
    );
    return [fixed('alarm', Math.max(1, metrics.length), alarms)];
  },
  'AWS::GuardDuty::Detector': guardDutyCosts,
  'AWS::Config::ConfigurationRecorder': recorderCosts,
  'AWS::Config::ConfigRule': configRuleCosts,
  'AWS::SecurityHub::Hub': securityHubCosts,
  'AWS::Backup::BackupPlan': backupCosts,
  'AWS::Backup::RestoreTestingSelection': restoreTestCosts,
  'AWS::EFS::FileSystem': ({ resource, assumed: { mediaGb, openedGb, originRequests } }) => [
    ...(movesUnopened(resource)
      ? [
          used('efs.storage', openedGb, text('media: storage', 'メディア：ストレージ')),
          used(
            'efs.infrequent',
            Math.max(0, mediaGb - openedGb),
            text('media: storage, unopened for a month', 'メディア：ひと月開かれていないファイル'),
          ),
        ]
      : [used('efs.storage', mediaGb, text('media: storage', 'メディア：ストレージ'))]),
    ...(resource.properties.ThroughputMode === 'elastic'
      ? [
          used(
            'efs.read',
            (originRequests * readOfRequest) / 1e6,
            text('media: reads', 'メディア：読み取り'),
          ),
          used('efs.write', mediaGb * monthlyChange, text('media: writes', 'メディア：書き込み')),
        ]
      : []),
  ],
  'AWS::S3::Bucket': ({ resource, assumed }) => {
    const holdsMedia = resource.stack === 'Data';
    return holdsMedia
      ? [used('s3.storage', assumed.mediaGb, text('media: storage', 'メディア：ストレージ'))]
      : [
          used('s3.storage', archivedGb(assumed), text('archives', 'アーカイブ')),
          used(
            's3.writes',
            assumed.originRequests / 1000 / 1000,
            text('archives: writes', 'アーカイブ：書き込み'),
          ),
        ];
  },
  'AWS::ECR::Repository': ({ resource, assumed: { builds } }) => {
    const kept = imagesKept(resource.properties.LifecyclePolicy, builds);
    return [
      used('ecr.storage', kept * imageGb, text('images kept', '保存されるイメージ')),
      used('inspector.image', builds, text('images scanned', 'イメージのスキャン')),
      used(
        'inspector.rescan',
        kept * daysOfMonth * rescansOfDay,
        text('images scanned again', 'イメージの再スキャン'),
      ),
    ];
  },
  'AWS::CodeBuild::Project': ({ resource, environment, assumed: { builds } }) => {
    const { Environment: machine } = resource.properties;
    const arm = isObject(machine) && machine.Type === 'ARM_CONTAINER';
    const projects = environment.ofType('AWS::CodeBuild::Project').length;
    const minutes = (builds * (buildMinutes + releaseMinutes)) / projects;
    return [used(arm ? 'codebuild.arm' : 'codebuild.x86', minutes, text('builds', 'ビルド'))];
  },
  'AWS::CodePipeline::Pipeline': ({ assumed: { builds } }) => [
    used('codepipeline', builds * (buildMinutes + releaseMinutes), text('pipeline', 'パイプライン')),
  ],
  'AWS::Route53::HostedZone': ({ assumed: { requests } }) => [
    fixed('route53.zone', 1, text('private zone', 'プライベートゾーン')),
    used('route53.queries', requests / requestsOfQuery / 1e6, text('names: queries', '名前解決：クエリ')),
  ],
  'AWS::Route53Resolver::FirewallDomainList': ({ resource }) => [
    fixed(
      'dns-firewall.domain',
      lengthOf(resource.properties.Domains),
      text('DNS firewall: names', 'DNS ファイアウォール：名前'),
    ),
  ],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': ({ assumed: { originRequests } }) => [
    used(
      'dns-firewall.queries',
      originRequests / 1e6,
      text('DNS firewall: queries', 'DNS ファイアウォール：クエリ'),
    ),
  ],
  'AWS::Lambda::Function': ({ resource, assumed: { vpnHours } }) => {
    // Watches run every hour, rotations and handlers less often.
    const calls = hoursOfMonth + vpnHours;
    const memory = numberIn(resource.properties.MemorySize ?? 128) / 1024;
    return [
      used('lambda.requests', calls / 1e6, text('functions: calls', '関数：呼び出し')),
      used('lambda.duration', calls * memory * secondsOfCall, text('functions: time', '関数：実行時間')),
    ];
  },
  'AWS::Scheduler::Schedule': () => [
    fixed('scheduler', hoursOfMonth / 1e6, text('schedules', 'スケジュール')),
  ],
  // Of four runs a day the first hundred a month are free; three metrics count what they found.
  'AWS::Synthetics::Canary': () => [
    fixed('metric', 3, text('payment page: metrics', '決済ページ：メトリクス'), {
      purpose: 'alarms',
    }),
  ],
  'AWS::EC2::Instance': () => [
    fixed('host.month', 1, text('operations host', '運用ホスト'), { purpose: 'patching' }),
  ],
  'AWS::SES::EmailIdentity': ({ assumed: { orders } }) => [
    used('ses.mails', (orders * mailsOfOrder) / 1000, text('mails', 'メール')),
  ],
};

function archivedGb({ logGb }: Assumptions): number {
  return (logGb / 4) * monthsOfArchive * packed;
}

/** By the first rule of the repository: so many, or all of so many days. */
function imagesKept(policy: unknown, builds: number): number {
  const written = isObject(policy) ? String(policy.LifecyclePolicyText) : '';
  const [, count = '0'] = /"countNumber":(\d+)/.exec(written) ?? [];
  return written.includes('imageCountMoreThan') ? Number(count) : (builds * Number(count)) / daysOfMonth;
}
