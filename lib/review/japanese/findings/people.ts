/** What rules say of people who administer and operate, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const people: Readonly<Record<string, string>> = {
  'asks for no certificate': '証明書を求めない',
  'names no authority that issues the certificates': '証明書を発行する認証局を指定していない',
  "accepts certificates of {}, another authority than the server's":
    'サーバーと異なる認証局 {} の証明書を受け付ける',
  'SessionTimeoutHours is {}; expected 24 or fewer': 'SessionTimeoutHours が {}。24 以下であるべき',
  'SplitTunnel is not true: all traffic of a person goes through the VPC':
    'SplitTunnel が true ではなく、利用者の通信がすべて VPC を通る',
  'lets clients add routes of their own (ClientRouteEnforcementOptions.Enforced is not true)':
    'クライアントが自分で経路を足せる (ClientRouteEnforcementOptions.Enforced が true ではない)',
  'no handler checks connections (ClientConnectOptions)':
    '接続を確かめるハンドラーがない (ClientConnectOptions)',
  'sessions renew themselves (DisconnectOnSessionTimeout is false)':
    'セッションが自動で延長される (DisconnectOnSessionTimeout が false)',
  'how people sign in to its endpoint is not in these templates':
    'エンドポイントへのサインイン方法がこのテンプレートにない',
  'authorizes everyone whom the identity provider lets in, who is not in these templates':
    'ID プロバイダーが認めた全員を承認する。それが誰かはこのテンプレートにない',
  'no handler checks connections: who may connect is not in these templates':
    '接続を確かめるハンドラーがなく、誰が接続できるかがこのテンプレートにない',
  'clients ask {} for names, which is not in the VPC (DnsServers)':
    'クライアントが VPC にない {} に名前を尋ねる (DnsServers)',
  'clients get public addresses (ClientCidrBlock)':
    'クライアントがパブリックアドレスを得る (ClientCidrBlock)',
  'the self-service portal hands out the configuration': 'セルフサービスポータルが設定を配布する',
  '{} decides who connects, which these templates do not show':
    '接続の可否を、このテンプレートにない {} が決める',
  '{} was not made to decide who connects: its name does not begin with AWSClientVPN-':
    '{} は接続の可否を決めるためのものではない。名前が AWSClientVPN- で始まらない',
  'its handler is told that there is {} sign-on, which is not so':
    'ハンドラーには {} サインオンと伝わっているが、実際は異なる',
  'authorizes neither a group nor all': 'グループも全員も許可していない',
  'RULES holds no rules that can be read': 'RULES に読み取れるルールがない',
  'lets {} in, whom nobody declared': '誰も宣言していない {} を通す',
  'lets people in at other hours than declared: {}; expected {}': '宣言と違う時間に通す: {}。{} であるべき',
  'has no {} of these templates': 'このテンプレートの {} がない',
  'AuthenticationType is {}; expected IAM_Identity_Center':
    'AuthenticationType が {}。IAM_Identity_Center であるべき',
  'IdleDisconnectTimeoutInMinutes is {}; expected 1 to {}':
    'IdleDisconnectTimeoutInMinutes が {}。1 から {} であるべき',
  'takes cookies of the browser of a person (CookieSynchronizationConfiguration)':
    '利用者のブラウザーの Cookie を受け取る (CookieSynchronizationConfiguration)',
  'BrowserPolicy is known only after deployment': 'BrowserPolicy はデプロイ後に決まる',
  'BrowserPolicy holds no policies that can be read': 'BrowserPolicy に読み取れるポリシーがない',
  'opens every address (URLBlocklist does not hold "*")': 'どのアドレスも開く (URLBlocklist に "*" がない)',
  'opens {}, which is not the admin host': '管理用ホストではない {} を開く',
  'has a key pair that people share': '共用のキーペアがある',
  'MetadataOptions.HttpTokens is not required: a page that fetches addresses gets its role':
    'MetadataOptions.HttpTokens が required ではなく、アドレスを取得するページからロールを使われる',
  'no launch template of its own asks for a session token (IMDSv2)':
    'セッショントークンを求める (IMDSv2) 起動テンプレートがない',
  'says of no disk that it is encrypted (BlockDeviceMappings)':
    'どのディスクにも暗号化の指定がない (BlockDeviceMappings)',
  'starts from {}, whoever made it, and not from the newest of AWS':
    'AWS の最新のものではなく、作者のわからない {} から起動する',
  'has a profile that these templates do not show, or none to be patched by':
    'このテンプレートにないプロファイルか、パッチの権限がないプロファイルを使う',
  'answers {} hops away for the role of the host (HttpPutResponseHopLimit)':
    'ホストのロールを {} ホップ先まで渡す (HttpPutResponseHopLimit)',
  'its UserData runs what it downloads': 'UserData がダウンロードしたものを実行する',
  '{} is not encrypted': '{} が暗号化されていない',
  'its UserData holds a credential': 'UserData に認証情報がある',
  'MetadataOptions.HttpTokens is known only after deployment':
    'MetadataOptions.HttpTokens はデプロイ後に決まる',
  'whether it asks for a session token (IMDSv2), its image or the account says':
    'セッショントークンを求めるか (IMDSv2) は、イメージかアカウントが決める',
  'gives credentials of AWS to whoever asks (AllowUnauthenticatedIdentities)':
    '求める者には誰にでも AWS の認証情報を渡す (AllowUnauthenticatedIdentities)',
  'takes passwords as they are ({})': 'パスワードをそのまま受け取る ({})',
  'takes passwords of {} characters': '{} 文字のパスワードを認める',
  'MinimumLength is {}; expected 12 or more': 'MinimumLength が {}。12 以上であるべき',
  'MfaConfiguration is {}; expected ON': 'MfaConfiguration が {}。ON であるべき',
  'everyone may sign up (AllowAdminCreateUserOnly is not true)':
    '誰でも登録できる (AllowAdminCreateUserOnly が true ではない)',
  'RequireNumbers is false': 'RequireNumbers が false',
  'lets through {}': '{} を通す',
  'opens a path to those who have an address or know a header':
    '特定のアドレスの者や、ヘッダーを知る者にパスを開く',
  'forwards any path before {} refusals are asked': '{} 件の拒否より先に、どのパスも転送する',
  'declares no admin path': '管理パスを宣言していない',
  'refuses only where {} match': '{} が一致するときだけ拒む',
  'rewrites what it forwards (Transforms)': '転送するものを書き換える (Transforms)',
  'asks the origin below {} (OriginPath)': 'オリジンの {} より下に求める (OriginPath)',
  'answers something else in place of 403': '403 の代わりに別の応答を返す',
  'forwards {} from the Internet to the shop': '{} をインターネットからショップへ転送する',
  'nobody can assume it': '引き受けられる者がいない',
  'a session lasts longer than an hour (MaxSessionDuration)':
    'セッションが 1 時間を超える (MaxSessionDuration)',
  'it is not asked for: {}': '{} を求めていない',
  'holds no policy that refuses the sessions before a time': 'ある時刻より前のセッションを拒むポリシーがない',
  '{} has no name by which "secure-shop contractor revoke" finds it':
    '{} に "secure-shop contractor revoke" が探す名前がない',
  'no rule hands its sign-ins (sts AssumeRole) on to anybody':
    'サインイン (sts AssumeRole) を誰かに伝えるルールがない',
  'has no permissions boundary that these templates show': 'このテンプレートに示された権限境界がない',
  'its boundary leaves {}{}': '権限境界が {} を許している{}',
  'its boundary leaves the logs in {}; those of builds are enough':
    '権限境界が {} のログを許している。ビルドのログだけで足りる',
  'can use {}': '{} を使える',
  'may be able to use {}': '{} を使えるかもしれない',
};
