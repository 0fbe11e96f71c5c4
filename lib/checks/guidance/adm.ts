import type { Guidance } from './guidance.ts';

/** What the rules of the invariants on the way in for people are for. */
export const adm: Readonly<Record<string, Guidance>> = {
  'ADM1[WebAclRefusesAdmin]': {
    weight: 'critical',
    risk: {
      en: 'An admin path that one spelling opens is a login page for everybody.',
      ja: '一つの書き方で開けば、管理画面のログインが全員に公開されます。',
    },
    remedy: {
      en: "Keep the rule's patterns and its transformations; add paths by `adminPaths`.",
      ja: 'ルールのパターンと変換を保ち、パスは `adminPaths` に加えてください。',
    },
  },
  'ADM1[ListenerRefusesAdmin]': {
    weight: 'high',
    risk: {
      en: 'Then one mistake at the edge opens the admin screens.',
      ja: 'エッジの一つの誤りで管理画面が開きます。',
    },
    remedy: {
      en: "Keep the listener's own 403 rules before whatever forwards.",
      ja: '転送より前に、リスナー側の 403 ルールを残してください。',
    },
  },
  'ADM1[AdminPathsDeclared]': {
    weight: 'high',
    risk: {
      en: 'What nobody names as administrative nobody checks.',
      ja: '管理用と宣言されないパスは、検査されません。',
    },
    remedy: {
      en: 'Declare the paths on both layers (`declareAdminPaths`).',
      ja: '両方の層で `declareAdminPaths` により宣言してください。',
    },
  },
  'ADM1[RuleOrder]': {
    weight: 'high',
    risk: {
      en: 'A forward that comes first makes the refusal behind it useless.',
      ja: '先に転送すると、後ろの拒否は働きません。',
    },
    remedy: { en: 'Give the refusal the smaller priority.', ja: '拒否のルールを先に評価させてください。' },
  },
  'ADM1[PathKept]': {
    weight: 'high',
    risk: {
      en: 'A path rewritten after the check is not the path that was checked.',
      ja: '検査後に書き換えられたパスは、検査したパスではありません。',
    },
    remedy: {
      en: 'Remove the rewrite, or do it before the refusal.',
      ja: '書き換えをなくすか、拒否の前に行ってください。',
    },
  },
  'ADM1[RefusalShown]': {
    weight: 'medium',
    risk: {
      en: 'A 403 that becomes a page hides from staff and scanners that something was refused.',
      ja: '403 を別ページに変えると、拒否したことが分からなくなります。',
    },
    remedy: {
      en: 'Remove the custom error response for 403.',
      ja: '403 のカスタムエラー応答を削除してください。',
    },
  },
  'ADM1[RefusalScope]': {
    weight: 'high',
    risk: {
      en: 'A refusal with a condition is no refusal for whoever meets it.',
      ja: '条件付きの拒否は、条件を満たす者には働きません。',
    },
    remedy: { en: 'Let the refusal look at the path alone.', ja: 'パスだけで拒否してください。' },
  },
  'ADM1[FunctionsRefused]': {
    weight: 'critical',
    risk: {
      en: 'A function of staff, such as making an API key, answers whoever is signed in on the public host.',
      ja: 'API キーの発行など担当者用の機能が、公開側でログインした者に応答します。',
    },
    remedy: {
      en: 'Keep the rules that refuse it on both layers; open one by name in `platform.openFunctions`.',
      ja: '両方の層で拒否するルールを残し、必要なものだけ `platform.openFunctions` で開いてください。',
    },
  },
  'ADM2[VpnAuthentication]': {
    weight: 'critical',
    risk: {
      en: "Without a certificate of one's own a password alone opens the door, for everybody at once.",
      ja: '個人の証明書がないと、共有の認証だけで入れてしまいます。',
    },
    remedy: {
      en: "Keep certificate authentication with the shop's own authority; single sign-on comes on top.",
      ja: '自前の認証局による証明書認証を残し、シングルサインオンはその上に加えてください。',
    },
  },
  'ADM2[VpnSessions]': {
    weight: 'high',
    risk: {
      en: 'A revoked person would stay connected, and nobody would be asked.',
      ja: '失効した人の接続が続き、確認もされません。',
    },
    remedy: {
      en: 'Keep the connection handler, the end after hours, and the enforced routes.',
      ja: '接続ハンドラー、時間制限、経路の強制を保ってください。',
    },
  },
  'ADM2[VpnGroups]': {
    weight: 'medium',
    risk: {
      en: 'Everybody whom the identity provider knows would be let in.',
      ja: 'ID プロバイダーの全員が入れます。',
    },
    remedy: {
      en: 'Name the group in the authorization rule.',
      ja: '承認ルールにグループを指定してください。',
    },
  },
  'ADM2[ConnectionRules]': {
    weight: 'high',
    risk: {
      en: 'The handler would let in people, or at hours, that nobody declared.',
      ja: '宣言していない人や時間に接続を許します。',
    },
    remedy: {
      en: 'Change people and hours in the config, and deploy.',
      ja: '人と時間は設定ファイルで変更し、デプロイしてください。',
    },
  },
  'ADM2[HostAccess]': {
    weight: 'high',
    risk: {
      en: 'A shared key, an open metadata service or a readable disk hands the host to whoever finds it.',
      ja: '共有鍵や開いたメタデータ、読めるディスクはホストを渡すのと同じです。',
    },
    remedy: {
      en: 'Use Session Manager, IMDSv2 and encrypted disks.',
      ja: 'Session Manager、IMDSv2、暗号化ディスクを使ってください。',
    },
  },
  'ADM2[SecureBrowser]': {
    weight: 'high',
    risk: {
      en: 'Customer data would leave the session for the PC of whoever looks at it, or for a site of the Internet.',
      ja: '顧客データがセッションから利用者の PC や外部のサイトへ出ます。',
    },
    remedy: {
      en: 'Keep copy, paste, print, download and upload Disabled, and the admin host alone in URLAllowlist.',
      ja: 'コピー・貼り付け・印刷・ダウンロード・アップロードを Disabled に、URLAllowlist を管理用ホストだけにしてください。',
    },
  },
  'ADM2[UserPool]': {
    weight: 'high',
    risk: {
      en: 'Short passwords are guessed, and open sign-up lets everybody in.',
      ja: '短いパスワードは推測され、自己登録は誰でも入れます。',
    },
    remedy: {
      en: 'Ask for 12 characters and a second factor, and switch sign-up off.',
      ja: '12 文字以上と多要素認証を求め、自己登録を止めてください。',
    },
  },
};
