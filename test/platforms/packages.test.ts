import { expect, it } from 'vitest';
import { manualPackages, unneededPackages } from './support/packages.ts';

const installed = (name: string, more = '') => `Package: ${name}\nStatus: install ok installed\n${more}`;
const status = [
  installed('libc6', 'Priority: required\n'),
  installed(
    'apache2',
    'Pre-Depends: libc6\nDepends: mime-support (>= 3.5), perl | awk\nRecommends: ssl-cert\n',
  ),
  installed('media-types', 'Provides: mime-support (= 3.66)\n'),
  installed('mawk', 'Provides: awk\n'),
  installed('ssl-cert'),
  'Package: gcc\nStatus: deinstall ok config-files\nDepends: cpp\n',
  installed('cpp'),
].join('\n');

it('a package that nothing depends on is found, also one that is only recommended or whose user is gone', () => {
  expect(unneededPackages(status, ['apache2'])).toEqual(['ssl-cert', 'cpp']);
  expect(unneededPackages(status, ['apache2', 'ssl-cert', 'cpp'])).toEqual([]);
});

it('a package that apt did not install for another one was asked for by name', () => {
  const states = 'Package: media-types\nAuto-Installed: 1\n\nPackage: mawk\nAuto-Installed: 1\n';
  expect(manualPackages(status, states)).toEqual(['apache2', 'ssl-cert', 'cpp']);
});
