import { S3Client } from '@aws-sdk/client-s3';
import { ArchiveRecords } from './archives.ts';
import { buildImage } from './build.ts';
import { setting } from './codebuild-settings.ts';

/** Runs in CodeBuild: the build step of the patch pipeline. */

try {
  const digest = await buildImage({
    context: setting('CODEBUILD_SRC_DIR'),
    output: setting('OUTPUT'),
    repositoryUri: setting('REPOSITORY_URI'),
    // A repeated build of one run pushes another image, and a tag never moves.
    run: `${setting('PIPELINE_RUN')}-${setting('CODEBUILD_BUILD_NUMBER')}`,
    records: new ArchiveRecords(new S3Client({ maxAttempts: 5 }), {
      bucket: setting('EVIDENCE_BUCKET'),
      prefix: setting('EVIDENCE_PREFIX'),
    }),
  });
  console.log(`pushed ${digest}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
