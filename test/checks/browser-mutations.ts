import { edit, type Json, type Mutation, mutation } from './mutate.ts';

const type = (kind: string) => `AWS::WorkSpacesWeb::${kind}`;

const user = (change: string, alter: (p: Json) => void) =>
  edit(change, 'ADM2[SecureBrowser]', type('UserSettings'), alter);

/** Changes the policies of Chrome, which stand in one text. */
const chrome = (change: string, alter: (policies: Json) => void) =>
  edit(change, 'ADM2[SecureBrowser]', type('BrowserSettings'), (p) => {
    const policy = JSON.parse(p.BrowserPolicy);
    alter(policy.chromePolicies);
    p.BrowserPolicy = JSON.stringify(policy);
  });

const portal = (change: string, rule: string, alter: (p: Json) => void) =>
  edit(change, rule, type('Portal'), alter);

/** Ways in which the secure browser would let something out, in, or go unrecorded. */
export const browserMutations: readonly Mutation[] = [
  ...['Copy', 'Paste', 'Print', 'Download', 'Upload', 'DeepLink', 'WebAuthn'].map((what) =>
    user(`let people use ${what} in the secure browser`, (p) => {
      p[`${what}Allowed`] = 'Enabled';
    }),
  ),
  user('say nothing of downloads in the secure browser', (p) => {
    delete p.DownloadAllowed;
  }),
  user('never end a session that nobody uses', (p) => {
    p.IdleDisconnectTimeoutInMinutes = 0;
  }),
  user('end a session that nobody uses after an hour', (p) => {
    p.IdleDisconnectTimeoutInMinutes = 60;
  }),
  user('take over the cookies of the PC of a person', (p) => {
    p.CookieSynchronizationConfiguration = { Allowlist: [{ Domain: 'example.com' }] };
  }),
  chrome('open every address in the secure browser', (policies) => {
    delete policies.URLBlocklist;
  }),
  chrome('open a site for files in the secure browser', (policies) => {
    policies.URLAllowlist.value.push('https://files.example.com');
  }),
  chrome('open the admin host without TLS', (policies) => {
    policies.URLAllowlist.value = policies.URLAllowlist.value.map((url: string) =>
      url.replace('https:', 'http:'),
    );
  }),
  chrome('open whatever ends like the admin host', (policies) => {
    policies.URLAllowlist.value = ['https://*'];
  }),
  edit(
    'open a site for mail by the other list of addresses',
    'ADM2[SecureBrowser]',
    type('BrowserSettings'),
    (p) => {
      p.WebContentFilteringPolicy = { AllowedUrls: ['mail.example.com'] };
    },
  ),
  edit('write a browser policy that nobody can read', 'ADM2[SecureBrowser]', type('BrowserSettings'), (p) => {
    p.BrowserPolicy = '{';
  }),
  portal('give the portal no user settings', 'ADM2[SecureBrowser]', (p) => {
    delete p.UserSettingsArn;
  }),
  portal('give the portal browser settings of somebody else', 'ADM2[SecureBrowser]', (p) => {
    p.BrowserSettingsArn = 'arn:aws:workspaces-web:ap-northeast-1:333344445555:browserSettings/1';
  }),
  portal('let another identity provider sign people in', 'ADM2[SecureBrowser]', (p) => {
    p.AuthenticationType = 'Standard';
  }),
  portal('record nothing of a session', 'LOG1[SessionLogs]', (p) => {
    delete p.SessionLoggerArn;
  }),
  mutation('record the start of a session only', 'LOG1[SessionLogs]', (mutant) => {
    mutant.one(type('SessionLogger')).p.EventFilter = { Include: ['SessionStart'] };
    return mutant.one(type('Portal'));
  }),
  mutation('record sessions in the bucket of somebody else', 'LOG1[SessionLogs]', (mutant) => {
    mutant.one(type('SessionLogger')).p.LogConfiguration.S3.Bucket = 'somewhere-else';
    return mutant.one(type('Portal'));
  }),
  portal('open the portal from anywhere', 'ADM2[Promised]', (p) => {
    delete p.IpAccessSettingsArn;
  }),
  edit('open the portal from one more address', 'ADM2[Promised]', type('IpAccessSettings'), (p) => {
    p.IpRules.push({ IpRange: '198.51.100.0/24' });
  }),
  mutation('let a function open the secure browser for downloads', 'DAT2[ControlEdits]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RestoreReaderCopies/);
    policy.p.PolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'workspaces-web:UpdateUserSettings',
      Resource: 'arn:aws:workspaces-web:ap-northeast-1:333344445555:userSettings/*',
    });
    return policy;
  }),
  mutation('add an identity provider to the portal', 'NET2[KnownKinds]', (mutant) =>
    mutant.add(mutant.one(type('Portal')), 'Other', type('IdentityProvider'), {
      IdentityProviderName: 'other',
      IdentityProviderType: 'SAML',
      IdentityProviderDetails: { MetadataURL: 'https://idp.example.com/metadata' },
    }),
  ),
  mutation('let the secure browser to the database', 'NET4[VpnReach]', (mutant) => {
    const clients = mutant.one('AWS::EC2::SecurityGroup', /^SecureBrowserClients/);
    const database = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsDatabase/);
    const rule = { IpProtocol: 'tcp', FromPort: 15432, ToPort: 15432, CidrIp: '10.0.0.0/8' };
    mutant.add(clients, 'ToDatabase', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': [clients.id, 'GroupId'] },
      ...rule,
    });
    mutant.add(database, 'FromBrowser', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [database.id, 'GroupId'] },
      ...rule,
    });
    return mutant.one(type('NetworkSettings'));
  }),
  mutation('let the secure browser out to the Internet', 'NET4[VpnEgress]', (mutant) => {
    const clients = mutant.one('AWS::EC2::SecurityGroup', /^SecureBrowserClients/);
    return mutant.add(clients, 'Out', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': [clients.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    });
  }),
  mutation('give the secure browser the group of the VPN', 'NET4[VpnEgress]', (mutant) => {
    const settings = mutant.one(type('NetworkSettings'));
    const clients = mutant.one('AWS::EC2::SecurityGroup', /^VpnClients/);
    settings.p.SecurityGroupIds = [{ 'Fn::GetAtt': [clients.id, 'GroupId'] }];
    return settings;
  }),
];

/** Changes of the secure browser that take nothing away. */
export const harmlessInBrowser = [
  {
    change: 'end a session in the secure browser sooner',
    kind: 'UserSettings',
    alter(p: Json) {
      p.IdleDisconnectTimeoutInMinutes = 5;
    },
  },
  {
    change: 'greet people in the portal',
    kind: 'UserSettings',
    alter(p: Json) {
      p.BrandingConfiguration = {
        LocalizedStrings: { 'ja-JP': { BrowserTabTitle: '管理', WelcomeText: '管理' } },
      };
    },
  },
  {
    change: 'let fewer people in at a time, under another name',
    kind: 'Portal',
    alter(p: Json) {
      p.MaxConcurrentSessions = 1;
      p.DisplayName = 'admin';
    },
  },
].map(({ change, kind, alter }) => ({
  change,
  make: (mutant: { one(type: string): { p: Json } }) => alter(mutant.one(type(kind)).p),
}));
