import { asWritten, at, hasUnknown, list, map, numeric, text, type ValueMap } from '../../model/values.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/** A host is reached by Session Manager as somebody, never by a key that is shared; its role stays on the host. */
export const hostAccess = defineRule({
  invariant: 'ADM2',
  finding: 'HostAccess',
  en: 'Hosts have no shared key, no open metadata and no unencrypted disk',
  ja: 'ホストに共有鍵・旧メタデータ・非暗号化ディスクがない',
  appliesTo: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  judge({ type, properties }, { declared, graph }) {
    if (!declared || type === 'AWS::AutoScaling::LaunchConfiguration')
      return metadataService(type, properties);
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
    if (type === 'AWS::EC2::Instance') {
      const named = map(properties.LaunchTemplate);
      const template = graph
        .ofType('AWS::EC2::LaunchTemplate')
        .find(
          (each) =>
            graph.target(named.LaunchTemplateId, each.type) === each ||
            (named.LaunchTemplateName !== undefined &&
              named.LaunchTemplateName === each.properties.LaunchTemplateName),
        );
      const tokens =
        text(at(properties, 'MetadataOptions', 'HttpTokens')) ??
        text(at(template?.properties, 'LaunchTemplateData', 'MetadataOptions', 'HttpTokens'));
      verdicts.push(
        tokens === 'required'
          ? pass('asks for a session token (IMDSv2)')
          : fail('no launch template of its own asks for a session token (IMDSv2)'),
      );
      const disks = [properties, map(template?.properties.LaunchTemplateData)].flatMap((each) =>
        list(at(each, 'BlockDeviceMappings')),
      );
      if (disks.length === 0)
        verdicts.push(fail('says of no disk that it is encrypted (BlockDeviceMappings)'));
      if (/^ami-/.test(text(properties.ImageId) ?? ''))
        verdicts.push(
          fail(`starts from ${text(properties.ImageId)}, whoever made it, and not from the newest of AWS`),
        );
      if (graph.target(properties.IamInstanceProfile, 'AWS::IAM::InstanceProfile') === undefined)
        verdicts.push(fail('has a profile that these templates do not show, or none to be patched by'));
    }
    const hops = numeric(at(data, 'MetadataOptions', 'HttpPutResponseHopLimit')) ?? 1;
    if (hops > 1)
      verdicts.push(fail(`answers ${hops} hops away for the role of the host (HttpPutResponseHopLimit)`));
    if (/(curl|wget)[^\n|]*\|\s*(sudo\s+)?(ba)?sh\b/.test(JSON.stringify(at(data, 'UserData') ?? '')))
      verdicts.push(fail('its UserData runs what it downloads'));
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

/** Of somebody else's hosts: whether a page that fetches addresses for others gets their role. */
function metadataService(type: string, properties: ValueMap): Verdict {
  const data = type === 'AWS::EC2::LaunchTemplate' ? at(properties, 'LaunchTemplateData') : properties;
  const options = at(data, 'MetadataOptions');
  const tokens = text(at(options, 'HttpTokens'));
  if (tokens === 'required') return pass('asks for a session token (IMDSv2)');
  if (text(at(options, 'HttpEndpoint')) === 'disabled') return pass('has no metadata service');
  if (hasUnknown(tokens)) return unsure('MetadataOptions.HttpTokens is known only after deployment');
  // Of an instance, its image or the account may say it too.
  if (type === 'AWS::EC2::Instance' && tokens === undefined)
    return unsure('whether it asks for a session token (IMDSv2), its image or the account says');
  return fail('MetadataOptions.HttpTokens is not required: a page that fetches addresses gets its role');
}
