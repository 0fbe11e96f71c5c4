import { Duration, Fn } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/index.ts';
import { type ArtifactBucket, evidencePrefix } from './artifact-bucket.ts';
import { CodeBuildProject } from './codebuild-project.ts';
import type { PipelineImages } from './image-store.ts';
import { fetchSbomGenerator } from './sbom-generator.ts';

export interface BuildProjectProps {
  readonly images: Pick<PipelineImages, 'candidates' | 'loginPolicy'>;
  readonly bucket: ArtifactBucket;
  readonly platform: Platform;
  readonly key: kms.IKey;
  readonly logGroup: logs.ILogGroup;
}

/** Builds the shop image on a pinned base, pushes it, and keeps a record of what it was made of. */
export class BuildProject extends CodeBuildProject {
  constructor(scope: Construct, id: string, { images, bucket, platform, key, logGroup }: BuildProjectProps) {
    super(scope, id, {
      description: 'Builds the shop image from the packages of the day',
      roleDescription: 'Builds the shop image and pushes it',
      key,
      logGroup,
      timeout: Duration.minutes(30),
      stages: 1,
      architecture: platform.architecture,
      // A Docker build needs it, and the pipeline's managed build action builds no arm64 images. The machine is thrown
      // away after each build, lies outside the VPC and holds no secret, and its role can push to one repository only,
      // from which nothing runs.
      // https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker.html
      privileged: true,
      environment: {
        REPOSITORY_URI: images.candidates.repositoryUri,
        REGISTRY: Fn.select(0, Fn.split('/', images.candidates.repositoryUri)),
        EVIDENCE_BUCKET: bucket.bucketName,
        EVIDENCE_PREFIX: evidencePrefix,
        OUTPUT: '/tmp/image',
      },
      commands: commands(platform.architecture),
    });

    bucket.allowReadingArtifacts('BuildReadsSource', this.serviceRole);
    bucket.allowKeepingEvidence(this.serviceRole);
    this.serviceRole.addManagedPolicy(images.loginPolicy);
    images.candidates.grant(
      this.serviceRole,
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
      // The bill of materials is made from the pushed image.
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    );
  }
}

function commands(architecture: Platform['architecture']): string[] {
  return [
    'set -o errexit -o pipefail',
    'mkdir -p "$OUTPUT"',
    'aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
    'node "$CODEBUILD_SRC_DIR_BuildTool/index.mjs"',
    'IMAGE_DIGEST="$(cat "$OUTPUT/image-digest")"',
    ...fetchSbomGenerator(architecture),
    '"$SBOMGEN" container --image "$REPOSITORY_URI@$IMAGE_DIGEST" --outfile "$OUTPUT/sbom.cdx.json"',
    // One folder an image, named after its digest. Written once: the bucket takes nothing that would replace it.
    'for name in sbom.cdx.json versions.lock.json; do',
    `  aws s3api put-object --bucket "$EVIDENCE_BUCKET" --key "$EVIDENCE_PREFIX$IMAGE_DIGEST/$name" --body "$OUTPUT/$name" --if-none-match '*'`,
    'done',
  ];
}
