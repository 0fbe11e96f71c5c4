import { program } from '../../../support/programs.ts';

const missing = (['mariadbd', 'moto_server'] as const).filter((name) => program(name).missing);

/** Whether the servers these tests need are installed, and what a skipped test says otherwise. */
export const serversMissing = missing.length > 0;
export const needs = serversMissing
  ? ` (skipped; install with: ${missing.map((name) => program(name).install).join(' and ')})`
  : '';
