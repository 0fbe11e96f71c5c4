/**
 * Which lines of the rotation function's log are warnings: those `console.warn` writes. By itself, so that a CDK app
 * loads no client of AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export const warningPattern = '{ $.level = "WARN" }';
