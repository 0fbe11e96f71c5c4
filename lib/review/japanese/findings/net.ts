/** What rules say of the network, the edge and the load balancer, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const net: Readonly<Record<string, string>> = {
  'which web ACL its WebACLAssociation names is known only after deployment':
    'WebACLAssociation が指す Web ACL はデプロイ後に決まる',
  'no CloudFront VPC origin leads to it': 'CloudFront の VPC オリジンがつながっていない',
  'has a security group that these templates do not show':
    'このテンプレートにないセキュリティグループを使っている',
  'a rule opens a port known only after deployment to {}': 'デプロイ後に決まるポートを {} に開くルールがある',
  '{} is open to {}, but no listener needs that': '{} が {} に開いているが、必要とするリスナーがない',
  'public {} accepts {} besides CloudFront': '公開側の {} が CloudFront 以外の {} も受け付ける',
  'admin {} accepts {}, which is neither the VPN nor the secure browser alone':
    '管理側の {} が VPN でもセキュアブラウザーでもない {} を受け付ける',
  'forwards under any name': 'どのホスト名でも転送する',
  'serves {}, which is no name of the distribution': 'ディストリビューションの名前ではない {} に応答する',
  'forwards under any name; {}': 'どのホスト名でも転送する。{}',
  'serves every name that is like {}; {}': '{} に似たすべての名前に応答する。{}',
  'forwards by default: requests under any name reach the shop':
    '既定で転送するため、どのホスト名のリクエストもショップに届く',
  'holds {} besides the tasks': 'タスク以外の {} も含む',
  'sends visitors to {}': '訪問者を {} へ送る',
  'leads to {}, which these templates do not make': 'このテンプレートで作らない {} へつながる',
  'Protocol is HTTP: requests cross the network in clear text': 'Protocol が HTTP のため、通信が平文で流れる',
  'Protocol is {}; expected HTTPS': 'Protocol が {}。HTTPS であるべき',
  'has no certificate': '証明書がない',
  'its WebACLAssociation names no web ACL of these templates':
    'WebACLAssociation がこのテンプレートの Web ACL を指していない',
  '{} is not of REGIONAL scope': '{} のスコープが REGIONAL ではない',
  'no WebACLAssociation names it': 'WebACLAssociation の対象になっていない',
  'FirewallFailOpen is {}; expected DISABLED': 'FirewallFailOpen が {}。DISABLED であるべき',
  'runs outside the VPC: what it sends passes no firewall of the shop':
    'VPC の外で動き、送信がショップのファイアウォールを通らない',
  'a rule answers {}, which lets the query through': '{} と答えるルールがあり、問い合わせを通す',
  'allows {}': '{} を許している',
  'answers {} in place of a blocked name': '拒んだ名前に {} と答える',
  'no rule blocks every other name ("*")': 'ほかの名前 ("*") をすべて拒むルールがない',
  'takes its names from a file that is not in the template': '名前の一覧がテンプレートにないファイルから来る',
  '{} carries data out{}': '{} からデータが外へ出る{}',
  'no DNS firewall is associated with it': 'DNS ファイアウォールが関連付けられていない',
  'the rule group is not in these templates': 'ルールグループがこのテンプレートにない',
  'MutationProtection is {}; expected ENABLED': 'MutationProtection が {}。ENABLED であるべき',
  'allows {}, which nobody declared': '誰も宣言していない {} を許している',
  'lets everything out: SecurityGroupEgress is not set; expected one rule, be it to nowhere':
    'SecurityGroupEgress がなく、すべて外へ出せる。どこにも出ないルールでも 1 つ必要',
  'lets out ports {}-{}': 'ポート {}〜{} を外へ出す',
  'leads out on port {}': 'ポート {} で外へつながる',
  'leads to {}, a service of somebody else': '他者のサービス {} へつながる',
  'has no policy: it leads to the resources of every account':
    'ポリシーがなく、すべてのアカウントのリソースに届く',
  'allows every action': 'すべての操作を許している',
  'allows {} on the resources of every account': 'すべてのアカウントのリソースに {} を許している',
  'WebACLId is not set': 'WebACLId がない',
  '{} is not of CLOUDFRONT scope': '{} のスコープが CLOUDFRONT ではない',
  'is guarded by {}, which these templates do not show': 'このテンプレートにない {} が守っている',
  'WebACLId is known only after deployment': 'WebACLId はデプロイ後に決まる',
  '{} keeps pages by a policy that these templates do not show':
    '{} がこのテンプレートにないポリシーでページを保存する',
  '{} sends {} to the shop and does not keep answers apart by them: a page of one customer may answer another':
    '{} が {} をショップに送るが、それで応答を区別して保存しない。ある顧客のページが別の顧客に返ることがある',
  '{} asks for {} without cookies, as for a file': '{} が {} をファイルのように Cookie なしで求める',
  '{} keeps pages {}': '{} がページを {} 保存する',
  '{} hands requests, bodies included, to Lambda@Edge': '{} がリクエストを本文も含めて Lambda@Edge に渡す',
  '{} runs {}, which these templates do not show': '{} がこのテンプレートにない {} を動かす',
  '{} lets a function change requests or answers ({})': '{} が関数にリクエストや応答の変更を許す ({})',
  '{} streams requests to {}, which these templates do not show':
    '{} がこのテンプレートにない {} へリクエストを流す',
  'hands the names below {} to other servers': '{} より下の名前をほかのサーバーに渡す',
  'leads to {}, past CloudFront': 'CloudFront を通らず {} へつながる',
  '{} hands out {} to whoever asks': '{} が求める者に {} を渡す',
  '{} is a bucket read without origin access control':
    '{} はオリジンアクセスコントロールなしで読まれるバケット',
  '{} is an origin on the Internet': '{} はインターネット上のオリジン',
  'refuses no country; expected all but {}': 'どの国も拒まない。{} 以外を拒むべき',
  'admits {} besides the declared {}': '宣言した {2} のほかに {1} も通す',
  '{}sets {}, which no rule looks at': '{}{} を設定しているが、調べるルールがない',
  'has no rules': 'ルールがない',
  '{} only counts: OverrideAction is not None': '{} は数えるだけ。OverrideAction が None ではない',
  '{} excludes managed rules (ExcludedRules)': '{} がマネージドルールを除外している (ExcludedRules)',
  '{} does not block on {}': '{} が {} を遮断しない',
  '{} does not block: its action is {}': '{} は遮断しない。操作が {}',
  'no rule knows what {} lets in, lets out or hides': '{} が何を通し、出し、隠すかを知るルールがない',
  '{}: OriginProtocolPolicy is {}; expected https-only':
    '{}: OriginProtocolPolicy が {}。https-only であるべき',
  '{}: OriginSSLProtocols is {}; expected TLSv1.2': '{}: OriginSSLProtocols が {}。TLSv1.2 であるべき',
  'nothing limits how often {} is tried': '{} を試せる回数に制限がない',
  '{} may be tried from one address without end': '{} は 1 つのアドレスから際限なく試せる',
  '{} is limited by address only, where shoppers share one':
    '{} の制限がアドレスだけ。買い物客どうしが同じアドレスを使うことがある',
  'a function URL without authentication answers everyone': '認証のない関数 URL が誰にでも応答する',
  '{} is a way in beside CloudFront and the VPN': '{} は CloudFront と VPN 以外の入口',
  'answers the whole Internet: EndpointType is not VPC':
    'EndpointType が VPC ではなく、インターネット全体に応答する',
  'gives the layer to everybody': 'レイヤーを誰にでも渡す',
  'gives the layer to account {}': 'レイヤーをアカウント {} に渡す',
  'is a way in: whether on purpose, these templates do not say':
    '入口になっている。意図したものかはこのテンプレートからはわからない',
  '{} is missing': '{} がない',
  '{} looks at some requests only (ScopeDownStatement)':
    '{} は一部のリクエストしか見ない (ScopeDownStatement)',
  '{} stays at {}: what AWS adds later is not asked (Version)':
    '{} が {} に固定され、AWS が後から足すものを使わない (Version)',
  'no rule limits the rate of requests': 'リクエストの頻度を制限するルールがない',
  'a rate limit of {} stops nobody': '{} 回の頻度制限では誰も止まらない',
  'a rate limit counts by {}, which visitors write as they like':
    '頻度を {} で数えるが、訪問者が自由に書ける',
  'every rate limit looks at some requests only (ScopeDownStatement)':
    'どの頻度制限も一部のリクエストしか見ない (ScopeDownStatement)',
  'a limit for some paths is looser than the one over the whole shop':
    '一部のパスの制限が、ショップ全体の制限より緩い',
  '{} adds no response headers policy': '{} がレスポンスヘッダーポリシーを付けない',
  '{} uses {}, which these templates do not show': '{} がこのテンプレートにない {} を使う',
  'HSTS max-age is {}; expected a year or more': 'HSTS の max-age が {}。1 年以上であるべき',
  'the origin may replace the HSTS header': 'オリジンが HSTS ヘッダーを置き換えられる',
  'HSTS asks for preload without the names below (IncludeSubdomains): browsers refuse it':
    'HSTS がサブドメインなしで preload を求めている (IncludeSubdomains)。ブラウザーが拒む',
  'there is no content-security-policy': 'content-security-policy がない',
  'the origin may replace the content-security-policy': 'オリジンが content-security-policy を置き換えられる',
  'the content-security-policy does not limit scripts': 'content-security-policy がスクリプトを制限しない',
  'scripts may come from {}': '{} からスクリプトを読み込める',
  "scripts may run text as code ('unsafe-eval')":
    "スクリプトがテキストをコードとして実行できる ('unsafe-eval')",
  'scripts may send what they read to any host (connect-src)':
    'スクリプトが読んだものをどのホストにも送れる (connect-src)',
  '{} allows {}': '{} が {} を許している',
  'the content-security-policy has no {}': 'content-security-policy に {} がない',
  'any site may read the pages with the cookies of its visitor (CorsConfig)':
    'どのサイトも訪問者の Cookie でページを読める (CorsConfig)',
  'X-Content-Type-Options is not set': 'X-Content-Type-Options がない',
  'ReferrerPolicy is {}: other sites learn which page was read':
    'ReferrerPolicy が {} で、見たページがほかのサイトに伝わる',
  'FrameOption is {}': 'FrameOption が {}',
  'any site may frame the pages': 'どのサイトもページをフレームに入れられる',
  'clients may go where these templates do not tell what answers':
    'このテンプレートからは何が応答するかわからない先へクライアントが届く',
  'has no security group of its own': '自分のセキュリティグループがない',
  'lets VPN clients out to more than the admin listener': 'VPN クライアントを管理リスナー以外にも通す',
  'lets the secure browser out to more than the admin listener':
    'セキュアブラウザーを管理リスナー以外にも通す',
  'carries {}, the group of {}; expected one of its own': '{} ({} のグループ) を使っている。専用のものが必要',
  'its security group lets clients out to more than the admin listener':
    'セキュリティグループがクライアントを管理リスナー以外にも通す',
  'authorizes a network that cannot be read here': 'ここでは読み取れないネットワークを許可している',
  'covers the subnets of {}': '{} のサブネットを含む',
  'covers more than the VPC': 'VPC より広い',
  'may connect to {}': '{} に接続できる',
  '{} may connect to the data': '{} がデータに接続できる',
  '{} may connect to the data: addresses, not a group of the shop':
    '{} がデータに接続できる。ショップのグループではなくアドレス',
  '{} may connect to the data, and nothing is known to be in it':
    '{} がデータに接続できるが、中に何があるかわからない',
  '{} accepts {}': '{} が {} を受け付ける',
  'sets {}': '{} を設定している',
  '{} carries {}, and so reaches what accepts it': '{} が {} を使い、それを受け付けるものに届く',
  '{} is known only after deployment; expected {}': '{} はデプロイ後に決まる。{} であるべき',
  '{} is {}; expected {}: connections without TLS pass': '{} が {}。{} であるべきで、TLS のない接続が通る',
  'names no subnet group of these templates': 'このテンプレートのサブネットグループを指定していない',
  'is in a subnet that these templates do not show': 'このテンプレートにないサブネットにある',
  '{} has a route to the Internet ({})': '{} にインターネットへの経路がある ({})',
  'gives {}, where {} lives, a way out': '{2} がある {1} に出口を与える',
  'accepts {}': '{} を受け付ける',
  'password_encryption is md5, which is replayed from a stolen hash':
    'password_encryption が md5 で、盗まれたハッシュをそのまま使われる',
  'rds.force_ssl is not 1: connections without TLS are accepted':
    'rds.force_ssl が 1 ではなく、TLS のない接続を受け付ける',
  'require_secure_transport is not ON: connections without TLS are accepted':
    'require_secure_transport が ON ではなく、TLS のない接続を受け付ける',
  'tls_version accepts {}': 'tls_version が {} を受け付ける',
  'accepts {} on a port known only after deployment': 'デプロイ後に決まるポートで {} を受け付ける',
  'accepts {} on ports {}-{}': '{2}〜{3} 番ポートで {1} を受け付ける',
  'accepts the addresses {}, whoever has them': '使う者を問わず、アドレス {} を受け付ける',
  'CACertificateIdentifier is {}, an authority that has ended':
    'CACertificateIdentifier が、終了した認証局 {} になっている',
  '{} opens a way into or out of the VPC besides CloudFront, the VPN and the NAT gateway':
    '{} が、CloudFront、VPN、NAT ゲートウェイのほかに VPC の出入口を開く',
  'refers to {}, which these templates do not make': 'このテンプレートで作らない {} を参照している',
  'nothing closes the default security group': '既定のセキュリティグループを閉じるものがない',
  'names no security group, so the default group applies':
    'セキュリティグループの指定がなく、既定のグループになる',
  'is a public address': 'パブリックアドレスである',
  'AssociatePublicIpAddress is true': 'AssociatePublicIpAddress が true',
  'AssignPublicIp is not DISABLED: tasks get public addresses':
    'AssignPublicIp が DISABLED ではなく、タスクがパブリックアドレスを得る',
  'PubliclyAccessible is true': 'PubliclyAccessible が true',
  'PubliclyAccessible is not false': 'PubliclyAccessible が false ではない',
  'is internet-facing': 'internet-facing になっている',
  'is internet-facing: whether that is an entrance on purpose, these templates do not say':
    'internet-facing になっている。意図した入口かはこのテンプレートからはわからない',
  '{} has a public address': '{} にパブリックアドレスがある',
  '{} is known only after deployment': '{} はデプロイ後に決まる',
  'answers the Internet: {} is {}': 'インターネットに応答する。{} が {}',
  'gives its members public addresses': 'メンバーにパブリックアドレスを与える',
  'leads to {}': '{} へつながる',
  '{} can connect to {} without being a declared reader': '{} が、宣言された読者ではないのに {} に接続できる',
  '{} accepts a check that may also connect to {}': '{} が、{} にも接続できる検査を受け付ける',
  'VPN clients can connect to {} on port {}': 'VPN クライアントが {} の {} 番ポートに接続できる',
  'the secure browser can connect to {} on port {}': 'セキュアブラウザーが {} の {} 番ポートに接続できる',
  'names lead past it, and past its policy (PrivateDnsEnabled is not true)':
    '名前解決がこれもポリシーも通らない (PrivateDnsEnabled が true ではない)',
  '{} leads past it, and past its policy (RouteTableIds)':
    '{} の通信がこれもポリシーも通らない (RouteTableIds)',
};
