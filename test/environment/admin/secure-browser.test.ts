import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { runPacks } from '../../../lib/checks/packs/index.ts';
import { openOutcomes } from '../../../lib/checks/recorder/row.ts';
import { adminApp, adminSettings, certificateArn } from './support/admin-app.ts';
import { account } from './support/shop.ts';

const kinds = ['UserSettings', 'BrowserSettings', 'NetworkSettings', 'SessionLogger', 'Portal'] as const;

function only(template: Template, kind: (typeof kinds)[number]): Record<string, unknown> {
  const [found, ...others] = Object.values(template.findResources(`AWS::WorkSpacesWeb::${kind}`));
  expect(others).toEqual([]);
  return found?.Properties;
}

/** Who opens connections to whom, by the descriptions of the rules that admit them. */
function admitted(template: Template): unknown[] {
  return Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(
    ({ Properties: { Description, FromPort, ToPort } }) => [Description, FromPort, ToPort],
  );
}

describe('the secure browser', () => {
  const app = adminApp(adminSettings({}, { secureBrowser: { from: ['203.0.113.7', '198.51.100.0/24'] } }));
  const template = app.template();

  it('is the only way in where there is no VPN', () => {
    expect(admitted(template)).toEqual([['Secure browser to the admin listener', 8443, 8443]]);
    template.resourceCountIs('AWS::EC2::ClientVpnEndpoint', 0);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.resourceCountIs('AWS::Route53::HostedZone', 1);
  });

  it('lets nothing be copied, pasted, printed, downloaded or uploaded, and ends when nobody is there', () => {
    expect(only(template, 'UserSettings')).toEqual(
      expect.objectContaining({
        CopyAllowed: 'Disabled',
        PasteAllowed: 'Disabled',
        PrintAllowed: 'Disabled',
        DownloadAllowed: 'Disabled',
        UploadAllowed: 'Disabled',
        DeepLinkAllowed: 'Disabled',
        WebAuthnAllowed: 'Disabled',
        IdleDisconnectTimeoutInMinutes: 15,
        DisconnectTimeoutInMinutes: 5,
      }),
    );
    expect(only(template, 'UserSettings')).not.toHaveProperty('CookieSynchronizationConfiguration');
  });

  it('opens the admin host and nothing else', () => {
    const { chromePolicies } = JSON.parse(String(only(template, 'BrowserSettings').BrowserPolicy));
    const address = 'https://admin.hana-candles.example.jp:8443';
    expect(chromePolicies).toMatchObject({
      URLBlocklist: { value: ['*'] },
      URLAllowlist: { value: [address] },
      RestoreOnStartupURLs: { value: [address] },
      DownloadRestrictions: { value: 3 },
    });
  });

  it('reaches the admin listener and nothing else, from two zones', () => {
    const network = only(template, 'NetworkSettings');
    expect(network.SubnetIds).toHaveLength(2);
    const [group] = Object.keys(template.findResources('AWS::EC2::SecurityGroup'));
    expect(network.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [group, 'GroupId'] }]);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    const ways = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress'));
    expect(ways.map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual([[8443, 8443]]);
  });

  it('records every kind of event in the archive, below a prefix of its own', () => {
    expect(only(template, 'SessionLogger')).toEqual({
      EventFilter: { All: {} },
      LogConfiguration: {
        S3: {
          Bucket: { 'Fn::ImportValue': expect.stringContaining('LogArchive') },
          BucketOwner: account,
          FolderStructure: 'NestedByDate',
          KeyPrefix: 'secure-browser/',
          LogFileFormat: 'JSONLines',
        },
      },
    });
  });

  it('lets people sign in through IAM Identity Center, as many at a time as are named, from the named addresses', () => {
    expect(only(template, 'Portal')).toMatchObject({
      AuthenticationType: 'IAM_Identity_Center',
      MaxConcurrentSessions: 2,
      IpAccessSettingsArn: expect.anything(),
      SessionLoggerArn: expect.anything(),
    });
    template.hasResourceProperties('AWS::WorkSpacesWeb::IpAccessSettings', {
      IpRules: [{ IpRange: '203.0.113.7/32' }, { IpRange: '198.51.100.0/24' }],
    });
    template.hasOutput('*', {
      Value: Match.objectLike({ 'Fn::GetAtt': Match.arrayWith(['PortalEndpoint']) }),
    });
  });

  it('stands beside the VPN where both are wanted, and is opened from anywhere where no address is named', () => {
    const both = adminApp(adminSettings({ certificateArn }, { secureBrowser: {} })).template();
    expect(admitted(both)).toEqual([
      ['VPN clients to the admin listener', 8443, 8443],
      ['Secure browser to the admin listener', 8443, 8443],
    ]);
    both.resourceCountIs('AWS::WorkSpacesWeb::IpAccessSettings', 0);
    expect(only(both, 'Portal')).not.toHaveProperty('IpAccessSettingsArn');
  });

  it('leaves no pack of cdk-nag a finding', () => {
    const { rows } = runPacks(app.admin, {
      packs: ['AwsSolutions', 'NIST.800.53.R5', 'PCI.DSS.321', 'HIPAA.Security'],
    });
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ outcome }) => openOutcomes.has(outcome) || outcome === 'acknowledged')).toEqual([]);
  });
});
