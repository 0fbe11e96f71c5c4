import { at, numeric } from '../../../checks/model/values.ts';
import { valuesAt } from './checks.ts';
import { type Demand, eachRow, type Found } from './demand.ts';
import { api, docs } from './pages.ts';

interface OrderRow {
  readonly type: string;
  readonly within?: string;
  readonly least: string;
  readonly most: string;
  /** Whether the two may be the same. @default true */
  readonly equal?: boolean;
  readonly source: string;
}

const orders: readonly OrderRow[] = [
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    least: 'MinCapacity',
    most: 'MaxCapacity',
    source: `${docs}/autoscaling/application/APIReference/API_RegisterScalableTarget.html`,
  },
  {
    type: 'AWS::RDS::DBCluster',
    within: 'ServerlessV2ScalingConfiguration',
    least: 'MinCapacity',
    most: 'MaxCapacity',
    source: `${api.rds}/API_ServerlessV2ScalingConfiguration.html`,
  },
  {
    type: 'AWS::ECS::Service',
    within: 'DeploymentConfiguration',
    least: 'MinimumHealthyPercent',
    most: 'MaximumPercent',
    equal: false,
    source: `${api.ecs}/API_DeploymentConfiguration.html`,
  },
  ...['TransitionInDays', 'Transitions.0.TransitionInDays'].map((least) => ({
    type: 'AWS::S3::Bucket',
    within: 'LifecycleConfiguration.Rules.*',
    least,
    most: 'ExpirationInDays',
    equal: false,
    source: `${api.s3}/lifecycle-transition-general-considerations.html`,
  })),
  ...(
    [
      ['DefaultTTL', 'MaxTTL'],
      ['MinTTL', 'DefaultTTL'],
    ] as const
  ).map(([least, most]) => ({
    type: 'AWS::CloudFront::CachePolicy',
    within: 'CachePolicyConfig',
    least,
    most,
    source: `${docs}/cloudfront/latest/APIReference/API_CachePolicyConfig.html`,
  })),
];

/** Numbers of which one is the greater. */
export const ordered: Demand = eachRow(
  'number-orders',
  orders,
  ({ within, least, most, equal = true, source }, { properties }) =>
    valuesAt(properties, within?.split('.') ?? []).flatMap((holder): Found[] => {
      const [low, high] = [least, most].map((path) => numeric(at(holder, ...path.split('.'))));
      if (low === undefined || high === undefined || low < high || (equal && low === high)) return [];
      return [
        {
          says: `has ${least} ${low}, which is not below ${most} ${high}`,
          way: equal ? `Let ${least} be at most ${most}.` : `Let ${least} be less than ${most}.`,
          source,
        },
      ];
    }),
);
