import { at, list, numeric, text } from '../../../model/values.ts';
import {
  about,
  added,
  alsoThen,
  asOften,
  currentVersion,
  fewer,
  free,
  halfAsMuch,
  littleMore,
  more,
  newer,
  oneMore,
  onlyFalse,
  onlyThen,
  onlyTrue,
  ranked,
  size,
  sooner,
  stagesBesides,
} from '../orders.ts';
import { each, type Guarded } from './table.ts';

/** What runs: tasks, functions, hosts, and the pipelines and windows that patch them. */
export const workloads: Readonly<Record<string, Guarded>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    invariant: 'SEC2',
    acts: true,
    may: each('MinCapacity MaxCapacity', size),
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    invariant: 'SEC2',
    // Of several targets the service follows the one that asks for the most tasks.
    // https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
    acts: ({ properties }) => properties.PolicyType !== 'TargetTrackingScaling',
    may: {
      'TargetTrackingScalingPolicyConfiguration.TargetValue': littleMore,
      ...each(
        'TargetTrackingScalingPolicyConfiguration.ScaleInCooldown TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown',
        free,
      ),
    },
  },
  'AWS::CloudFormation::WaitCondition': { invariant: 'PAT1', may: { Timeout: size } },
  'AWS::CloudFormation::WaitConditionHandle': { invariant: 'PAT1' },
  'AWS::CodeBuild::Project': {
    invariant: 'PAT1',
    name: 'Name',
    may: {
      AutoRetryLimit: more,
      'Environment.ComputeType': free,
      'Environment.Image': newer,
      ...each('TimeoutInMinutes QueuedTimeoutInMinutes', halfAsMuch),
    },
  },
  'AWS::CodePipeline::Pipeline': {
    invariant: 'PAT1',
    name: 'Name',
    may: each('Stages[] Stages.Actions[]', stagesBesides),
  },
  'AWS::EC2::Instance': {
    invariant: 'PAT2',
    may: {
      ...each('InstanceType Monitoring EbsOptimized', free),
      'BlockDeviceMappings.Ebs.VolumeSize': size,
      'BlockDeviceMappings.Ebs.VolumeType': free,
      DisableApiTermination: onlyTrue,
      'MetadataOptions.HttpPutResponseHopLimit': fewer,
    },
  },
  'AWS::EC2::LaunchTemplate': {
    invariant: 'DAT2',
    name: 'LaunchTemplateName',
    may: { 'LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit': sooner(2) },
  },
  'AWS::ECR::Repository': {
    invariant: 'PAT1',
    name: 'RepositoryName',
    may: {
      'LifecyclePolicy.LifecyclePolicyText.rules.selection.countNumber': more,
      EmptyOnDelete: onlyFalse,
    },
  },
  'AWS::ECS::Cluster': {
    invariant: 'ALM1',
    name: 'ClusterName',
    may: {
      'ClusterSettings.containerInsights': ranked('disabled', 'enabled', 'enhanced'),
      // What its services do not name, they do not use.
      CapacityProviders: (promised, found) =>
        promised === undefined && list(found).every((each) => /^FARGATE(?:_SPOT)?$/.test(text(each) ?? '')),
    },
  },
  'AWS::ECS::Service': {
    invariant: 'SEC2',
    name: 'ServiceName',
    may: {
      DesiredCount: size,
      HealthCheckGracePeriodSeconds: about,
      'DeploymentConfiguration.MaximumPercent': more,
      ...each(
        'EnableECSManagedTags PropagateTags AvailabilityZoneRebalancing DeploymentConfiguration.BakeTimeInMinutes',
        free,
      ),
    },
  },
  'AWS::ECS::TaskDefinition': {
    invariant: 'PAT1',
    name: 'Family',
    may: {
      ...each(
        'Cpu Memory EphemeralStorage.SizeInGiB ContainerDefinitions.Cpu ContainerDefinitions.Memory ContainerDefinitions.MemoryReservation ContainerDefinitions.StartTimeout ContainerDefinitions.StopTimeout',
        size,
      ),
      ...each('ContainerDefinitions.HealthCheck ContainerDefinitions.Ulimits', added),
      'ContainerDefinitions.Secrets.ValueFrom': currentVersion,
      ...each('ContainerDefinitions.DockerLabels ContainerDefinitions.PortMappings.Name', free),
      'ContainerDefinitions.LogConfiguration.Options.awslogs-stream-prefix': free,
      'ContainerDefinitions.ReadonlyRootFilesystem': onlyTrue,
      'ContainerDefinitions.Privileged': onlyFalse,
      'ContainerDefinitions.LinuxParameters.Capabilities.Drop[]': oneMore,
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    invariant: 'ALM1',
    may: each('MaximumRetryAttempts MaximumEventAgeInSeconds', more),
  },
  'AWS::Lambda::EventSourceMapping': { invariant: 'ALM1', acts: true },
  'AWS::Lambda::Function': {
    invariant: 'ALM1',
    may: {
      ...each('MemorySize ReservedConcurrentExecutions EphemeralStorage.Size', size),
      Timeout: halfAsMuch,
      Runtime: newer,
      Architectures: free,
      ...each('TracingConfig TracingConfig.Mode', added),
    },
  },
  'AWS::SSM::Association': {
    invariant: 'PAT2',
    acts: true,
    name: 'AssociationName',
    may: { ScheduleExpression: asOften, ComplianceSeverity: free },
  },
  'AWS::SSM::MaintenanceWindow': {
    invariant: 'PAT2',
    may: { Name: free, Duration: more, Schedule: asOften },
  },
  'AWS::SSM::MaintenanceWindowTarget': { invariant: 'PAT2', name: 'Name' },
  'AWS::SSM::MaintenanceWindowTask': {
    invariant: 'PAT2',
    acts: true,
    name: 'Name',
    may: each('MaxConcurrency Priority', free),
  },
  'AWS::SSM::PatchBaseline': {
    invariant: 'PAT2',
    may: {
      Name: free,
      'ApprovalRules.PatchRules.ApproveAfterDays': (promised, found) =>
        Number(found) === 0 || fewer(promised, found),
      'ApprovalRules.PatchRules[]': oneMore,
      'ApprovalRules.PatchRules.ComplianceLevel': free,
      RejectedPatchesAction: ranked('ALLOW_AS_DEPENDENCY', 'BLOCK'),
    },
  },
  'AWS::Scheduler::Schedule': {
    invariant: 'PAT1',
    acts: true,
    name: 'Name',
    // What opens and closes something says by its times how long it is open.
    of: ({ properties }) => {
      const [, call] = /:aws-sdk:iam:(\w+)$/.exec(text(at(properties.Target, 'Arn')) ?? '') ?? [];
      if (call === undefined) return undefined;
      return { ScheduleExpression: call.startsWith('attach') ? alsoThen : onlyThen };
    },
    may: {
      ScheduleExpression: asOften,
      // A rebuild that may start a day later is one of another day.
      'FlexibleTimeWindow.MaximumWindowInMinutes': (promised, found) =>
        size(promised, found) && fewer(Math.max(240, numeric(promised) ?? 0), found),
      ...each('Target.RetryPolicy.MaximumEventAgeInSeconds Target.RetryPolicy.MaximumRetryAttempts', more),
    },
  },
};
