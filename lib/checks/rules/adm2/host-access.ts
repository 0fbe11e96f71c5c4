import { asWritten, at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A host is reached by Session Manager as somebody, never by a key that is shared; its role stays on the host. */
export const hostAccess = defineRule({
  invariant: 'ADM2',
  finding: 'HostAccess',
  en: 'Hosts have no shared key, no open metadata and no unencrypted disk',
  ja: 'ホストに共有鍵・旧メタデータ・非暗号化ディスクがない',
  appliesTo: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'],
  judge({ type, properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const data = type === 'AWS::EC2::LaunchTemplate' ? at(properties, 'LaunchTemplateData') : properties;
    const verdicts: Verdict[] = [
      at(data, 'KeyName') === undefined ? pass('has no key pair') : fail('has a key pair that people share'),
    ];
    if (type === 'AWS::EC2::LaunchTemplate')
      verdicts.push(
        text(at(data, 'MetadataOptions', 'HttpTokens')) === 'required'
          ? pass('asks for a session token (IMDSv2)')
          : fail('MetadataOptions.HttpTokens is not required: a page that fetches addresses gets its role'),
      );
    for (const mapping of list(at(data, 'BlockDeviceMappings'))) {
      const disk = at(mapping, 'Ebs');
      if (disk !== undefined && asWritten(at(disk, 'Encrypted')) !== 'true')
        verdicts.push(fail(`${text(at(mapping, 'DeviceName')) ?? 'a disk'} is not encrypted`));
    }
    if (/AKIA[0-9A-Z]{16}|SECRET_ACCESS_KEY|PASSWORD=/.test(JSON.stringify(at(data, 'UserData') ?? '')))
      verdicts.push(fail('its UserData holds a credential'));
    return verdicts;
  },
});
