/** Types whose `Ref` is their ARN, so that both spellings become one token. */
export const refIsArn = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::IAM::ManagedPolicy',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::CertificateManager::Certificate',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::Service',
  'AWS::StepFunctions::StateMachine',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
]);

/** Attributes under which a type calls its own ARN, rather than that of a stream or a secret of its own. */
export const arnAttributes = /^(?!StreamArn$|.*Secret).*(Arn|ARN)$/;

/** Resources whose `Ref` is the ARN of the secret they are attached to. */
export const refIsSecret = new Set([
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::ResourcePolicy',
]);

/** Property that holds the physical name, for references written as literal names or ARNs. */
export const nameProperty: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::CodePipeline::Pipeline': 'Name',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::CodeCommit::Repository': 'RepositoryName',
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::CodeBuild::Project': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::Glue::Job': 'Name',
  'AWS::SageMaker::NotebookInstance': 'NotebookInstanceName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::S3::AccessPoint': 'Name',
  'AWS::Redshift::Cluster': 'ClusterIdentifier',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::Elasticsearch::Domain': 'DomainName',
};
