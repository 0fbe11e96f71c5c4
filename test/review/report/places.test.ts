import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guidanceOf } from '../../../lib/checks/guidance/index.ts';
import { writtenRow } from '../../../lib/review/report/formats/rows.ts';
import { findingsSarif } from '../../../lib/review/report/formats/sarif.ts';
import { pageData } from '../../../lib/review/report/page/data.ts';
import { changeOf } from '../../../lib/review/report/places.ts';
import { review } from '../../../lib/review/report/review.ts';
import { settingsOf, subjectFromTemplates } from '../../../lib/review/report/subject.ts';
import { temporaryFolder, write } from './files.ts';
import { acknowledgedRow, resourceOf, reviewOf, rowOf, ruleOf } from './reviews.ts';

const config = `export default {
  platform: { preset: 'woocommerce' },
  environments: {
    production: {
      waf: {
        mode: 'count',
      },
    },
  },
};
`;

/** Of a finding in a resource that a template makes: the property is on line 6, in each language. */
const yaml = `Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Properties:
      BackupPolicy: { Status: ENABLED }
      Encrypted: false
`;
const json = `{ "Resources": {
  "Files": {
    "Type": "AWS::EFS::FileSystem",
    "Properties": {
      "BackupPolicy": { "Status": "ENABLED" },
      "Encrypted": false
    } } } }
`;

function sarifOf(reviewed: Parameters<typeof findingsSarif>[0], finding: string) {
  const { runs } = JSON.parse(findingsSarif(reviewed));
  return runs[0].results.find(({ message }: { message: { text: string } }) =>
    message.text.startsWith(`${finding}:`),
  );
}

describe('a finding points to the line that would be changed', () => {
  it('of the config, where a setting rules it: in the page, in JSON and in SARIF', () => {
    const file = write(temporaryFolder(), 'shop.config.ts', config);
    const id = 'SecureShop-NET2[WebAclBlocks]';
    const guidance = guidanceOf(id);
    if (!guidance) throw new Error('the rule has a remedy');
    const row = acknowledgedRow({ rule: ruleOf({ pack: 'SecureShop', id, guidance }) });
    const change = changeOf(row, settingsOf(file));
    expect(change).toEqual({ what: 'waf.mode', at: { file, line: 6, column: 9 } });
    const placed = { ...row, change };
    const reviewed = reviewOf([placed]);
    expect(writtenRow(placed).change?.at).toMatch(/shop\.config\.ts:6:9$/);
    expect(pageData(reviewed).changes[0]).toEqual(writtenRow(placed).change);
    expect(pageData(reviewed).acknowledgements[0]?.change?.what).toBe('waf.mode');
    const { locations, relatedLocations } = sarifOf(reviewed, id);
    expect(locations[0].physicalLocation.region).toEqual({ startLine: 6, startColumn: 9 });
    expect(relatedLocations[0]).toMatchObject({
      message: { text: 'made here' },
      physicalLocation: { artifactLocation: { uri: 'lib/environment/vault/stack.ts' } },
    });
  });

  it('of the config only for what is a setting', () => {
    const settingAt = settingsOf(write(temporaryFolder(), 'shop.config.ts', config));
    expect(settingAt('production', 'declareNoRotation')).toBeUndefined();
    expect(settingAt('production', 'waf.modes')).toBeUndefined();
    expect(settingAt('production', 'waf.exceptions')?.line).toBe(5);
    expect(settingAt('staging', 'waf.mode')?.line).toBe(3);
    expect(settingAt('production', 'platform.openFunctions')?.line).toBe(2);
  });

  it.each([
    ['Shop.yaml', yaml],
    ['Shop.json', json],
  ])('of the template, which sets the property: %s', (name, text) => {
    const file = write(temporaryFolder(), name, text);
    const reviewed = review(subjectFromTemplates([file]), { packs: ['SecureShop'], failOn: 'finding' });
    const found = reviewed.rows.find(({ finding }) => finding === 'SecureShop-DAT1[Encrypted]');
    expect(found?.outcome).toBe('non-compliant');
    expect(found?.change).toMatchObject({ what: 'Encrypted', at: { file: resolve(file), line: 6 } });
    expect(
      sarifOf(reviewed, 'SecureShop-DAT1[Encrypted]').locations[0].physicalLocation.region.startLine,
    ).toBe(6);
    const missing = reviewed.rows.find(({ outcome, change }) => outcome === 'non-compliant' && !change);
    expect(missing?.resource.sources[0]?.line).toBe(2);
  });

  it('of the source, where nothing else tells', () => {
    expect(changeOf(rowOf('non-compliant', { resource: resourceOf() }), undefined)).toBeUndefined();
  });
});
