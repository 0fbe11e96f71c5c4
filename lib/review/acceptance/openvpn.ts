import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StepFailed } from './ground.ts';

const longestSeconds = 120;
const connected = /Initialization Sequence Completed/;

/**
 * Connects with a profile and lets go again. Without a network device (`--dev null`) it needs no rights: certificates,
 * the register and the connection handler are asked, and nothing is routed.
 *
 * @throws StepFailed when the VPN refuses, or does not answer
 */
export async function connectOnce(profile: string, program = 'openvpn'): Promise<void> {
  const child = spawn(
    program,
    [
      '--config',
      profile,
      '--dev',
      'null',
      '--route-noexec',
      '--ifconfig-noexec',
      '--verb',
      '3',
      '--connect-retry-max',
      '3',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const last: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new StepFailed(why));
      const timer = setTimeout(
        () => fail(`no connection in ${longestSeconds} seconds: ${last.at(-1)}`),
        longestSeconds * 1000,
      );
      child.once('error', () => fail(`"${program}" does not start: install OpenVPN, version 2.5 or newer`));
      child.once('exit', (code) => fail(`OpenVPN ended (${code}): ${last.slice(-2).join(' / ')}`));
      child.once('close', () => clearTimeout(timer));
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          last.push(line);
          if (!connected.test(line)) return;
          clearTimeout(timer);
          resolve();
        });
      }
    });
  } finally {
    child.kill();
  }
}
