import { execFileSync } from 'node:child_process';

/**
 * User CPU seconds of a command and everything it starts, as the shell accounts for them; the median of several runs.
 *
 * @throws Error when the command fails
 */
export function userSeconds(command: string, runs = 3): number {
  const seconds = Array.from({ length: runs }, () => {
    const output = execFileSync('bash', ['-c', `${command} >/dev/null 2>&1 || exit 1; times`], {
      encoding: 'utf8',
      env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1' },
    });
    // The second line of `times` is about the children: "0m1.234s 0m0.123s".
    const [user = ''] = (output.trim().split('\n').at(-1) ?? '').split(' ');
    const [, minutes = '0', rest = '0'] = /^(\d+)m([\d.]+)s$/.exec(user) ?? [];
    return Number(minutes) * 60 + Number(rest);
  });
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

export function row(what: string, value: string): void {
  console.log(`${what.padEnd(64)}${value}`);
}
