import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { awsType, awsTypeNames, awsTypesVersion } from '../../../lib/checks/model/aws-types/table.ts';

it('the table of types is of the schemas that are installed (renew it: npx tsx scripts/aws-types.ts)', () => {
  const { version } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json');
  expect(awsTypesVersion()).toBe(version);
});

it('a type is found by its whole name only', () => {
  expect(awsType('AWS::S3::Bucket')?.identifier).toEqual(['BucketName']);
  expect(awsType('AWS::S3::Bucket')?.stateful).toBe(true);
  expect(awsType('AWS::S3::Buckt')).toBeUndefined();
  expect(awsType('AWS::S3')).toBeUndefined();
  expect(awsTypeNames().length).toBeGreaterThan(1500);
});

it('objects are told by their definitions, also those that hold themselves', () => {
  const webAcl = awsType('AWS::WAFv2::WebACL');
  expect(webAcl?.properties.Rules).toEqual({ l: { o: 'Rule' } });
  expect(webAcl?.definitions.NotStatement).toMatchObject({ Statement: [{ o: 'Statement' }, 'required'] });
});
