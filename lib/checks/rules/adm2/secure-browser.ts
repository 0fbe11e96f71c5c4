import { browserPolicyOf } from '../../model/browser-policy.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** What would carry data out of a session or into it; each is off only where it says so, or where it is optional. */
const carrying = ['CopyAllowed', 'PasteAllowed', 'PrintAllowed', 'DownloadAllowed', 'UploadAllowed'] as const;
const optional = ['DeepLinkAllowed', 'WebAuthnAllowed'] as const;

/** As PCI DSS 8.2.8 asks. */
const longestIdle = 15;

/** A session shows the admin screens and nothing else, and nothing leaves it but the picture. */
export const secureBrowser = defineRule({
  invariant: 'ADM2',
  finding: 'SecureBrowser',
  en: 'The secure browser opens the admin host only, and lets nothing be copied, printed, downloaded or uploaded',
  ja: 'セキュアブラウザーは管理用ホストだけを開き、コピー・印刷・ダウンロード・アップロードを許可しない',
  appliesTo: [
    'AWS::WorkSpacesWeb::Portal',
    'AWS::WorkSpacesWeb::UserSettings',
    'AWS::WorkSpacesWeb::BrowserSettings',
  ],
  judge(resource, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::WorkSpacesWeb::UserSettings') return judgeUser(resource);
    if (resource.type === 'AWS::WorkSpacesWeb::BrowserSettings') return judgeBrowser(resource, graph);
    return judgePortal(resource, graph);
  },
});

/** What a portal does without is as AWS has it by default: open. */
function judgePortal({ properties }: Resource, graph: EnvironmentGraph): Verdict[] {
  const missing = ['UserSettings', 'BrowserSettings', 'NetworkSettings'].filter(
    (kind) => graph.target(properties[`${kind}Arn`], `AWS::WorkSpacesWeb::${kind}`) === undefined,
  );
  const signIn = text(properties.AuthenticationType) ?? 'Standard';
  return [
    missing.length > 0
      ? fail(`has no ${missing.join(', ')} of these templates`)
      : pass('has settings of these templates'),
    signIn === 'IAM_Identity_Center'
      ? pass('people sign in through IAM Identity Center')
      : fail(`AuthenticationType is ${signIn}; expected IAM_Identity_Center`),
  ];
}

function judgeUser(settings: Resource): Verdict[] {
  const isOff = (value: Value | undefined) => text(value) === 'Disabled';
  const idle = numeric(settings.properties.IdleDisconnectTimeoutInMinutes);
  return [
    ...carrying.map((name) => expectProperty(settings, [name], isOff, 'Disabled')),
    ...optional
      .filter((name) => settings.properties[name] !== undefined)
      .map((name) => expectProperty(settings, [name], isOff, 'Disabled')),
    // Zero is no end at all.
    idle !== undefined && idle > 0 && idle <= longestIdle
      ? pass(`an idle session ends after ${idle} minutes`)
      : fail(`IdleDisconnectTimeoutInMinutes is ${idle ?? 'not set'}; expected 1 to ${longestIdle}`),
    settings.properties.CookieSynchronizationConfiguration === undefined
      ? pass('takes no cookies of other browsers')
      : fail('takes cookies of the browser of a person (CookieSynchronizationConfiguration)'),
  ];
}

function judgeBrowser(settings: Resource, graph: EnvironmentGraph): Verdict | Verdict[] {
  const written = settings.properties.BrowserPolicy;
  const policy = browserPolicyOf(settings);
  if (policy === undefined)
    return written !== undefined && text(written) === undefined
      ? unsure('BrowserPolicy is known only after deployment')
      : fail('BrowserPolicy holds no policies that can be read');
  const elsewhere = policy.opened.filter((address) => !isAdminHost(address, graph));
  return [
    policy.elseShut
      ? pass('opens nothing that is not allowed')
      : fail('opens every address (URLBlocklist does not hold "*")'),
    elsewhere.length > 0
      ? fail(`opens ${elsewhere.join(', ')}, which is not the admin host`)
      : pass('opens the admin host only'),
  ];
}

/** The private names of the templates are those of the admin screens. */
function isAdminHost(address: string, graph: EnvironmentGraph): boolean {
  const [, host] = /^https:\/\/\.?([a-z0-9.-]+)(?::\d+)?(?:\/[^*]*)?$/.exec(address) ?? [];
  return graph
    .ofType('AWS::Route53::HostedZone')
    .filter(({ properties }) => list(properties.VPCs).length > 0)
    .some(({ properties }) => text(properties.Name)?.replace(/\.$/, '') === host);
}
