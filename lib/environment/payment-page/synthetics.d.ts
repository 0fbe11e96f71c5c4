/** What the runtime of canaries brings along: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_playwright.html */
declare module '@aws/synthetics-playwright' {
  import type { Browser } from 'playwright-core';

  export const synthetics: { launch(): Promise<Browser>; close(): Promise<void> };
}
