import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const packages = `${sep}node_modules${sep}`;

/**
 * The CDK leaves packages out of the traces that it keeps, this one too once it is installed.
 *
 * @returns the line that called a function of this folder, as a frame of a trace; undefined where the CDK tells it
 */
export function writtenAt(): string | undefined {
  const [, ...frames] = (new Error().stack ?? '').split('\n');
  const caller = frames.find((frame) => !frame.includes(here));
  return caller?.includes(packages) ? caller.trim() : undefined;
}
