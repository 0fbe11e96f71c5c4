/**
 * Events as AWS's public documents show them, shortened by what nobody reads. Each with the page.
 */
const account = '111122223333';

const event = (source: string, type: string, detail: object, region = 'us-west-2') => ({
  version: '0',
  id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
  'detail-type': type,
  source,
  account,
  time: '2026-11-28T12:02:49Z',
  region,
  resources: [],
  detail,
});

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
export const guardDuty = (changes: object = {}) =>
  event('aws.guardduty', 'GuardDuty Finding', {
    schemaVersion: '2.0',
    accountId: account,
    region: 'us-west-2',
    partition: 'aws',
    id: '16afba5c5c43e07c9e3e5e2e544e95df',
    arn: `arn:aws:guardduty:us-west-2:${account}:detector/10b1d0e9/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
    type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: { accessKeyId: 'GeneratedFindingAccessKeyId', userName: 'GeneratedFindingUserName' },
    },
    service: { serviceName: 'guardduty', archived: false, count: 1 },
    severity: 8,
    createdAt: '2026-11-28T12:02:49.144Z',
    updatedAt: '2026-11-28T12:02:49.144Z',
    title: 'An API was invoked from an IP address on a custom threat list.',
    ...changes,
  });

/** https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
export const malwareScan = (scanResultStatus = 'THREATS_FOUND') =>
  event('aws.guardduty', 'GuardDuty Malware Protection Object Scan Result', {
    schemaVersion: '1.0',
    scanStatus: 'COMPLETED',
    resourceType: 'S3_OBJECT',
    s3ObjectDetails: {
      bucketName: 'shop-media',
      objectKey: 'uploads/eicar.txt',
      eTag: 'ASIAI44QH8DHBEXAMPLE',
      versionId: 'd41d8cd98f00b204e9800998eEXAMPLE',
      s3Throttled: false,
    },
    scanResultDetails: {
      scanResultStatus,
      threats: [{ name: 'EICAR-Test-File (not a virus)' }],
    },
  });

/** https://docs.aws.amazon.com/guardduty/latest/ug/gdu-assess-coverage-ecs.html */
export const unhealthy = (task = 'task') => ({
  ...event('aws.guardduty', 'GuardDuty Runtime Protection Unhealthy', {
    schemaVersion: '1.0',
    resourceAccountId: account,
    currentStatus: 'UNHEALTHY',
    previousStatus: 'HEALTHY',
    resourceDetails: {
      resourceType: 'ECS',
      ecsClusterDetails: { clusterName: 'shop-production', fargateDetails: { issues: [task] } },
    },
  }),
});

/** https://docs.aws.amazon.com/guardduty/latest/ug/gdu-malware-protection-s3-finding-types.html */
export const maliciousFile = () =>
  guardDuty({
    id: 'aaaa5c5c43e07c9e3e5e2e544e95aaaa',
    type: 'Object:S3/MaliciousFile',
    resource: {
      resourceType: 'S3Object',
      s3BucketDetails: [{ name: 'shop-media', s3ObjectDetails: [{ key: 'uploads/eicar.txt' }] }],
    },
  });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
export const analyzer = (changes: object = {}) =>
  event('aws.access-analyzer', 'Access Analyzer Finding', {
    accountId: account,
    action: ['s3:GetObject'],
    analyzedAt: '2026-11-28T01:22:22Z',
    condition: {},
    createdAt: '2026-11-27T04:58:50Z',
    id: '22222222-dcba-4444-dcba-333333333333',
    isDeleted: false,
    isPublic: false,
    principal: { AWS: '999988887777' },
    region: 'us-west-2',
    resource: 'arn:aws:s3:::my-bucket',
    resourceType: 'AWS::S3::Bucket',
    status: 'ACTIVE',
    updatedAt: '2026-11-28T01:14:07Z',
    version: '1.0',
    ...changes,
  });

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export const inspector = (changes: object = {}, image = `sha256:${'3'.repeat(64)}`) =>
  event('aws.inspector2', 'Inspector2 Finding', {
    awsAccountId: account,
    findingArn: `arn:aws:inspector2:us-west-2:${account}:finding/be674aaddd0f75ac632055EXAMPLE`,
    firstObservedAt: 'Dec 3, 2025, 6:02:30 PM',
    inspectorScore: 9.1,
    packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2019-17498', source: 'UBUNTU_CVE' },
    resources: [
      {
        id: `arn:aws:ecr:us-west-2:${account}:repository/shop/${image}`,
        region: 'us-west-2',
        type: 'AWS_ECR_CONTAINER_IMAGE',
        details: { awsEcrContainerImage: { repositoryName: 'shop' } },
      },
    ],
    severity: 'HIGH',
    status: 'ACTIVE',
    title: 'CVE-2019-17498 - libssh2',
    type: 'PACKAGE_VULNERABILITY',
    ...changes,
  });

/** https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
export const macie = (changes: object = {}) =>
  event('aws.macie', 'Macie Finding', {
    schemaVersion: '1.0',
    id: '4ed45d06-c9b9-4506-ab7f-18a57EXAMPLE',
    accountId: account,
    region: 'us-west-2',
    type: 'SensitiveData:S3Object/Personal',
    title: 'The S3 object contains personal information',
    severity: { score: 3, description: 'High' },
    updatedAt: '2026-11-28T10:23:49.443Z',
    archived: false,
    resourcesAffected: {
      s3Bucket: { arn: 'arn:aws:s3:::shop-exports', name: 'shop-exports' },
      s3Object: { key: 'customers.csv', path: 'shop-exports/customers.csv' },
    },
    ...changes,
  });

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
export const config = (changes: object = {}) =>
  event('aws.config', 'Config Rules Compliance Change', {
    resourceId: 'my-bucket',
    awsRegion: 'us-west-2',
    awsAccountId: account,
    configRuleName: 's3-bucket-public-read-prohibited',
    recordVersion: '1.0',
    messageType: 'ComplianceChangeNotification',
    resourceType: 'AWS::S3::Bucket',
    newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
    ...changes,
  });

/**
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html around what
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html describes
 */
export const hub = (finding: object = {}) =>
  event('aws.securityhub', 'Security Hub Findings - Imported', {
    findings: [
      {
        SchemaVersion: '2018-10-08',
        Id: `arn:aws:securityhub:us-west-2:${account}:security-control/S3.8/finding/2a55570b-74e9-4aa3-9f4e-66f515c7ff03`,
        ProductArn: 'arn:aws:securityhub:us-west-2::product/aws/securityhub',
        ProductName: 'Security Hub',
        CompanyName: 'AWS',
        Region: 'us-west-2',
        GeneratorId: 'security-control/S3.8',
        AwsAccountId: account,
        Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
        UpdatedAt: '2026-11-28T05:15:07.195Z',
        Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
        Title: 'S3 general purpose buckets should block public access',
        Description: 'This control checks ...',
        Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::my-bucket', Region: 'us-west-2' }],
        Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
        ...finding,
      },
    ],
  });

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html: GuardDuty's own, passed on. */
export const hubOfGuardDuty = (finding: object = {}) =>
  hub({
    Id: `arn:aws:guardduty:us-west-2:${account}:detector/10b1d0e9/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
    ProductArn: 'arn:aws:securityhub:us-west-2::product/aws/guardduty',
    ProductName: 'GuardDuty',
    Types: ['TTPs/UnauthorizedAccess:IAMUser-MaliciousIPCaller.Custom'],
    Title: 'An API was invoked from an IP address on a custom threat list.',
    Resources: [{ Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:GeneratedFindingAccessKeyId' }],
    Compliance: undefined,
    ...finding,
  });

/**
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html around the classes of
 * https://schema.ocsf.io/1.5.0/classes/compliance_finding
 */
export const hubV2 = (finding: object = {}) =>
  event('aws.securityhub', 'Findings Imported V2', {
    findings: [
      {
        activity_id: 1,
        activity_name: 'Create',
        category_uid: 2,
        class_name: 'Compliance Finding',
        class_uid: 2003,
        cloud: { account: { uid: account }, provider: 'AWS', region: 'us-west-2' },
        compliance: { control: 'S3.8', status: 'FAIL', status_id: 3 },
        finding_info: {
          uid: `arn:aws:securityhub:us-west-2:${account}:security-control/S3.8/finding/2a55570b`,
          title: 'S3 general purpose buckets should block public access',
          types: ['Posture Management'],
          modified_time_dt: '2026-11-28T05:15:07.195Z',
        },
        metadata: { product: { name: 'Security Hub CSPM', vendor_name: 'AWS' }, version: '1.5.0' },
        resources: [{ type: 'AwsS3Bucket', uid: 'arn:aws:s3:::my-bucket', region: 'us-west-2' }],
        severity: 'High',
        severity_id: 4,
        status: 'New',
        status_id: 1,
        ...finding,
      },
    ],
  });

export const hubV2OfGuardDuty = (finding: object = {}) =>
  hubV2({
    class_name: 'Detection Finding',
    class_uid: 2004,
    compliance: undefined,
    finding_info: {
      uid: `arn:aws:guardduty:us-west-2:${account}:detector/10b1d0e9/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
      title: 'An API was invoked from an IP address on a custom threat list.',
      types: ['TTPs/UnauthorizedAccess:IAMUser-MaliciousIPCaller.Custom'],
    },
    metadata: { product: { name: 'GuardDuty', vendor_name: 'AWS' } },
    resources: [{ type: 'AwsIamAccessKey', uid: 'GeneratedFindingAccessKeyId' }],
    ...finding,
  });
