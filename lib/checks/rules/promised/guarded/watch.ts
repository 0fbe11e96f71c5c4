import {
  added,
  addedOfOurs,
  asOften,
  fewer,
  free,
  littleMore,
  longer,
  more,
  oneLess,
  oneMore,
  ranked,
  size,
  sooner,
} from '../orders.ts';
import { everyField, hearsAsMuch, managementBesides, recordsAll, sameFacts } from '../records.ts';
import { each, type Guarded } from './table.ts';

/** What records, measures and tells. */
export const watch: Readonly<Record<string, Guarded>> = {
  'AWS::AccessAnalyzer::Analyzer': { invariant: 'ALM1', name: 'AnalyzerName' },
  'AWS::Budgets::Budget': {
    invariant: 'ALM1',
    may: {
      'Budget.BudgetLimit.Amount': littleMore,
      'NotificationsWithSubscribers[]': oneMore,
      'NotificationsWithSubscribers.Notification.Threshold': fewer,
    },
  },
  'AWS::CE::AnomalySubscription': {
    invariant: 'ALM1',
    name: 'SubscriptionName',
    may: { ThresholdExpression: free },
  },
  'AWS::CloudTrail::Trail': {
    invariant: 'LOG1',
    name: 'TrailName',
    may: {
      EventSelectors: recordsAll,
      AdvancedEventSelectors: managementBesides,
      InsightSelectors: added,
      'InsightSelectors[]': oneMore,
    },
  },
  // Judged by the side on which it is silent: `alarm.ts`.
  'AWS::CloudWatch::Alarm': { invariant: 'ALM1' },
  'AWS::Config::ConfigRule': { invariant: 'ALM1', name: 'ConfigRuleName', may: { Description: free } },
  'AWS::Config::ConfigurationRecorder': {
    invariant: 'LOG1',
    name: 'Name',
    may: { 'RecordingGroup.ResourceTypes[]': oneMore },
  },
  'AWS::Config::DeliveryChannel': {
    invariant: 'LOG1',
    name: 'Name',
    may: { ConfigSnapshotDeliveryProperties: free },
  },
  'AWS::EC2::FlowLog': {
    invariant: 'LOG1',
    may: { MaxAggregationInterval: sooner(600), LogFormat: everyField },
  },
  'AWS::Events::Rule': {
    invariant: 'ALM1',
    name: 'Name',
    may: {
      EventPattern: hearsAsMuch,
      ScheduleExpression: asOften,
      'Targets[]': oneMore,
      'Targets.Id': free,
      ...each('Targets.RetryPolicy.MaximumRetryAttempts Targets.RetryPolicy.MaximumEventAgeInSeconds', more),
      'Targets.DeadLetterConfig': addedOfOurs,
      'Targets.InputTransformer.InputTemplate': sameFacts,
    },
  },
  'AWS::GuardDuty::Detector': {
    invariant: 'ALM1',
    may: {
      FindingPublishingFrequency: ranked('SIX_HOURS', 'ONE_HOUR', 'FIFTEEN_MINUTES'),
      'Features[]': oneMore,
    },
  },
  'AWS::Logs::LogGroup': { invariant: 'LOG1', may: { RetentionInDays: longer } },
  'AWS::Logs::MetricFilter': { invariant: 'ALM1', may: { 'MetricTransformations.Unit': added } },
  'AWS::Logs::ResourcePolicy': { invariant: 'LOG1' },
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': { invariant: 'LOG1', name: 'Name' },
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': { invariant: 'LOG1' },
  'AWS::SNS::Subscription': { invariant: 'ALM1' },
  'AWS::SNS::Topic': {
    invariant: 'ALM1',
    name: 'TopicName',
    may: { TracingConfig: free, SignatureVersion: ranked('1', '2') },
  },
  'AWS::SNS::TopicPolicy': { invariant: 'ALM1' },
  'AWS::SQS::Queue': {
    invariant: 'ALM1',
    name: 'QueueName',
    may: {
      MessageRetentionPeriod: longer,
      'RedrivePolicy.maxReceiveCount': more,
      // What a reader failed at waits that long.
      VisibilityTimeout: littleMore,
      ReceiveMessageWaitTimeSeconds: free,
    },
  },
  'AWS::SQS::QueuePolicy': { invariant: 'ALM1' },
  'AWS::SSM::Document': {
    invariant: 'LOG1',
    may: each('Content.inputs.idleSessionTimeout Content.inputs.maxSessionDuration', fewer),
  },
  'AWS::SecurityHub::Hub': { invariant: 'ALM1' },
  'AWS::SecurityHub::Standard': {
    invariant: 'ALM1',
    may: { 'DisabledStandardsControls[]': oneLess },
  },
  'AWS::Synthetics::Canary': {
    invariant: 'ALM1',
    acts: true,
    name: 'Name',
    may: { 'Schedule.Expression': asOften, 'RunConfig.MemoryInMB': size },
  },
};
