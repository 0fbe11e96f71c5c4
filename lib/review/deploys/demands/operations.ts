import { list, numeric } from '../../../checks/model/values.ts';
import { type Demand, eachResource } from './demand.ts';
import { docs } from './pages.ts';

const alarmPeriods = eachResource('alarm-numbers', ['AWS::CloudWatch::Alarm'], ({ properties }) => {
  const source = `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`;
  const period = numeric(properties.Period);
  const evaluated = numeric(properties.EvaluationPeriods);
  const needed = numeric(properties.DatapointsToAlarm);
  const found: string[] = [];
  if (period !== undefined && ![10, 20, 30].includes(period) && (period % 60 !== 0 || period < 60))
    found.push(`measures every ${period} s, where CloudWatch takes 10, 20, 30 or whole minutes`);
  const longest = (period ?? 0) >= 3600 ? 7 * 86_400 : 86_400;
  if (period !== undefined && evaluated !== undefined && period * evaluated > longest)
    found.push(`looks back ${period * evaluated} s, at most ${longest}`);
  if (needed !== undefined && evaluated !== undefined && needed > evaluated)
    found.push(`wants ${needed} of ${evaluated} measurements`);
  return found.map((says) => ({
    says: `${says} (ValidationError)`,
    way: 'Write another period or number.',
    source,
  }));
});

const hostWindows = eachResource('host-windows', ['AWS::SSM::MaintenanceWindow'], ({ properties }) => {
  const [length, cutoff] = [numeric(properties.Duration), numeric(properties.Cutoff)];
  if (length === undefined || cutoff === undefined || cutoff < length) return [];
  return [
    {
      says: `stops starting tasks ${cutoff} hours before the end of ${length} (ValidationException)`,
      way: 'Let Cutoff be less than Duration.',
      source: `${docs}/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html`,
    },
  ];
});

const pipelines = eachResource('pipeline-stages', ['AWS::CodePipeline::Pipeline'], ({ properties }) => {
  const stages = list(properties.Stages);
  if (stages.length >= 2 || properties.Stages === undefined) return [];
  return [
    {
      says: `has ${stages.length} stage; CodePipeline wants two or more (InvalidStructureException)`,
      way: 'Add a stage.',
      source: `${docs}/codepipeline/latest/userguide/reference-pipeline-structure.html`,
    },
  ];
});

/** What CloudWatch, Systems Manager and CodePipeline demand. */
export const operations: readonly Demand[] = [alarmPeriods, hostWindows, pipelines];
