import { at, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Kinds of resources whose work is to take data somewhere else, past groups, routes and names. */
const exits = [
  'AWS::Athena::WorkGroup',
  'AWS::CloudWatch::MetricStream',
  'AWS::DMS::Endpoint',
  'AWS::DMS::ReplicationConfig',
  'AWS::DMS::ReplicationInstance',
  'AWS::DMS::ReplicationTask',
  'AWS::DataPipeline::Pipeline',
  'AWS::DataSync::Task',
  'AWS::EC2::TrafficMirrorSession',
  'AWS::ECR::ReplicationConfiguration',
  'AWS::Events::ApiDestination',
  'AWS::Events::Connection',
  'AWS::Events::Endpoint',
  'AWS::Glue::Connection',
  'AWS::Glue::Crawler',
  'AWS::Glue::Job',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Logs::AccountPolicy',
  'AWS::Logs::Destination',
  'AWS::Logs::SubscriptionFilter',
  'AWS::Oam::Link',
  'AWS::Pipes::Pipe',
  'AWS::QuickSight::DataSource',
  'AWS::RDS::Integration',
  'AWS::Redshift::Cluster',
  'AWS::SageMaker::NotebookInstance',
  'AWS::S3::StorageLens',
] as const;

/** Out of the shop leads the allow-list; what carries data around it is a decision that its declaration would show. */
export const otherExit = defineRule({
  invariant: 'NET5',
  finding: 'OtherExit',
  en: 'Nothing carries data out of the shop past the allow-list',
  ja: '許可リストを経由せずにデータを外部へ運ぶリソースがない',
  appliesTo: exits,
  judge({ type, properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (type === 'AWS::Logs::SubscriptionFilter' && at(properties, 'DestinationArn') !== undefined) {
      const target = graph.target(properties.DestinationArn, 'AWS::Lambda::Function');
      if (target) return pass(`is read by ${target.logicalId}`);
    }
    return fail(`${type} carries data out${text(properties.Name) ? ` (${text(properties.Name)})` : ''}`);
  },
});
