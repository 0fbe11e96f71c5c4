import type { Assumptions } from './assumptions.ts';
import { numberIn, type PricedEnvironment, type PricedResource } from './priced-environment.ts';
import { daysOfMonth, packed, type Subject, text, type Usage, used } from './usage.ts';

/** What a request leaves in the log of a web ACL, in GB. */
const requestLog = 1.5e-6;

export function logGroupCosts({ resource, environment, assumed }: Subject): Usage[] {
  const gb = gbOfLog(resource, environment, assumed);
  const { RetentionInDays } = resource.properties;
  const months = numberIn(RetentionInDays ?? 3653) / daysOfMonth;
  return [
    used('logs.data', gb, text('logs taken in', 'ログの取り込み')),
    used('logs.kept', gb * packed * months, text('logs kept', 'ログの保存')),
  ];
}

/** A web ACL logs each request; the others share what is assumed of them. */
function gbOfLog(resource: PricedResource, environment: PricedEnvironment, assumed: Assumptions): number {
  const groups = environment.ofType('AWS::Logs::LogGroup');
  if (!isWebAclLog(resource)) return assumed.logGb / groups.filter((group) => !isWebAclLog(group)).length;
  const atEdge = resource.region !== environment.region || resource.stack === 'Perimeter';
  return (atEdge ? assumed.requests : assumed.originRequests) * requestLog;
}

/** AWS WAF writes to groups of this name only: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
function isWebAclLog({ properties }: PricedResource): boolean {
  return String(properties.LogGroupName).startsWith('aws-waf-logs-');
}
