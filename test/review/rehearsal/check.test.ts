import { describe, expect, it } from 'vitest';
import { Rehearser } from '../../../lib/review/rehearsal/rehearse.ts';
import { environmentsOfAssembly } from '../../../lib/review/rehearsal/templates.ts';
import { allExampleFiles, exampleAssembly } from '../../support/synthesize.ts';

interface Settings {
  readonly host: string;
  readonly adminHost: string;
  readonly pages: readonly { readonly path: string; readonly host?: string }[];
}

/** What the function that checks a new image is told to ask for, as the templates say it. */
function settingsIn(templates: string): Settings[] {
  return [...templates.matchAll(/"SETTINGS":("\{\\"port\\":(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
    JSON.parse(JSON.parse(text)),
  );
}

describe.each(allExampleFiles)('the check of a new image in %s', (file) => {
  it('gets every page it asks for, whatever bots, countries and rates the edge refuses', async () => {
    for (const environment of await environmentsOfAssembly(exampleAssembly(file))) {
      const rehearser = new Rehearser([environment]);
      const [settings] = settingsIn(JSON.stringify(environment.templates.map(({ template }) => template)));
      if (settings === undefined) throw new Error(`${environment.name} checks no image`);
      expect(settings.pages.length).toBeGreaterThan(4);
      for (const { path, host } of settings.pages) {
        const url = `http://${host === 'admin' ? settings.adminHost : settings.host}${path}`;
        const { verdict, hops } = rehearser.rehearse({ url, from: 'check' });
        expect(verdict, url).toMatchObject({
          verdict: 'allow',
          by: 'the tasks of the shop, asked from inside',
        });
        expect(hops.map(({ at }) => at).join()).not.toMatch(/CloudFront|ACL|listener/);
      }
      // The way is the check's alone: whoever comes from the Internet is still refused there.
      const admin = `https://${settings.host}${settings.pages.find(({ host }) => host === 'admin')?.path}`;
      expect(rehearser.rehearse({ url: admin }).verdict.verdict, admin).toBe('block');
    }
  });

  it('is said to be cut off when a group keeps it from the tasks, or nobody declares it', async () => {
    const [environment] = await environmentsOfAssembly(exampleAssembly(file));
    if (environment === undefined) throw new Error(`${file} has no environment`);
    const text = JSON.stringify(environment.templates);
    for (const [what, broken] of [
      ['a group', text.replaceAll('Check of a new image to the shop","DestinationSecurityGroupId"', '","X"')],
      ['a declaration', text.replaceAll('"secure-shop:smoke-check":true', '"other":true')],
    ] as const) {
      expect(broken, what).not.toBe(text);
      const rehearser = new Rehearser([{ ...environment, templates: JSON.parse(broken) }]);
      const [settings] = settingsIn(text);
      const url = `http://${settings?.host ?? 'shop.example.jp'}/`;
      expect(rehearser.rehearse({ url, from: 'check' }).verdict.verdict, what).toBe('unreachable');
    }
  });
});
