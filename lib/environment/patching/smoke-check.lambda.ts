import { z } from 'zod';
import { askTasks, type SmokeAnswer, type SmokeSettings } from './smoke-check.ts';

const event = z.strictObject({ addresses: z.array(z.ipv4()).max(100) });

/**
 * Asks the tasks at these addresses for the pages of the shop. What it asks for is its own setting, and its security
 * group leads to the tasks only, so nobody can use it to ask for anything else.
 */
export async function handler(input: unknown): Promise<SmokeAnswer[]> {
  const { addresses } = event.parse(input);
  const settings = JSON.parse(process.env.SETTINGS ?? '') as SmokeSettings;
  return askTasks(addresses, settings);
}
