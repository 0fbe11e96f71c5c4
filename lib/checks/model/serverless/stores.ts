import { asWritten } from '../values.ts';
import { placeOf } from './functions.ts';
import { type Expanded, mapOf, pick, tagList, unread, type Written } from './template-parts.ts';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html */
export function tableOf(id: string, properties: Written): Expanded {
  const { Name = 'id', Type = 'String' } = mapOf(properties.PrimaryKey);
  const type = { String: 'S', Number: 'N', Binary: 'B' }[asWritten(Type)] ?? Type;
  const throughput = properties.ProvisionedThroughput;
  return {
    resources: {
      [id]: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: Name, AttributeType: type }],
          KeySchema: [{ AttributeName: Name, KeyType: 'HASH' }],
          ...(throughput === undefined
            ? { BillingMode: 'PAY_PER_REQUEST' }
            : { ProvisionedThroughput: throughput }),
          ...pick(properties, 'SSESpecification', 'TableName', 'PointInTimeRecoverySpecification'),
          ...tagList(properties.Tags),
        },
      },
    },
    left: unread(properties, [
      'PrimaryKey',
      'ProvisionedThroughput',
      'SSESpecification',
      'TableName',
      'PointInTimeRecoverySpecification',
      'Tags',
    ]),
  };
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-layerversion.html */
export function layerOf(id: string, properties: Written): Expanded {
  return {
    resources: {
      [id]: {
        Type: 'AWS::Lambda::LayerVersion',
        DeletionPolicy: properties.RetentionPolicy === 'Delete' ? 'Delete' : 'Retain',
        Properties: {
          ...pick(
            properties,
            'CompatibleArchitectures',
            'CompatibleRuntimes',
            'Description',
            'LayerName',
            'LicenseInfo',
          ),
          Content: placeOf(properties.ContentUri),
        },
      },
    },
    left: unread(properties, [
      'CompatibleArchitectures',
      'CompatibleRuntimes',
      'ContentUri',
      'Description',
      'LayerName',
      'LicenseInfo',
      'PublishLambdaVersion',
      'RetentionPolicy',
    ]),
  };
}
