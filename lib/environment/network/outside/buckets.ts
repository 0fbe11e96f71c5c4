/** A bucket of AWS that something in the VPC reads from or writes to. */
export interface AwsBucket {
  readonly name: string;
  /** What is done there, such as `s3:GetObject`; the S3 endpoint lets through no more. */
  readonly action: 's3:GetObject' | 's3:PutObject';
}

const read = (name: string): AwsBucket => ({ name, action: 's3:GetObject' });

/** Where custom resources and wait conditions answer CloudFormation, through presigned URLs. */
export function cloudFormationBuckets(region: string): AwsBucket[] {
  return [
    `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`,
    `cloudformation-waitcondition-${region}`,
  ].map((name) => ({ name, action: 's3:PutObject' }));
}

/** Where ECR keeps the layers of images: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export function imageLayerBucket(region: string): AwsBucket {
  return read(`prod-${region}-starport-layer-bucket`);
}

/** Packages of Amazon Linux: https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html */
function packageBucket(region: string): AwsBucket {
  return read(`al2023-repos-${region}-de612dc2`);
}

/**
 * What the agent of Systems Manager fetches: modules of its documents, attachments, its own updates.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html#ssm-agent-minimum-s3-permissions
 */
function agentBuckets(region: string): AwsBucket[] {
  return [
    `aws-ssm-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `${region}-birdwatcher-prod`,
  ].map(read);
}

/** Where `AWS-RunPatchBaseline` keeps its programs: the region, and a suffix that only AWS's table knows. */
const patchManagerSuffixes: Readonly<Record<string, string>> = {
  'ap-northeast-1': '4849fa78f',
  'ap-northeast-2': '10467995c',
  'ap-northeast-3': '67373598a',
  'ap-south-1': 'cb7c62ff9',
  'ap-southeast-1': '7fdfd9ef7',
  'ap-southeast-2': '17283a275',
  'ca-central-1': '3148e69e3',
  'eu-central-1': '9163fdaaf',
  'eu-north-1': '795879e9b',
  'eu-west-1': '5522fb710',
  'eu-west-2': '902a2bc74',
  'eu-west-3': '29bf85721',
  'sa-east-1': 'ddf4b6a09',
  'us-east-1': '1970c647d',
  'us-east-2': '552881074',
  'us-west-2': '34d7f99f8',
};

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html */
function patchBuckets(region: string): AwsBucket[] {
  const suffix = patchManagerSuffixes[region];
  if (!suffix) throw new Error(`no bucket of the Patch Manager is known for ${region}`);
  return [`aws-patch-manager-${region}-${suffix}`, `patch-baseline-snapshot-${region}`].map(read);
}

/** Everything that a host of Systems Manager fetches. */
export function bucketsOfHosts(region: string): AwsBucket[] {
  return [...agentBuckets(region), ...patchBuckets(region), packageBucket(region)];
}

/** S3 itself, under the names it has by the age of a client and of a region. */
export function s3Hosts(region: string): string[] {
  return [`s3.${region}`, `s3.dualstack.${region}`, `s3-${region}`, 's3'].map(
    (name) => `${name}.amazonaws.com`,
  );
}

/** Every name under which a client may look for a bucket. */
export function hostsOfBucket(bucket: string, region: string): string[] {
  return s3Hosts(region).map((host) => `${bucket}.${host}`);
}
