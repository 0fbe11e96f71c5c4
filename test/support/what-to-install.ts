import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run that skipped tests with one line: the commands that install what they need. */
export default class WhatToInstall implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const commands = skipped.flatMap(
      ({ fullName }) => fullName.match(/(?:apt-get|pip) install (?:(?! and )[^();])+/g) ?? [],
    );
    if (commands.length === 0) return;
    const unique = [...new Set(commands.map((command) => command.trim()))];
    console.log(
      `\n${commands.length} tests were skipped; to run them too: ${unique.join(' && ')} (.ci/run installs everything)`,
    );
  }
}
