import { Duration } from 'aws-cdk-lib';
import type { Environment } from '../../config/index.ts';

/** When a secret rotates, in the terms of Secrets Manager's own rotation rules. */
export interface RotationRules {
  /** How often it changes: whole hours, from 4 hours to 30 days. */
  readonly every: Duration;
  /** The hour of the day, in UTC, at which the window opens. */
  readonly windowStartHour: number;
  /** Length of the window: whole hours, at least one, that end on the same day in UTC. */
  readonly window: Duration;
}

export interface RotationSchedule {
  readonly scheduleExpression: string;
  /** As Secrets Manager writes it, such as `2h`. */
  readonly duration: string;
  /** The longest time between two rotations that are both in time: past it, one is overdue. */
  readonly longestGap: Duration;
}

export function rotationRulesOf({ rotation }: Environment): RotationRules {
  return {
    every: Duration.hours(rotation.everyHours),
    windowStartHour: rotation.windowStartHour,
    window: Duration.hours(rotation.windowHours),
  };
}

/**
 * The schedule in Secrets Manager's own cron. A rate would open every window at midnight UTC, which is nine in the
 * morning in Japan. Day numbers start again each month, so a gap may be shorter than asked for, never longer.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function rotationSchedule({ every, windowStartHour, window }: RotationRules): RotationSchedule {
  const problems = problemsOf({ every, windowStartHour, window });
  if (problems.length > 0) throw new Error(`rotation schedule: ${problems.join('; ')}`);
  const hours = every.toHours();
  if (hours >= 24) {
    const days = Math.floor(hours / 24);
    return {
      scheduleExpression: `cron(0 ${windowStartHour} 1/${days} * ? *)`,
      duration: `${window.toHours()}h`,
      longestGap: Duration.hours(days * 24 + window.toHours()),
    };
  }
  const first = windowStartHour % hours;
  const last = first + hours * Math.floor((23 - first) / hours);
  const length = Math.min(window.toHours(), hours, 24 - last);
  return {
    scheduleExpression: `cron(0 ${first}/${hours} * * ? *)`,
    duration: `${length}h`,
    longestGap: Duration.hours(hours + length),
  };
}

function problemsOf({ every, windowStartHour, window }: RotationRules): string[] {
  const problems: string[] = [];
  const hours = every.toHours({ integral: false });
  if (!Number.isInteger(hours) || hours < 4 || hours > 30 * 24) {
    problems.push(`"every" is ${every.toHumanString()}; write whole hours from 4 hours to 30 days`);
  }
  if (!Number.isInteger(windowStartHour) || windowStartHour < 0 || windowStartHour > 23) {
    problems.push(`"windowStartHour" is ${windowStartHour}; write an hour from 0 to 23 (UTC)`);
  }
  const length = window.toHours({ integral: false });
  if (!Number.isInteger(length) || length < 1 || windowStartHour + length > 24) {
    problems.push(
      `"window" is ${window.toHumanString()}; write whole hours, at least one, that end on the same day in UTC`,
    );
  }
  return problems;
}
