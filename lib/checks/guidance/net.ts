import type { Guidance } from './guidance.ts';

/** What the rules of the network invariants are for. */
export const net: Readonly<Record<string, Guidance>> = {
  'NET1[DefaultGroup]': {
    weight: 'medium',
    risk: {
      en: 'Whatever is made without a group of its own lands in the default group, and could talk to everything else there.',
      ja: 'グループ指定のないリソースが既定グループに入り、互いに通信できてしまいます。',
    },
    remedy: {
      en: 'Keep the function that empties the default group (`ClosedDefaultGroup`), or remove the rules.',
      ja: '既定グループを空にする関数 (`ClosedDefaultGroup`) を残すか、ルールを削除してください。',
    },
  },
  'NET1[DefaultGroupUnused]': {
    weight: 'medium',
    risk: {
      en: 'Who carries the default group has rules that nobody chose for it.',
      ja: '既定グループを使うと、意図して選んでいないルールが適用されます。',
    },
    remedy: {
      en: 'Give the resource a security group of its own.',
      ja: '専用のセキュリティグループを付けてください。',
    },
  },
  'NET1[InternetRoute]': {
    weight: 'critical',
    risk: {
      en: 'A route to an internet gateway is all that stands between a private subnet and everybody.',
      ja: 'インターネットゲートウェイへの経路があると、サブネットが誰からでも届く場所になります。',
    },
    remedy: {
      en: 'Remove the route; the way out is the NAT gateway, the way in is CloudFront.',
      ja: '経路を削除してください。出口は NAT ゲートウェイ、入口は CloudFront です。',
    },
  },
  'NET1[OtherNetwork]': {
    weight: 'high',
    risk: {
      en: 'A peering, a transit gateway or a VPN brings a network nobody reviewed next to the database.',
      ja: 'ピアリングや VPN により、確認していないネットワークがデータベースの隣につながります。',
    },
    remedy: {
      en: 'Remove the connection, or review that network as part of the shop.',
      ja: '接続を外すか、その先も含めて検査してください。',
    },
  },
  'NET1[OutsideNetwork]': {
    weight: 'high',
    risk: {
      en: 'A network or group named by its id can hold rules that these templates do not show.',
      ja: 'ID で参照したネットワークやグループの中身は、このテンプレートでは確かめられません。',
    },
    remedy: {
      en: 'Make the network in the templates, or give its template to the review too.',
      ja: 'テンプレート内で作るか、そのテンプレートも一緒に検査してください。',
    },
  },
  'NET1[PublicAddress]': {
    weight: 'critical',
    risk: {
      en: 'A public address makes a machine a target for every scanner of the Internet.',
      ja: '公開アドレスを持つと、インターネット中のスキャンの標的になります。',
    },
    remedy: {
      en: 'Remove the address; people come by VPN, customers by CloudFront.',
      ja: 'アドレスを外してください。人は VPN、お客様は CloudFront から入ります。',
    },
  },
  'NET1[PublicSubnet]': {
    weight: 'high',
    risk: {
      en: 'Whatever starts there gets a public address without anybody asking for it.',
      ja: 'そこで起動したものは、意図しなくても公開アドレスを得ます。',
    },
    remedy: {
      en: 'Set MapPublicIpOnLaunch to false and use the app or data subnets.',
      ja: 'MapPublicIpOnLaunch を false にし、app または data サブネットを使ってください。',
    },
  },
  'NET2[CachePolicy]': {
    weight: 'critical',
    risk: {
      en: 'A page kept for one customer is shown to the next: names, addresses, orders.',
      ja: '一人のお客様のページが別のお客様に表示され、氏名や注文が漏れます。',
    },
    remedy: {
      en: 'Give pages a cache policy with a time to live of 0, and cache only paths that hold files.',
      ja: 'ページの TTL を 0 にし、ファイルのパスだけをキャッシュしてください。',
    },
  },
  'NET2[Countries]': {
    weight: 'medium',
    risk: {
      en: 'Attacks come from countries where the shop has no customers.',
      ja: 'お客様のいない国からの攻撃が届きます。',
    },
    remedy: {
      en: 'Refuse in the web ACL what the config does not name, or change `allowCountries`.',
      ja: '設定にない国を Web ACL で拒否するか、`allowCountries` を変更してください。',
    },
  },
  'NET2[EdgeCode]': {
    weight: 'high',
    risk: {
      en: 'Code at the edge sees every password and card form, and can change every page.',
      ja: 'エッジのコードは、すべてのパスワードや決済画面を読み書きできます。',
    },
    remedy: {
      en: 'Take it out, or keep its source in these templates.',
      ja: '取り除くか、ソースをテンプレートに含めてください。',
    },
  },
  'NET2[KnownKinds]': {
    weight: 'medium',
    risk: {
      en: 'Of a kind of resource that no rule knows nobody can say whether it opens a way in.',
      ja: 'どのルールも知らない種類のリソースは、安全かどうか誰にも言えません。',
    },
    remedy: {
      en: 'Look at it by hand and say why it is safe, or build the same with a kind that is known.',
      ja: '人が確認して理由を書くか、既知の種類で作ってください。',
    },
  },
  'NET2[KnownProperties]': {
    weight: 'medium',
    risk: {
      en: 'A property that no rule knows can undo one that is checked.',
      ja: '未知のプロパティは、検査済みの設定を打ち消すことがあります。',
    },
    remedy: {
      en: 'Remove it, or look at it by hand and say why it is safe.',
      ja: '削除するか、人が確認して理由を書いてください。',
    },
  },
  'NET2[OriginTls]': {
    weight: 'high',
    risk: {
      en: 'Between CloudFront and the load balancer passwords would travel in the clear or under a weak cipher.',
      ja: 'CloudFront からロードバランサーまで、パスワードが平文や弱い暗号で流れます。',
    },
    remedy: {
      en: 'Set OriginProtocolPolicy to https-only and OriginSSLProtocols to TLSv1.2.',
      ja: 'OriginProtocolPolicy を https-only、OriginSSLProtocols を TLSv1.2 にしてください。',
    },
  },
  'NET2[OtherEntrance]': {
    weight: 'critical',
    risk: {
      en: 'Whoever comes in past CloudFront also comes past its web ACL.',
      ja: 'CloudFront を通らない入口は、Web ACL も通りません。',
    },
    remedy: {
      en: 'Remove the entrance, or put it behind the distribution.',
      ja: 'その入口をなくすか、CloudFront の後ろに置いてください。',
    },
  },
  'NET2[PrivateOrigin]': {
    weight: 'high',
    risk: {
      en: 'An origin that answers everybody can be asked directly, past the web ACL.',
      ja: '誰にでも応答するオリジンは、Web ACL を迂回して直接呼べます。',
    },
    remedy: {
      en: 'Use a VPC origin, or origin access control for a bucket.',
      ja: 'VPC オリジン、またはバケットなら OAC を使ってください。',
    },
  },
  'NET2[SecurityHeaders]': {
    weight: 'high',
    risk: {
      en: 'Without these headers a stolen script can send card data to any host, and a first visit can be downgraded to HTTP.',
      ja: 'このヘッダーがないと、改ざんされたスクリプトがカード情報を任意の宛先に送れます。',
    },
    remedy: {
      en: 'Attach the response headers policy of the storefront; add hosts to `extraScriptHosts` and its kin.',
      ja: 'storefront のレスポンスヘッダーポリシーを付け、必要なホストは `extraScriptHosts` などに加えてください。',
    },
  },
  'NET2[SecurityHeadersUsed]': {
    weight: 'high',
    risk: {
      en: 'The one path without the headers is the one that an attacker frames or injects.',
      ja: 'ヘッダーのない一つのパスが攻撃の足場になります。',
    },
    remedy: {
      en: 'Name the response headers policy in each behaviour.',
      ja: 'すべてのビヘイビアに同じポリシーを指定してください。',
    },
  },
  'NET2[ShopRecords]': {
    weight: 'high',
    risk: {
      en: 'A record that leads elsewhere sends customers, and their passwords, elsewhere.',
      ja: '別の宛先を指すレコードは、お客様とパスワードをよそへ送ります。',
    },
    remedy: {
      en: 'Point the record at the distribution or load balancer of these templates.',
      ja: 'このテンプレートの配信元を指すようにしてください。',
    },
  },
  'NET2[ViewerProtocol]': {
    weight: 'high',
    risk: {
      en: 'A page over HTTP can be read and changed by everybody on the way.',
      ja: 'HTTP のページは途中の誰にでも読まれ、書き換えられます。',
    },
    remedy: {
      en: 'Set ViewerProtocolPolicy to redirect-to-https or https-only.',
      ja: 'ViewerProtocolPolicy を redirect-to-https か https-only にしてください。',
    },
  },
  'NET2[ViewerTls]': {
    weight: 'high',
    risk: {
      en: 'Old versions of TLS can be broken by whoever sits between customer and shop.',
      ja: '古い TLS は通信経路上で破られます。',
    },
    remedy: {
      en: 'Set MinimumProtocolVersion to TLSv1.2_2021 or newer.',
      ja: 'MinimumProtocolVersion を TLSv1.2_2021 以上にしてください。',
    },
  },
  'NET2[WebAclAttached]': {
    weight: 'critical',
    risk: {
      en: "Without a web ACL every attack reaches the shop's software.",
      ja: 'Web ACL がないと、あらゆる攻撃がショップに届きます。',
    },
    remedy: {
      en: 'Set WebACLId of the distribution to the edge web ACL.',
      ja: 'ディストリビューションの WebACLId にエッジの Web ACL を指定してください。',
    },
  },
  'NET2[WebAclBlocks]': {
    weight: 'high',
    risk: {
      en: 'A rule that only counts writes down the attack and lets it through.',
      ja: '検知だけのルールは、攻撃を記録しながら通します。',
    },
    remedy: {
      en: "Set `waf.mode` to 'block'; for a false alarm add one `waf.exceptions` entry with an end.",
      ja: "`waf.mode` を 'block' にし、誤検知には期限付きの `waf.exceptions` を使ってください。",
    },
  },
  'NET2[WebAclRules]': {
    weight: 'high',
    risk: {
      en: 'A group that is missing, or narrowed, is a class of attack that passes.',
      ja: 'ルールが欠けるか狭められると、その種の攻撃が通ります。',
    },
    remedy: {
      en: 'Put the rule back without a scope-down; exceptions go into `waf.exceptions`.',
      ja: '絞り込みなしで戻し、例外は `waf.exceptions` に書いてください。',
    },
  },
  'NET2[GuardedPaths]': {
    weight: 'high',
    risk: {
      en: 'Without a limit passwords and stolen cards are tried by the thousand.',
      ja: '回数制限がないと、パスワードや盗難カードが大量に試されます。',
    },
    remedy: {
      en: 'Keep the rate rules for sign-in and checkout, with all declared paths.',
      ja: 'ログインと決済のレート制限を、宣言したすべてのパスに付けてください。',
    },
  },
  'NET3[ListenerSources]': {
    weight: 'critical',
    risk: {
      en: 'Who reaches the load balancer directly is past the edge, or on the admin screens.',
      ja: 'ロードバランサーに直接届く者は、エッジの防御や管理画面の制限を越えます。',
    },
    remedy: {
      en: "Admit only CloudFront's group on the public listener, and those of the VPN and the secure browser on the admin listener.",
      ja: '公開リスナーは CloudFront、管理リスナーは VPN とセキュアブラウザーのグループだけを許可してください。',
    },
  },
  'NET3[ListenerDefault]': {
    weight: 'high',
    risk: {
      en: 'A default that forwards serves whatever host or path nobody thought of.',
      ja: '既定で転送すると、想定外のホストやパスにも応答します。',
    },
    remedy: {
      en: 'Let the default action answer 403, and name what is served in rules.',
      ja: '既定は 403 とし、公開するものをルールで指定してください。',
    },
  },
  'NET3[ListenerTls]': {
    weight: 'high',
    risk: {
      en: 'Passwords would cross the network in the clear or under a weak cipher.',
      ja: 'パスワードが平文や弱い暗号で流れます。',
    },
    remedy: {
      en: 'Use HTTPS with the policy ELBSecurityPolicy-TLS13-1-2-Res-2021-06 or newer.',
      ja: 'HTTPS と ELBSecurityPolicy-TLS13-1-2-Res-2021-06 以上を使ってください。',
    },
  },
  'NET3[ListenerHosts]': {
    weight: 'high',
    risk: {
      en: "A listener that answers to any name serves the admin screens, or an attacker's domain.",
      ja: 'どの名前にも応答するリスナーは、管理画面や攻撃者のドメインにも応答します。',
    },
    remedy: {
      en: "Name the shop's hosts in the public rules and the private host in the admin rules.",
      ja: '公開側はショップのホスト、管理側は内部ホストだけを指定してください。',
    },
  },
  'NET3[ListenerTargets]': {
    weight: 'high',
    risk: {
      en: 'A listener can send customers, and what they type, to another place.',
      ja: 'お客様と入力内容が別の場所へ送られます。',
    },
    remedy: {
      en: 'Forward to target groups of these templates; redirect to the same host only.',
      ja: 'テンプレート内のターゲットグループへ転送し、転送先は同じホストにしてください。',
    },
  },
  'NET3[LoadBalancerHeaders]': {
    weight: 'medium',
    risk: {
      en: 'Malformed requests are read differently by each layer, which smuggles one past the other.',
      ja: '不正な形のリクエストは層ごとに解釈が異なり、防御をすり抜けます。',
    },
    remedy: {
      en: 'Set drop_invalid_header_fields to true and the desync mode to strictest.',
      ja: 'drop_invalid_header_fields を true、desync_mitigation_mode を strictest にしてください。',
    },
  },
  'NET3[LoadBalancerProtected]': {
    weight: 'medium',
    risk: {
      en: 'One wrong call takes the shop off the Internet.',
      ja: '一度の誤操作でショップが停止します。',
    },
    remedy: {
      en: 'Keep the deletion protection of the load balancer.',
      ja: '削除保護を有効にしてください。',
    },
  },
  'NET3[WebAclAssociated]': {
    weight: 'high',
    risk: {
      en: 'Then the edge alone refuses admin paths and attacks; a second layer is missing.',
      ja: '管理画面と攻撃を拒む二段目がなくなります。',
    },
    remedy: {
      en: 'Associate the regional web ACL with the load balancer.',
      ja: 'リージョンの Web ACL をロードバランサーに関連付けてください。',
    },
  },
  'NET4[DatabaseClients]': {
    weight: 'critical',
    risk: {
      en: 'Whoever can connect to the database can try every password on it.',
      ja: 'データベースに接続できる者は、パスワードを試せます。',
    },
    remedy: {
      en: "Admit only the groups of the shop's tasks and the rotation functions.",
      ja: 'ショップのタスクとローテーション関数のグループだけを許可してください。',
    },
  },
  'NET4[DatabaseLogins]': {
    weight: 'high',
    risk: {
      en: 'A way to the data that nobody declared is a way nobody watches.',
      ja: '宣言のない経路は、誰にも見張られません。',
    },
    remedy: {
      en: 'Declare the reader (`declareReader`), or take the connection away.',
      ja: '`declareReader` で宣言するか、接続を外してください。',
    },
  },
  'NET4[DatabaseSubnets]': {
    weight: 'high',
    risk: {
      en: 'A database with a route out can be emptied straight to the Internet.',
      ja: '外への経路があると、データを直接持ち出されます。',
    },
    remedy: {
      en: 'Put it into the data subnets, which have no route out.',
      ja: '外への経路のない data サブネットに置いてください。',
    },
  },
  'NET4[DatabaseTls]': {
    weight: 'high',
    risk: {
      en: 'Data and passwords would cross the network in the clear.',
      ja: 'データとパスワードが平文で流れます。',
    },
    remedy: {
      en: 'Require TLS in the parameter group or on the server.',
      ja: 'パラメーターグループで TLS を必須にしてください。',
    },
  },
  'NET4[ParameterGroupTls]': {
    weight: 'high',
    risk: {
      en: 'A client that forgets TLS sends everything in the clear.',
      ja: 'TLS を忘れたクライアントの通信が平文になります。',
    },
    remedy: {
      en: 'Set rds.force_ssl to 1, or require_secure_transport to ON.',
      ja: 'rds.force_ssl を 1、または require_secure_transport を ON にしてください。',
    },
  },
  'NET4[DatabaseCertificate]': {
    weight: 'medium',
    risk: {
      en: 'Clients with an expired authority stop connecting, or stop checking.',
      ja: '期限切れの認証局では、接続できないか検証されなくなります。',
    },
    remedy: {
      en: 'Use a current certificate authority, such as rds-ca-rsa2048-g1.',
      ja: 'rds-ca-rsa2048-g1 など現行の認証局を使ってください。',
    },
  },
  'NET4[TlsVerified]': {
    weight: 'high',
    risk: {
      en: 'A client that trusts any server gives its password to whoever answers.',
      ja: 'どのサーバーも信用するクライアントは、偽のサーバーにパスワードを渡します。',
    },
    remedy: {
      en: "Remove the switch, and give the client the authority's certificate.",
      ja: 'その設定を外し、認証局の証明書を渡してください。',
    },
  },
  'NET4[OpenGroup]': {
    weight: 'critical',
    risk: {
      en: 'A port that is open to everybody is found within minutes.',
      ja: '全開放のポートは数分で見つかります。',
    },
    remedy: {
      en: 'Name the group that may connect instead of 0.0.0.0/0.',
      ja: '0.0.0.0/0 の代わりに接続元のグループを指定してください。',
    },
  },
  'NET4[OpenGroupRule]': {
    weight: 'critical',
    risk: {
      en: 'A port that is open to everybody is found within minutes.',
      ja: '全開放のポートは数分で見つかります。',
    },
    remedy: {
      en: 'Name the group that may connect instead of 0.0.0.0/0.',
      ja: '0.0.0.0/0 の代わりに接続元のグループを指定してください。',
    },
  },
  'NET4[TaskIngress]': {
    weight: 'high',
    risk: {
      en: 'Who reaches a task directly is past both web ACLs.',
      ja: 'タスクに直接届く者は、二つの Web ACL を越えます。',
    },
    remedy: {
      en: "Admit only the load balancer's groups on the shop's port, and a declared check that reaches nothing else.",
      ja: 'ロードバランサーのグループと、ほかに届かない宣言済みの確認関数だけを許可してください。',
    },
  },
  'NET4[VpnReach]': {
    weight: 'high',
    risk: {
      en: 'A stolen certificate or a misused session would reach the database instead of a login page.',
      ja: '盗まれた証明書やセッションの悪用でデータベースまで届きます。',
    },
    remedy: {
      en: 'Let the group of the VPN or the secure browser reach port 8443 of the load balancer only.',
      ja: 'VPN やセキュアブラウザーからはロードバランサーの 8443 番だけに届くようにしてください。',
    },
  },
  'NET4[VpnEgress]': {
    weight: 'medium',
    risk: {
      en: 'The VPN or the secure browser would carry people to more than the admin screens.',
      ja: 'VPN やセキュアブラウザーが管理画面以外への通路になります。',
    },
    remedy: {
      en: 'Let its group lead to the admin listener only.',
      ja: 'そのグループの宛先を管理リスナーだけにしてください。',
    },
  },
  'NET4[VpnAuthorization]': {
    weight: 'high',
    risk: {
      en: "Everybody with a certificate could reach the data subnets, or use the shop's way out.",
      ja: '証明書を持つ全員が data サブネットや外部への経路を使えます。',
    },
    remedy: {
      en: 'Authorize the subnets of the admin listener and the resolver only.',
      ja: '管理リスナーのサブネットとリゾルバーだけを承認してください。',
    },
  },
  'NET4[WideGroup]': {
    weight: 'high',
    risk: {
      en: 'A rule for a range of addresses or ports admits what will be put there tomorrow.',
      ja: '範囲で許可すると、将来そこに置かれるものまで許可します。',
    },
    remedy: {
      en: "Name the peer's security group and the one port.",
      ja: '相手のグループと一つのポートを指定してください。',
    },
  },
  'NET4[GroupCarriers]': {
    weight: 'high',
    risk: {
      en: 'Whoever carries the group of the tasks may connect to the database.',
      ja: 'タスクのグループを付けたものは、データベースに接続できます。',
    },
    remedy: {
      en: 'Give the other resource a group of its own.',
      ja: '別のリソースには専用のグループを付けてください。',
    },
  },
  'NET5[DnsAllowList]': {
    weight: 'high',
    risk: {
      en: 'Code that was injected could send customer data to any name.',
      ja: '注入されたコードが顧客データを任意の宛先に送れます。',
    },
    remedy: {
      en: 'Keep the last rule of the DNS firewall: block every name.',
      ja: 'DNS ファイアウォールの最後に、すべてを拒否するルールを残してください。',
    },
  },
  'NET5[DnsDomains]': {
    weight: 'high',
    risk: {
      en: 'A suffix such as *.amazonaws.com lets out to a bucket or API of anybody.',
      ja: '*.amazonaws.com のような指定は、誰のバケットや API へも出られます。',
    },
    remedy: {
      en: 'Name each host, or a domain that one owner controls.',
      ja: '一つの所有者のドメインかホストを個別に書いてください。',
    },
  },
  'NET5[DeclaredDomains]': {
    weight: 'high',
    risk: {
      en: 'A name that nobody declared is a way out that nobody reviewed.',
      ja: '宣言のない名前は、誰も確認していない出口です。',
    },
    remedy: {
      en: 'Add it to `network.allowedDomains`, or take it off the list.',
      ja: '`network.allowedDomains` に加えるか、リストから外してください。',
    },
  },
  'NET5[DnsFirewallAssociated]': {
    weight: 'high',
    risk: {
      en: 'Without the association the allow-list is a piece of paper.',
      ja: '関連付けがないと、許可リストは働きません。',
    },
    remedy: {
      en: 'Associate the rule group with the VPC.',
      ja: 'ルールグループを VPC に関連付けてください。',
    },
  },
  'NET5[DnsFirewallLocked]': {
    weight: 'medium',
    risk: { en: "One call takes the way out's guard away.", ja: '一度の操作で出口の制限が外れます。' },
    remedy: {
      en: 'Keep the mutation protection of the association.',
      ja: '関連付けの変更保護を有効にしてください。',
    },
  },
  'NET5[Egress]': {
    weight: 'high',
    risk: {
      en: 'A way out past port 443 carries data past the allow-list of names.',
      ja: '443 番以外の出口は、名前の許可リストを迂回します。',
    },
    remedy: {
      en: 'Let out port 443, and the mail port the config names, only.',
      ja: '443 番と設定したメールのポートだけを許可してください。',
    },
  },
  'NET5[FunctionInVpc]': {
    weight: 'high',
    risk: {
      en: 'A function outside the VPC resolves and reaches whatever it likes.',
      ja: 'VPC の外の関数は、どこへでも接続できます。',
    },
    remedy: {
      en: "Put it into the app subnets with the functions' security group.",
      ja: 'app サブネットと関数用のグループに入れてください。',
    },
  },
  'NET5[OtherExit]': {
    weight: 'high',
    risk: {
      en: 'Data can leave through a service as well as through a network.',
      ja: 'サービスを経由してもデータは持ち出せます。',
    },
    remedy: {
      en: 'Remove the target, or bring it into these templates.',
      ja: 'その宛先をなくすか、テンプレートに含めてください。',
    },
  },
  'NET5[EndpointPolicy]': {
    weight: 'medium',
    risk: {
      en: 'An endpoint without a policy leads to buckets and secrets of any account.',
      ja: 'ポリシーのないエンドポイントは、他アカウントのバケットにも通じます。',
    },
    remedy: {
      en: 'Keep a policy that names the resources, or this account.',
      ja: 'リソースまたは自アカウントを指定したポリシーを付けてください。',
    },
  },
  'NET5[FailClosed]': {
    weight: 'medium',
    risk: {
      en: 'Whoever overloads the firewall would switch it off.',
      ja: '過負荷にするだけで制限が外れます。',
    },
    remedy: { en: 'Set FirewallFailOpen to DISABLED.', ja: 'FirewallFailOpen を DISABLED にしてください。' },
  },
};
