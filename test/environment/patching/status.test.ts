import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { formatStatus, patchStatus } from '../../../lib/environment/patching/status.ts';
import type { StubHandler } from './support/aws-stub.ts';
import { contextOn, failedGate } from './support/patch-context.ts';
import { digest, enhancedScan, scanIn } from './support/scans.ts';

describe('secure-shop patch --status', () => {
  it('says what runs, how old it is, what is known of it, and when the next run is', async () => {
    const status = await patchStatus(await contextOn({}));
    expect(status.attention).toEqual([]);
    expect(formatStatus(status)).toEqual([
      `Running   ${digest}, 2.0 days old`,
      'Findings  1 medium',
      'Last run  Succeeded, 2026-11-20 07:40 UTC (run-7)',
      'Next run  2026-11-23 19:00 UTC',
    ]);
  });

  it.each<[string, Record<string, StubHandler>, string]>([
    [
      'an old image',
      { DescribeImages: () => ({ imageDetails: [{ imagePushedAt: new Date('2026-11-13T07:00:00Z') }] }) },
      'the image is 9 days old, more than 8',
    ],
    [
      'a new critical finding',
      {
        DescribeImageScanFindings: () => ({
          ...enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' }),
        }),
      },
      'would not pass the gate today: CVE-2026-30001 (CRITICAL) in openssl, fixed in 0:3.0.17-1~deb12u3',
    ],
    [
      'an image other than the released one',
      { GetParameter: () => ({ Parameter: { Value: 'sha256:other' } }) },
      `the service runs ${digest}, but the image that was released last is sha256:other: run "secure-shop patch now"`,
    ],
    [
      'a shop that runs nothing yet',
      { DescribeServices: () => ({ error: 'ClusterNotFoundException' }) },
      'the service hana-candles-production runs no image yet',
    ],
    [
      'an image addressed by a tag, which somebody else put there',
      {
        DescribeTaskDefinition: () => ({
          taskDefinition: { containerDefinitions: [{ name: 'shop', image: 'public/wordpress:latest' }] },
        }),
      },
      'the service hana-candles-production runs public/wordpress:latest, not an image by digest: somebody else changed it; run "npx cdk deploy \'production/Storefront\'"',
    ],
    [
      'an image that is gone from the registry',
      { DescribeImages: () => ({ error: 'ImageNotFoundException' }) },
      'the image is not in the repository team/images any more, so that no further task can start: run "secure-shop patch now"',
    ],
    [
      'findings it may not read, and tells the rest all the same',
      {
        DescribeImageScanFindings: () => ({
          error: 'AccessDeniedException',
          message: 'not authorized to perform: inspector2:ListFindings',
        }),
      },
      'its findings cannot be read: AccessDeniedException: not authorized to perform: inspector2:ListFindings',
    ],
    [
      'a scan that never ended',
      { DescribeImageScanFindings: () => ({ ...scanIn('PENDING') }) },
      'its scan has no result to read (PENDING)',
    ],
    [
      'an image whose scan has lapsed',
      { DescribeImageScanFindings: () => ({ ...scanIn('SCAN_ELIGIBILITY_EXPIRED') }) },
      'would not pass the gate today: the scan ended as SCAN_ELIGIBILITY_EXPIRED (): an unscanned image never runs',
    ],
    [
      'a parameter that is gone',
      { GetParameter: () => ({ error: 'ParameterNotFound' }) },
      `the service runs ${digest}, but the image that was released last is not named: run "secure-shop patch now"`,
    ],
  ])('points at %s', async (_what, handlers, attention) => {
    expect((await patchStatus(await contextOn(handlers))).attention).toContain(attention);
  });

  it('points at a failed run, with the step, its reason and its log', async () => {
    const context = await contextOn({
      ListPipelineExecutions: () => ({
        pipelineExecutionSummaries: [{ pipelineExecutionId: 'run-8', status: 'Failed' }],
      }),
      ListActionExecutions: () => failedGate,
    });
    expect((await patchStatus(context)).attention).toEqual([
      'the last run ended as Failed',
      'Gate / Scan: Build terminated with state: FAILED, log: https://console.aws.amazon.com/codebuild/run-8',
    ]);
  });

  it('points at an exception past its date', async () => {
    const context = await contextOn({}, [{ cve: 'CVE-2026-30001', until: '2026-11-21', reason: 'waiting' }]);
    expect((await patchStatus(context)).attention).toEqual([
      'the exception for CVE-2026-30001 ended on 2026-11-21: take it out of the config, or decide again',
    ]);
  });

  it('says what to do where nothing was deployed', async () => {
    const context = await contextOn({
      ListPipelineExecutions: () => ({ error: 'PipelineNotFoundException' }),
    });
    await expect(patchStatus(context)).rejects.toThrow(UserError);
    await expect(patchStatus(context)).rejects.toThrow('deploy the environment first');
  });
});
