import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNames } from '../../../lib/checks/packs/index.ts';
import { UserError } from '../../../lib/cli/user-error.ts';
import { reportPage } from '../../../lib/review/report/page/page.ts';
import { review } from '../../../lib/review/report/review.ts';
import { subjectFromTemplates } from '../../../lib/review/report/subject.ts';
import { temporaryFolder, write } from './files.ts';
import { hostile } from './reviews.ts';

const types = [
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::EC2::VPC',
  'AWS::EC2::Subnet',
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::ClientVpnAuthorizationRule',
  'AWS::IAM::Role',
  'AWS::IAM::ManagedPolicy',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::CloudFront::Distribution',
  'AWS::WAFv2::WebACL',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::Backup::BackupPlan',
  'AWS::Logs::LogGroup',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudFormation::CustomResource',
  'Custom::Anything',
  'AWS::No::Such',
];
const names = [
  'PolicyDocument',
  'Statement',
  'Principal',
  'Action',
  'Resource',
  'SecurityGroupIngress',
  'CidrIp',
  'Rules',
  'DistributionConfig',
  'Origins',
  'Tags',
  'KmsKeyId',
  'Ref',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::If',
  'Fn::Join',
  'Fn::FindInMap',
  'Fn::Select',
  'AssumeRolePolicyDocument',
  'ContainerDefinitions',
  'DefaultAction',
  'VpcId',
  '__proto__',
];
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 443, 1e308, '', '*', 'arn:aws:s3:::x', '0.0.0.0/0', 'A', 'B', hostile),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  ),
}));
const resource = fc.record({
  Type: fc.constantFrom(...types),
  Properties: fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 5 }),
});
const template = fc.record({
  Resources: fc.record({ A: resource, B: resource, C: resource }),
  Conditions: anything,
  Mappings: anything,
  Parameters: anything,
  Outputs: anything,
});

const options = { packs: packNames, failOn: 'finding' } as const;

describe('whatever a template holds', () => {
  it('ends in a report or in a message, never in a stack trace', () => {
    fc.assert(
      fc.property(template, (content) => {
        const file = write(temporaryFolder(), 'odd.json', content);
        try {
          const result = review(subjectFromTemplates([file]), options);
          for (const id of ['A', 'B', 'C']) {
            const seen =
              result.rows.some(({ resource: { logicalId } }) => logicalId === id) ||
              result.resources.some(({ logicalId }) => logicalId === id);
            expect(seen).toBe(true);
          }
          expect(reportPage(result)).not.toContain('<img src=x');
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
