import { DescribeImageScanFindingsCommand, type ECRClient, ScanNotFoundException } from '@aws-sdk/client-ecr';
import { isDigest } from './image-tags.ts';
import { PatchRefused } from './patch-refused.ts';
import { dayOf, judgeScan, type PatchException, type ScanPage } from './scan-gate.ts';

export interface GateSettings {
  /** Name of the repository that builds push to. */
  readonly candidates: string;
  readonly exceptions: readonly PatchException[];
}

export interface GateTools {
  readonly ecr: ECRClient;
  readonly pause: (seconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

const scanPollSeconds = 15;
const scanDeadlineSeconds = 20 * 60;

/**
 * Waits for the scan of an image and decides whether it may run.
 *
 * @throws PatchRefused with every reason, also when the scan does not finish in time
 */
export async function passGate(digest: string, settings: GateSettings, tools: GateTools): Promise<void> {
  if (!isDigest(digest)) {
    throw new PatchRefused(`the build named no image: "${digest}" is not a digest`);
  }
  for (let waited = 0; ; waited += scanPollSeconds) {
    const pages = await scanPages(digest, settings.candidates, tools.ecr);
    const verdict = judgeScan(digest, pages, settings.exceptions, dayOf(tools.now()));
    if (verdict.outcome === 'stop') {
      throw new PatchRefused(`the scan gate stops ${digest}:\n- ${verdict.reasons.join('\n- ')}`);
    }
    if (verdict.outcome === 'pass') {
      for (const cve of verdict.accepted) tools.say(`accepted for a while by a dated exception: ${cve}`);
      tools.say(`the scan gate lets ${digest} pass`);
      return;
    }
    if (waited >= scanDeadlineSeconds) {
      throw new PatchRefused(
        `the scan of ${digest} did not finish in ${scanDeadlineSeconds / 60} minutes (${verdict.status}): an unscanned image never runs`,
      );
    }
    await tools.pause(scanPollSeconds);
  }
}

/** Every page of the findings; none when the registry knows of no scan yet. */
export async function scanPages(digest: string, repositoryName: string, ecr: ECRClient): Promise<ScanPage[]> {
  const pages: ScanPage[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await ecr.send(
        new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest: digest }, nextToken }),
      );
      pages.push(page);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return pages;
  } catch (error) {
    // Between the push and the start of its scan the registry knows of none.
    if (error instanceof ScanNotFoundException) return [];
    throw error;
  }
}
