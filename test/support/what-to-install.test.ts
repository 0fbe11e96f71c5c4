import { expect, it } from 'vitest';
import { installedBy } from './programs.ts';
import { whatToInstall } from './what-to-install.ts';

const page = { fullName: 'the page in Chromium (apt-get install chromium) opens' };
const rotation = {
  fullName: `rotation (skipped; install with: apt-get install mariadb-server and pip install 'moto[server]') heals`,
};
const images = { fullName: 'images (apt-get install buildah; run as root) are built' };

it('one line counts the tests and names each command once', () => {
  expect(whatToInstall([page, page, rotation], () => false)).toBe(
    "3 tests were skipped; to run them too: apt-get install chromium && apt-get install mariadb-server && pip install 'moto[server]' (.ci/run installs everything)",
  );
});

it('what no command installs is said too', () => {
  expect(whatToInstall([images], () => false)).toContain('apt-get install buildah && run as root');
});

it('a test that a filter left out needs nothing', () => {
  expect(whatToInstall([page, { fullName: 'adds up' }], () => true)).toBeUndefined();
  expect(whatToInstall([page, rotation], (command) => !command.includes('moto'))).toMatch(
    /^1 tests? .*: pip install 'moto\[server\]' \(/,
  );
});

it('a command that installs something unknown counts as not run', () => {
  expect(installedBy('apt-get install something-else')).toBe(false);
});
