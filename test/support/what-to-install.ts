import type { Reporter } from 'vitest/node';
import { installedBy } from './programs.ts';

/** A test as far as it says what it needs. */
interface Skipped {
  readonly fullName: string;
}

interface Ran {
  readonly children: { allTests(state: 'skipped'): Iterable<Skipped> };
}

/** Ends a run that skipped tests for want of a program with one line: the commands that install what they need. */
export default class WhatToInstall implements Reporter {
  onTestRunEnd(modules: readonly Ran[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const line = whatToInstall(skipped);
    if (line !== undefined) console.log(`\n${line}`);
  }
}

/** Undefined when nothing is missing: a test that a filter left out has all that it names. */
export function whatToInstall(skipped: readonly Skipped[], isThere = installedBy): string | undefined {
  const waiting = skipped
    .map(({ fullName }) => commandsIn(fullName).filter((command) => !isThere(command)))
    .filter((commands) => commands.length > 0);
  if (waiting.length === 0) return undefined;
  const unique = [...new Set(waiting.flat())];
  return `${waiting.length} tests were skipped; to run them too: ${unique.join(' && ')} (.ci/run installs everything)`;
}

function commandsIn(name: string): string[] {
  const found = name.match(/(?:apt-get|pip) install (?:(?! and )[^();])+|(?<=[(;] ?)run as root/g) ?? [];
  return found.map((command) => command.trim());
}
