import { describe, expect, it } from 'vitest';
import { patchNow } from '../../../lib/environment/patching/run-now.ts';
import { contextOn, failedGate } from './support/patch-context.ts';

describe('secure-shop patch now', () => {
  it('tells each step once as it goes, and how the run ended', async () => {
    let looks = 0;
    const context = await contextOn({
      StartPipelineExecution: () => ({ pipelineExecutionId: 'run-8' }),
      GetPipelineExecution: () => ({
        pipelineExecution: { status: ++looks < 3 ? 'InProgress' : 'Failed' },
      }),
      ListActionExecutions: () =>
        looks < 3
          ? { actionExecutionDetails: [{ stageName: 'Build', actionName: 'Image', status: 'InProgress' }] }
          : failedGate,
    });
    expect(await patchNow(context)).toBe('Failed');
    expect(context.said).toEqual([
      'run run-8 of hana-candles-production-patching has started; leaving this command does not stop it',
      'Build / Image: InProgress',
      'Build / Image: Succeeded',
      'Gate / Scan: Failed: Build terminated with state: FAILED, log: https://console.aws.amazon.com/codebuild/run-8',
      'the run ended: Failed',
    ]);
  });

  it('says so when a later run took over', async () => {
    const context = await contextOn({
      StartPipelineExecution: () => ({ pipelineExecutionId: 'run-8' }),
      GetPipelineExecution: () => ({ pipelineExecution: { status: 'Superseded' } }),
      ListActionExecutions: () => ({ actionExecutionDetails: [] }),
    });
    expect(await patchNow(context)).toBe('Superseded');
    expect(context.said.at(-1)).toContain('a later run has taken over');
  });
});
