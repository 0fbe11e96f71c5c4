import type { Language } from './reference-language.ts';

/** By the English text, so that a changed text needs a new translation before the tests pass. */
const meanings: Readonly<Record<string, string>> = {
  'How mails leave the shop: a mail server, Amazon SES, or `none` for a shop whose customers get no mail. The presets need one of the three. Default of a custom platform: over HTTPS only, through the API of a mail service in `network.allowedDomains`.':
    'メールの送り方。メールサーバー、Amazon SES、またはお客様にメールを送らないショップの `none`。プリセットではこの三つのどれかが必要です。カスタムの既定では HTTPS だけで、`network.allowedDomains` に書いたメールサービスの API を使います。',
  'Mail server through which the shop sends its mails; its certificate must name this host.':
    'ショップがメールを送るメールサーバー。その証明書にこのホスト名が必要です。',
  'Its submission port: 465 and 2465 speak TLS at once, 587 and 2587 after STARTTLS, which is required.':
    'その送信ポート。465 と 2465 は初めから TLS、587 と 2587 は STARTTLS の後に TLS になり、STARTTLS は必須です。',
  'Sender of the mails; the mail server must let the login send from it.':
    'メールの差出人。メールサーバーがこのアドレスからの送信を許している必要があります。',
  'Existing secret with the keys `username` and `password`. Default: a new one, `SHOP/ENVIRONMENT/mail`, into which you write the login once.':
    '`username` と `password` を持つ既存のシークレット。既定では新しく `ショップ/環境/mail` を作り、そこへログインを一度書き込みます。',
  'Amazon SES in the home region. Signs as the domain (DKIM), and the shop sends with the short-lived credentials of its own tasks: there is no password.':
    'ホームリージョンの Amazon SES。ドメインとして署名 (DKIM) し、ショップはタスク自身の短命な認証情報で送ります。パスワードはありません。',
  'Sender of the mails, at the domain of the shop. Default: `shop@` and the domain.':
    'メールの差出人。ショップのドメインのアドレスです。既定は `shop@` とドメイン。',
  'Short name of the shop; it begins the name of every stack.':
    'ショップの短い名前。すべてのスタック名の先頭に付きます。',
  'The shop software.': 'ショップのソフトウェア。',
  'How customers pay. Card data never touches the shop.':
    'お客様の支払い方法。カード情報がショップを通ることはありません。',
  'Environments by name, such as `production` and `staging`.':
    '環境の名前ごとの設定。例: `production`、`staging`。',
  'WordPress with WooCommerce on MySQL.': 'WordPress と WooCommerce (MySQL)。',
  "Admin paths besides the preset's own: each answers 403 to the Internet, with everything below it.":
    'プリセットのほかに閉じる管理画面のパス。その下もすべて、インターネットからは 403 になります。',
  "Customer sign-in paths besides the preset's own; they get the stricter login rate rule.":
    'プリセットのほかの、お客様のログインのパス。ログイン用の厳しいレート制限が掛かります。',
  "Checkout paths besides the preset's own; they get the card-testing rate rule.":
    'プリセットのほかの、購入手続きのパス。カード番号の試し打ちを防ぐレート制限が掛かります。',
  'Processor of the image; arm64 costs about a fifth less.':
    'イメージのプロセッサー。arm64 は約 2 割安くなります。',
  'EC-CUBE 4 on PostgreSQL.': 'EC-CUBE 4 (PostgreSQL)。',
  'Any shop software in a container of your own; everything the presets know is said here.':
    '自前のコンテナで動く任意のソフトウェア。プリセットなら分かっていることを、すべてここに書きます。',
  'Database engine the shop speaks.': 'ショップが使うデータベース。',
  'TCP port the container listens on; 1024 or above, as it does not run as root.':
    'コンテナが待ち受ける TCP ポート。root では動かないため 1024 以上です。',
  'Path that answers 200 when the shop and its database work.':
    'ショップとデータベースが正常なときに 200 を返すパス。',
  'Folder with the Dockerfile and versions.json that the patch pipeline builds from, relative to the config file; examples/custom-shop is one.':
    'パッチ用パイプラインのビルド元となる、Dockerfile と versions.json のあるフォルダー。設定ファイルからの相対パスです。例: examples/custom-shop。',
  'Paths that answer 403 to the Internet, with everything below them.':
    'インターネットからは 403 になるパス。その下もすべて閉じます。',
  'Exact paths below an admin path that customers need; everything else there stays closed.':
    '管理画面のパスの下で、お客様に必要なパス。完全に一致するものだけが開き、ほかは閉じたままです。',
  'Customer sign-in paths; they get the stricter login rate rule.':
    'お客様のログインのパス。ログイン用の厳しいレート制限が掛かります。',
  'Checkout paths; they get the card-testing rate rule.':
    '購入手続きのパス。カード番号の試し打ちを防ぐレート制限が掛かります。',
  'Paths that may receive bodies above 16 KB; body-size rules block everywhere else.':
    '16 KB を超える送信を受け付けるパス。ほかではサイズの制限で遮断します。',
  'Paths that may receive bodies above 64 KB, such as pictures; forms need none.':
    '画像など、64 KB を超える送信を受け付けるパス。フォームには不要です。',
  "Paths where a payment provider's servers tell what was paid: rules on countries, user agents and sizes leave them alone.":
    '決済代行会社のサーバーが支払いを通知してくるパス。国、ユーザーエージェント、サイズの制限の対象外です。',
  'Functions for staff or plugins that the preset closes to the Internet and a plugin needs all the same, such as `/wp-json/jetpack`. Every report names them.':
    'プリセットがインターネットに閉じている管理用またはプラグイン用の機能のうち、プラグインがどうしても必要とするもの (`/wp-json/jetpack` など)。すべてのレポートに出ます。',
  'POSIX user and group id the container runs as; never 0 (root).':
    'コンテナを動かす POSIX ユーザーとグループの ID。0 (root) は使えません。',
  'Folders the shop may write; the rest of the root file system is read-only.':
    'ショップが書き込めるフォルダー。ルートファイルシステムのほかの部分は読み取り専用です。',
  'Plain environment variables. Never a secret: those go to secretEnvironment.':
    '通常の環境変数。秘密の値は書かず、`secretEnvironment` に名前を書きます。',
  'Environment variables through which the shop receives its database login.':
    'データベースへのログイン情報をショップに渡す環境変数。',
  'Application secrets (session keys, salts): each is generated, rotated and injected under this name.':
    'アプリケーションの秘密情報 (セッションの鍵、ソルトなど)。それぞれ生成、ローテーションされ、この名前で渡されます。',
  'AWS managed WAF rule groups besides core, known bad inputs and SQL injection.':
    '基本、既知の不正入力、SQL インジェクションのほかに使う、AWS 管理の WAF ルールグループ。',
  'Domains the running shop must reach, such as its update server.':
    '動作中のショップが接続する必要のあるドメイン。例: 更新サーバー。',
  'Folders of files that are the same for every customer: the edge keeps what the shop marks as public there, and sends no cookies.':
    'どのお客様にも同じファイルのフォルダー。ショップが公開と印を付けたものをエッジが保持し、Cookie は送りません。',
  'Folders of uploaded pictures: kept at the edge like `staticPaths`, and shown in a sandbox, so that no upload acts as a page of the shop.':
    'アップロードされた画像のフォルダー。`staticPaths` と同じくエッジに保持し、サンドボックスの中で表示するため、アップロードされたファイルがショップの画面として動くことはありません。',
  'Where uploaded pictures live.': 'アップロードされた画像の保存先。',
  'Variable with the host name of the database.': 'データベースのホスト名を入れる変数。',
  'Variable with its port, which is not the usual one of the engine.':
    'ポートを入れる変数。データベースの標準のポートではありません。',
  'Variable with the name of the database.': 'データベース名を入れる変数。',
  'Variable with the user, which changes at each rotation.':
    'ユーザー名を入れる変数。ローテーションのたびに替わります。',
  'Variable with the password.': 'パスワードを入れる変数。',
  'An encrypted EFS file system, mounted over TLS with IAM through an access point.':
    '暗号化された EFS ファイルシステム。アクセスポイントを通じて TLS と IAM でマウントします。',
  'Where the shop expects its media folder inside the container.':
    'コンテナの中の、画像などを置くフォルダー。',
  'POSIX user and group id that owns the files; never 0 (root).':
    'ファイルを所有する POSIX ユーザーとグループの ID。0 (root) は使えません。',
  'An encrypted, versioned S3 bucket that only the shop task can use.':
    '暗号化され、版が残る S3 バケット。ショップのタスクだけが使えます。',
  'The environment variable through which the shop learns the bucket name.':
    'バケット名をショップに渡す環境変数。',
  'The shop keeps no media of its own.': 'ショップは画像などを保存しません。',
  'Payment provider whose hosted fields take the card data. Decides which hosts the content-security-policy and the DNS allow-list name.':
    'カード情報の入力欄を提供する決済代行会社。Content-Security-Policy と DNS 許可リストに載るホストがこれで決まります。',
  'Further hosts whose scripts the shop pages may run. Each weakens the page: keep it empty.':
    'ショップのページでスクリプトの実行を許すほかのホスト。増やすほど弱くなるため、空のままにしてください。',
  'Further hosts the shop pages may show in a frame, such as the 3-D Secure page of a card issuer that the provider does not frame itself.':
    'ショップのページでフレーム表示を許すほかのホスト。例: 決済代行会社が自分ではフレーム表示しない、カード会社の 3-D セキュアの画面。',
  'AWS account id, 12 digits.': 'AWS アカウント ID (12 桁)。',
  'Home region, such as `ap-northeast-1`; the web ACL and its logs live in us-east-1 besides.':
    '主なリージョン。例: `ap-northeast-1`。Web ACL とそのログだけは us-east-1 に置かれます。',
  'Host name customers type.': 'お客様が入力するホスト名。',
  'Further host names that show the same shop, such as the `www.` form.':
    '同じショップを表示するほかのホスト名。例: `www.` の付く形。',
  'The public hosted zone that holds the domain.': 'ドメインを管理する、公開のホストゾーン。',
  'Who gets the alarms.': 'アラームの送り先。',
  'Language in which findings of threats are told: what happened, how bad, what to do first.':
    '脅威の検出結果を伝える言語。何が起きたか、どのくらい深刻か、まず何をするかを伝えます。',
  'A mail on Monday morning, in that language: what was blocked, rotated, patched, backed up and tested, who was connected, what is due.':
    '月曜日の朝に届くまとめのメール (言語は上の設定)。遮断、ローテーション、パッチ、バックアップ、復元試験、接続した人、期限の近いものを伝えます。',
  'Services of these that your organization or another app has turned on already, each by itself: they are not made a second time, and their findings reach you all the same. Default: none.':
    '組織やほかのアプリが既に有効にしているサービスを、一つずつ書きます。二重には作らず、検出結果は同じように届きます。既定はなし。',
  'Who runs the shop, and how they get in.': 'ショップを運営する人と、管理画面への入り方。',
  'Size and availability: `starter` (one task, smallest database, all in one zone: the shop is away while that zone of AWS is), `standard` (two tasks and a standby database over two zones), `high-availability` (three zones). A tier changes size, never a control.':
    '規模と可用性。`starter` (タスク 1 つ、最小のデータベース。すべて 1 つのゾーンにあり、AWS のそのゾーンが止まる間はショップも止まります)、`standard` (2 つのゾーンにタスク 2 つと予備のデータベース)、`high-availability` (3 つのゾーン)。変わるのは規模だけで、守りは同じです。',
  'Staging that may be deleted: removal is allowed, locks are not final. Never for production.':
    '消してもよい検証環境。削除でき、ロックも外せます。本番環境には使えません。',
  'The database.': 'データベース。',
  'Backups, and the monthly test that restores and reads one.':
    'バックアップと、そのひとつを毎月復元して読む試験。',
  'How much older than the backup the newest order in it may be, in days: the monthly restore test tells a person of an older one. More than 1 for a shop that sells nothing on some days.':
    'バックアップ内の最新の注文が、バックアップの何日前までならよいか。これより古いと、毎月の復元試験が担当者に知らせます。売れない日があるショップでは 1 より大きくします。',
  'Where the orders stand in the database: the monthly restore test looks there for the newest one. Default: it counts the rows of all tables only.':
    'データベースの中で注文がある場所。毎月の復元試験がここで最新の注文を探します。既定では、すべての表の行数だけを数えます。',
  'a name as it stands in the database, in letters, digits and underscores, such as `orders`':
    '`orders` のような、データベースにある通りの名前。英字、数字、下線だけ',
  'at most 90 days; a backup whose newest order is older tells nothing':
    '90 日以下。最新の注文がそれより古いバックアップからは何も分かりません',
  'The table, such as `orders`.': '`orders` のような表の名前。',
  'The column that says when an order was placed: a date with a time, in UTC where it has no time zone.':
    '注文日時の列。時刻のある日付で、タイムゾーンを持たない場合は UTC です。',
  '`instance`: one RDS instance with its own disk, the cheapest. `aurora`: Aurora Serverless v2, which grows with the shop. Key, TLS, logs, recovery and rotation are the same. Default: `instance` in tier `starter`, `aurora` above. An environment that exists changes its kind by docs/runbooks/database-kind.md only.':
    '`instance` は専用のディスクを持つ RDS インスタンス 1 台で、最も安価です。`aurora` はショップとともに伸縮する Aurora Serverless v2 です。鍵、TLS、ログ、復元、ローテーションは同じです。既定は `starter` で `instance`、それより上で `aurora` です。既にある環境の種類は、必ず docs/runbooks/database-kind.md の手順で変えます。',
  'ARN of the monitor of the account in AWS Cost Anomaly Detection, such as `aws ce get-anomaly-monitors` shows: the alarm topic hears at once of spending unlike that of the weeks before, from a tenth of `monthly` on. An account has one monitor of its services, which AWS makes when Cost Explorer is first opened, so that none is made here. Default: none is listened to.':
    'アカウントのコスト異常検出モニターの ARN (`aws ce get-anomaly-monitors` で分かります)。それまでの数週間と違う出費が `monthly` の 1 割を超えると、アラームのトピックがすぐに知らせます。サービスを見るモニターはアカウントに 1 つだけで、Cost Explorer を初めて開いたときに AWS が作るため、ここでは作りません。既定では受け取りません。',
  'Whether an `instance` has a standby in another zone, at twice the price. Default: not in tier `starter`. Aurora has the standbys of its tier.':
    '`instance` の予備を別のゾーンに置くかどうか (料金は 2 倍)。既定では `starter` に予備はありません。Aurora の予備は tier で決まります。',
  'The kind of the database whose data was moved here, from the deploy in which docs/runbooks/database-kind.md says so; without it `secure-shop plan` refuses another kind.':
    'データの移行元のデータベースの種類。docs/runbooks/database-kind.md が指示するデプロイから書きます。書かずに種類を変えると `secure-shop plan` が止めます。',
  'Time zone of the shop, for VPN hours.': 'ショップのタイムゾーン。VPN の時間帯に使います。',
  'The VPC.': 'VPC。',
  'Certificates you already have.': '既にお持ちの証明書。',
  'The web ACL.': 'Web ACL (WAF)。',
  '`later` leaves the records of the domain and its aliases as they are, and shows the shop under `preview.<domain>`: for a domain under which an older shop still sells. `now` moves them here.':
    '`later` はドメインと別名の DNS レコードに触れず、ショップを `preview.<domain>` で見せます。まだ古いショップが動いているドメインのためのものです。`now` でこちらへ移します。',
  'What HTTPS-only (HSTS) covers besides the hosts of the shop, which insist on HTTPS in any case.':
    'HTTPS の強制 (HSTS) をショップのホスト以外のどこまで広げるか。ショップのホストでは常に強制します。',
  'Browsers then insist on HTTPS for every host below the domain as well, such as those of other systems of the firm, for two years from the last visit.':
    'ドメインの下のすべてのホスト (社内のほかのシステムなど) でも、最後のアクセスから 2 年間、ブラウザーが HTTPS を強制します。',
  'Allows browsers to ship the domain in their list of HTTPS-only sites, which takes months to leave. Needs `includeSubdomains`.':
    'ブラウザーに内蔵される HTTPS 専用サイトの一覧への登録を許します。外れるには数か月かかります。`includeSubdomains` が必要です。',
  'Rotation of credentials.': '認証情報のローテーション。',
  'When the database engine is patched, hosts are patched and the shop image is rebuilt.':
    'データベースエンジンとホストにパッチを当て、ショップのイメージを作り直す時間。',
  'How the shop is kept patched.': 'ショップを最新に保つ方法。',
  'Services that watch the account.': 'アカウントを監視するサービス。',
  'the US dollars that a month may cost, such as 300': '月の費用 (米ドル)。例: 300',
  'What the account may cost.': 'アカウントの費用の上限の目安。',
  'US dollars that a month of the whole AWS account may cost. The alarm topic hears of 50, 80 and 100 % of it, and of a forecast above it. Default: what `secure-shop cost` estimates of the tier of each environment in the account, and a third more.':
    'AWS アカウント全体の 1 か月の費用の目安 (米ドル)。50 %、80 %、100 % に達したときと、超える見込みになったときに、アラームの宛先へ知らせます。既定は、アカウント内の各環境の tier について `secure-shop cost` が見積もる額の 3 分の 1 増しです。',
  'Days for which logs are kept and cannot be deleted.': 'ログを保存し、削除もできない日数。',
  'Route 53 hosted zone id.': 'Route 53 のホストゾーン ID。',
  'Name of the hosted zone; the domain and its aliases lie in it.':
    'ホストゾーンの名前。ドメインと別名はこの中にあります。',
  'Who is told. AWS sends each address a mail that must be confirmed.':
    '通知先。AWS から届く確認メールを、それぞれ承認する必要があります。',
  'Who may reach the admin screens, each with a certificate of their own.':
    '管理画面に入れる人。一人ずつ自分の証明書を使います。',
  'Private host name of the admin screens. Default: `admin.` before the domain.':
    '管理画面の非公開のホスト名。既定はドメインの前に `admin.` を付けた名前です。',
  'The Client VPN through which admins come in.': '管理者が使う Client VPN。',
  'Name in the VPN certificate and in the logs; one certificate a person.':
    'VPN の証明書とログに載る名前。証明書は一人に一つです。',
  'Address of this person; with single sign-on, the one they sign in with.':
    'この人のメールアドレス。シングルサインオンを使うときは、サインインするアドレス。',
  'ACM certificate of the VPN server, in the region of the environment, as `secure-shop vpn init` prints it. Until it is given no VPN exists, and without `admin.secureBrowser` the admin screens answer nobody.':
    '環境のリージョンにある VPN サーバーの ACM 証明書。`secure-shop vpn init` が表示します。これを書くまで VPN は作られず、`admin.secureBrowser` もなければ管理画面には誰も入れません。',
  'Opens the admin screens in a browser that runs in AWS (Amazon WorkSpaces Secure Browser), from which nothing can be copied, printed, downloaded or uploaded: `{}` is enough. People sign in through IAM Identity Center. Without `vpn.certificateArn` it is the only way in, with it the second. Default: there is none.':
    'AWS の中で動くブラウザー（Amazon WorkSpaces Secure Browser）で管理画面を開きます。コピー、印刷、ダウンロード、アップロードはできません。`{}` と書くだけで使えます。サインインは IAM Identity Center で行います。`vpn.certificateArn` がなければこれが唯一の入口に、あれば二つ目の入口になります。既定では作りません。',
  'Public IPv4 addresses from which the portal may be opened, such as those of the office. Default: from anywhere, by whoever signs in.':
    'ポータルを開けるグローバル IPv4 アドレス（事務所のものなど）。既定では、サインインできる人がどこからでも開けます。',
  'Private addresses handed to VPN clients, /12 to /22, apart from the VPC; cannot be changed later.':
    'VPN クライアントに割り当てるプライベートアドレス (/12 から /22)。VPC とは重ならないようにします。後から変更できません。',
  'A firm that runs the shop for you: a role it assumes from its own AWS account, which can release and restart and read no customer data. Default: nobody.':
    'ショップの運用を任せる会社。その会社の AWS アカウントから引き受けるロールで、リリースと再起動ができ、顧客データは読めません。既定ではなし。',
  "AWS account of the contractor, 12 digits; not the shop's own.":
    '委託先の AWS アカウント ID (12 桁)。ショップ自身のものは不可。',
  'Text that the contractor presents with every sign-in, made by you for this shop alone. It keeps one customer of the contractor out of the shop of another; it is no password.':
    '委託先がサインインのたびに示す文字列。このショップのためだけに自分で作ります。委託先の他の顧客がこのショップに入ることを防ぐもので、パスワードではありません。',
  'Last day of the contract, in the time zone of the shop. Afterwards the role opens nothing.':
    '契約の最終日 (ショップのタイムゾーン)。その後、ロールでは何もできません。',
  'How customer data may leave the shop software itself, besides the desk.':
    '窓口のほかに、ショップソフト自体から顧客データをどう持ち出せるか。',
  'Screens and calls of the shop software that hand out many customers or orders at once: `closed` answers 403 to everybody, over the VPN as well; lists and single orders stay open. Default: `closed` with `exports` or `exportPaths`, `open` otherwise.':
    '多くの顧客や注文を一度に渡すショップソフトの画面と呼び出し。`closed` は VPN からも含めて誰にでも 403 を返します。一覧と個々の注文は開いたままです。既定は `exports` か `exportPaths` があれば `closed`、なければ `open`。',
  'Such screens that the preset does not know, as of plugins or a shop of your own: each is closed with everything below it.':
    'プラグインや自前のショップなど、プリセットが知らないそのような画面。それぞれ、その下もすべて閉じます。',
  'A second AWS account of the same organization: each daily backup is copied into its locked vault as well, in the same region. Default: copies stay in the account, in another region.':
    '同じ組織の二つ目の AWS アカウント。毎日のバックアップを、同じリージョンにあるそのロックされたボールトにもコピーします。既定ではコピーはこのアカウントの別のリージョンだけにあります。',
  'The customer-data desk: who may open exports of customers and orders, and from where. Default: nobody, and there is no desk.':
    '顧客データの窓口。顧客と注文の書き出しを誰がどこから開けるか。既定では誰も開けず、窓口はありません。',
  'Who may open exports, each their own only.': '書き出しを開ける人。それぞれ自分宛てのものだけです。',
  'Name of one of `admin.people`; their exports lie under it.':
    '`admin.people` の一人の名前。その人宛ての書き出しはこの名前の下に置かれます。',
  'ARN of the IAM user, or of the IAM Identity Center role, with which this person signs in. A user needs MFA; a role lets in only whoever has the address of `admin.people` as user name.':
    'この人がサインインする IAM ユーザー、または IAM Identity Center のロールの ARN。ユーザーには MFA が必要で、ロールは `admin.people` のアドレスをユーザー名に持つ人だけを通します。',
  'Public addresses from which exports may be opened, such as those of the office.':
    '書き出しを開ける場所のパブリックアドレス (事務所など)。',
  'Days after which an export is deleted.': '書き出しを削除するまでの日数。',
  'What is exported of a custom platform. Default of the presets: their own.':
    'custom プラットフォームから書き出すもの。プリセットは自分のものを使います。',
  'SELECT of the customers; its column `id` is a unique number.': '顧客の SELECT。列 `id` は一意の数値です。',
  'SELECT of the orders; its column `id` is a unique number.': '注文の SELECT。列 `id` は一意の数値です。',
  'Hours in which the role can be used. Default: always.': 'ロールを使える時間帯。既定は常時。',
  'Hours in which the role can be used.': 'ロールを使える時間帯。',
  'Days on which the contractor may work.': '委託先が作業できる曜日。',
  'When the role opens, in the time zone of the shop.': 'ロールが開く時刻 (ショップのタイムゾーン)。',
  'When it closes, in the time zone of the shop; later than `from`. Sessions end then, too.':
    '閉じる時刻 (ショップのタイムゾーン)。`from` より後。セッションもその時に終わります。',
  'Every script of the payment page with its reason, as `secure-shop scripts learn` finds them; `secure-shop scripts check` tells of any other. Default: nothing has been learned.':
    '決済ページのすべてのスクリプトとその理由。`secure-shop scripts learn` が見つけ、`secure-shop scripts check` がほかのものを知らせます。既定ではまだ何も覚えていません。',
  'What else of the payment page is compared, as `secure-shop scripts learn` writes it. Default: nothing has been learned.':
    '決済ページでほかに比べるもの。`secure-shop scripts learn` が書きます。既定ではまだ何も覚えていません。',
  'Whether a canary reads the payment page every six hours and an alarm tells what `scripts` and `page` do not hold; it needs both.':
    '6 時間ごとにカナリアが決済ページを読み、`scripts` と `page` にないものをアラームで知らせるか。両方が必要です。',
  'Address of the script; a path when it is of the shop, `inline` when it stands in the page, `generated` when another script makes it.':
    'スクリプトのアドレス。ショップのものはパス、ページ内のものは `inline`、別のスクリプトが作るものは `generated`。',
  'SHA-256 of the file, or of the structure of code in the page. Default: whatever its provider serves.':
    'ファイルの SHA-256、またはページ内のコードの構造の SHA-256。既定では提供元が配るもの。',
  'Why the payment page needs it.': '決済ページに必要な理由。',
  'Paths that lead a customer to the payment page, in order; the last one is that page.':
    'お客様を決済ページへ導くパス (順番どおり)。最後が決済ページです。',
  'Hosts that texts of scripts name.': 'スクリプトの文字列にあるホスト。',
  'Hosts that the page asks, and for what.': 'ページが尋ねるホストと目的。',
  'Where forms send to.': 'フォームの送り先。',
  'What frames show.': 'フレームの中身。',
  'Event handlers in the markup.': 'マークアップ内のイベントハンドラー。',
  'Fields of the page itself that ask for a card.': 'ページ自身がカードを尋ねる欄。',
  'Workers and service workers.': 'ワーカーとサービスワーカー。',
  'Headers that protect the page.': 'ページを守るヘッダー。',
  'Hours in which the VPN accepts connections. Default: always, in tier `starter` 08:00 to 20:00 on weekdays.':
    'VPN に接続できる時間帯。既定は常時で、`starter` では平日の 08:00 から 20:00 までです。',
  'When the VPN is attached to the network at all: `on-demand` for some hours after `secure-shop vpn open` or the runbook, `hours` for all of `hours`. Shut, it costs nothing and answers nobody.':
    'VPN をネットワークにつなぐ時間。`on-demand` は `secure-shop vpn open` かランブックで開いてから数時間、`hours` は `hours` の時間帯のあいだずっとです。閉じている間は費用がかからず、誰にも応答しません。',
  'Hours after which a VPN session ends.': 'VPN の接続が切れるまでの時間。',
  'IAM SAML provider: adds single sign-on (with its MFA) to the certificate.':
    'IAM の SAML プロバイダー。証明書に加えて、シングルサインオン (と多要素認証) を求めます。',
  'Days on which the VPN accepts connections.': 'VPN に接続できる曜日。',
  'First minute, in the time zone of the shop.': '始まりの時刻 (ショップのタイムゾーン)。',
  'Last minute, in the time zone of the shop; later than `from`.':
    '終わりの時刻 (ショップのタイムゾーン)。`from` より後にします。',
  'Holidays on which the VPN stays closed.': 'VPN を閉じておく休日。',
  'Private addresses of the VPC, /16 to /22.': 'VPC のプライベートアドレス (/16 から /22)。',
  'Zones of the VPC, in the order of their use: the first two, in tier `high-availability` all three; in tier `starter` tasks and functions run in the first alone. The VPC has subnets in three zones in any case, so that the tier can change. Default: the first zones of the region.':
    'VPC のゾーンを使う順に書きます。使うのは最初の 2 つ、`high-availability` では 3 つすべてです。`starter` では、タスクと関数は最初のゾーンだけで動きます。tier を後から変えられるよう、VPC には常に 3 つのゾーンのサブネットがあります。既定はリージョンの最初のゾーンです。',
  'Networks that may be connected later and must not overlap.':
    '後でつなぐかもしれない、重なってはならないネットワーク。',
  'Domains the shop may reach besides those of its platform and payment provider. DNS Firewall blocks the rest.':
    'ソフトウェアと決済代行会社のもののほかに、ショップが接続してよいドメイン。ほかは DNS Firewall が遮断します。',
  'Existing certificate for CloudFront, in us-east-1. Default: a new one, validated by DNS.':
    'CloudFront 用の既存の証明書 (us-east-1)。既定では DNS で検証する新しいものを作ります。',
  'Existing certificate for the load balancer, in the region of the environment; it names the domain and its aliases. Default: a new one, validated by DNS.':
    'ロードバランサー用の既存の証明書 (環境のリージョン)。ドメインと別名を含むもの。既定では DNS で検証する新しいものを作ります。',
  'Existing certificate for the admin host, in the region of the environment. Default: a new one, validated by DNS.':
    '管理画面のホスト用の既存の証明書 (環境のリージョン)。既定では DNS で検証する新しいものを作ります。',
  '`count` only observes the managed rule groups, for a first week; every report says so loudly. Admin paths stay blocked.':
    '`count` は管理ルールグループを見守るだけにします。最初の 1 週間のためのもので、すべてのレポートに目立つように出ます。管理画面のパスは閉じたままです。',
  'Countries the shop sells to; all others are blocked. Default: no geographic rule.':
    '販売先の国。ほかの国は遮断します。既定では国による制限をしません。',
  'Adds the bot control rule group (about 10 USD a month and 1 USD per million requests).':
    'ボット対策のルールグループを加えます (月に約 10 USD と、100 万リクエストごとに 1 USD)。',
  'Adds the account takeover rule group on the login path (priced per login attempt).':
    'ログインのパスに、アカウント乗っ取り対策のルールグループを加えます (ログインの試行ごとに課金)。',
  'Further hosts whose styles the shop pages may use.':
    'ショップの画面がスタイルを読み込んでよい、ほかのホスト。',
  'Further hosts whose fonts the shop pages may use.':
    'ショップの画面がフォントを読み込んでよい、ほかのホスト。',
  'Further hosts whose pictures the shop pages may show.':
    'ショップの画面が画像を表示してよい、ほかのホスト。',
  'Accepts the price of more than 2,000 capacity units.':
    '2,000 キャパシティユニットを超える料金を受け入れます。',
  'Rules of AWS that only count for a while, because they refuse customers. Every report names them.':
    'お客さまを誤って遮断するため、しばらく検知だけにする AWS のルール。すべてのレポートに出ます。',
  'Addresses and blocks of attackers, IPv4 or IPv6; they are refused everything.':
    '攻撃者のアドレスまたはブロック (IPv4 か IPv6)。すべて拒否します。',
  'the name of a rule, such as `CrossSiteScripting_BODY`': 'ルールの名前 (`CrossSiteScripting_BODY` など)',
  'Rule group that mistakes customers for attackers.': 'お客さまを攻撃者と取り違えるルールグループ。',
  'The rule of that group, as the web ACL logs and AWS name it, such as `CrossSiteScripting_BODY`.':
    'そのグループのルール。Web ACL のログや AWS の文書にある名前 (`CrossSiteScripting_BODY` など)。',
  'Where it only counts, with everything below. Default: everywhere.':
    '検知だけにするパス (その下も含みます)。既定はすべてのパスです。',
  'Last day of the exception, within 90 days. After it the config is refused.':
    '例外の最終日。90 日以内。過ぎると設定を受け付けません。',
  'Rate rules.': 'レート制限。',
  'Requests per address in five minutes over the whole shop, then refused (429).':
    'ショップ全体への、1 アドレスからの 5 分間のリクエスト数。超えると拒否します (429)。',
  'Requests per address in five minutes that send something (all but GET, HEAD, OPTIONS).':
    '何かを送るリクエスト (GET、HEAD、OPTIONS 以外) の、1 アドレスからの 5 分間の数。',
  'Sign-ins, registrations and password resets per shopper in five minutes, then refused (429); five times as many per address.':
    'ログイン、会員登録、パスワード再設定の、お客さま 1 人あたり 5 分間の数。超えると拒否します (429)。1 アドレスではその 5 倍です。',
  'Orders, payments and coupons per shopper in five minutes, then refused (429); five times as many per address.':
    '注文、支払い、クーポンの、お客さま 1 人あたり 5 分間の数。超えると拒否します (429)。1 アドレスではその 5 倍です。',
  'Views of sign-in and checkout pages per address in five minutes, then challenged.':
    'ログインと購入手続きの画面の、1 アドレスからの 5 分間の表示数。超えると確認を求めます。',
  'How often every credential changes: from 4 hours to 30 days.':
    'すべての認証情報を替える間隔。4 時間から 30 日まで。',
  'Start of the rotation window, in UTC (17:00 UTC is 02:00 in Japan).':
    'ローテーションの時間帯の始まり (UTC)。17:00 UTC は日本の 02:00 です。',
  'Length of the rotation window in hours; it must end on the same UTC day.':
    'ローテーションの時間帯の長さ (時間)。UTC で同じ日のうちに終わるようにします。',
  'UTC day of the maintenance window.': 'メンテナンスの曜日 (UTC)。',
  'Start of the maintenance window in UTC; it lasts two hours.':
    'メンテナンスの始まり (UTC)。2 時間続きます。',
  'Known vulnerabilities that may stay for a while: the scan gate lets them pass until their date.':
    'しばらく残してよい既知の脆弱性。期日までスキャンを通します。',
  'A repository of your own to build from. Default: the build context of the platform.':
    'ビルド元にする自分のリポジトリー。既定ではプラットフォームのビルド用フォルダーを使います。',
  'Adds a small private host for maintenance, reached through Session Manager only and patched in the maintenance window (about 10 USD a month).':
    '保守用の小さな非公開ホストを加えます。Session Manager からだけ入れ、メンテナンスの時間にパッチを当てます (月に約 10 USD)。',
  'The vulnerability the scan gate shall let pass.': 'スキャンを通す脆弱性。',
  'Last day of the exception, within 90 days. After it the gate stops the image again.':
    '例外の最終日 (90 日以内)。過ぎると、イメージは再び止められます。',
  'Why the shop is safe meanwhile; the security reviewer reads it.':
    'それまでショップが安全である理由。セキュリティ担当者が読みます。',
  'Connection to the source host, authorized once by hand in the console.':
    'ソースの置き場所への接続。コンソールで一度だけ手動で承認します。',
  'Repository whose root holds the Dockerfile of the shop, as `owner/name`.':
    'ルートにショップの Dockerfile があるリポジトリー (`owner/name` の形)。',
  'Branch that is built.': 'ビルドするブランチ。',
  'These services exist once per account and region. `existing` when your organization or another app has turned on all that this file asks for. Default: `create` in the first environment of each account and region, `existing` in the others.':
    'これらのサービスは、アカウントとリージョンごとに一つです。このファイルで使うものを組織やほかのアプリがすべて有効にしているなら `existing` にします。既定では、同じアカウントとリージョンの最初の環境が `create`、ほかは `existing` です。',
  'AWS Config: records each change of the kinds of resources that its rules look at, and its rules ask every day whether what the templates promise still holds.':
    'AWS Config。ルールの対象となる種類のリソースの変更を記録し、テンプレートの約束が今も守られているかを毎日確かめます。',
  'AWS Security Hub, which checks the whole account against standards. It brings the recorder of AWS Config, through which it looks. Default: none.':
    'AWS Security Hub。アカウント全体を基準に照らして検査します。検査に使う AWS Config のレコーダーも作ります。既定では、使いません。',
  'Standards it checks: AWS Foundational Security Best Practices, and PCI DSS 4.0.1.':
    '検査する基準。AWS の基礎セキュリティのベストプラクティス (`fsbp`) と PCI DSS 4.0.1 (`pci-dss`)。',
};

/** What may be written, most particular first. */
const values: readonly (readonly [RegExp, string])[] = [
  [/^a whole number from (\d+) to (\d+)$/, '$1 から $2 の整数'],
  [
    /^the (?:shop )?name in lower-case letters, digits and hyphens, 3 to (\d+) characters, .*$/,
    '英小文字で始まる、英小文字・数字・ハイフン 3 から $1 文字',
  ],
  [
    /^a path that starts with a slash and is more than `\/`, such as (`[^`]+`), .*$/,
    'スラッシュで始まるパス (`/` だけは不可)。使える文字は英数字と . _ ~ -。例: $1',
  ],
  [/^a folder such as (`[^`]+`)$/, 'フォルダー。例: $1'],
  [/^an absolute folder such as (`[^`]+`)$/, '絶対パスのフォルダー。例: $1'],
  [/^object of texts$/, '文字列を値とするオブジェクト'],
  [/^an environment variable name in .* such as (`[^`]+`)$/, '環境変数の名前 (英大文字・数字・下線)。例: $1'],
  [/^a domain name such as (`[^`]+`) or (`[^`]+`)$/, 'ドメイン名。例: $1、$2'],
  [
    /^a domain name in lower case .* such as (`[^`]+`)$/,
    '小文字のドメイン名 (https://、ポート、末尾のドットなし)。例: $1',
  ],
  [/^the AWS account id as 12 digits in quotes, such as (`[^`]+`)$/, '引用符で囲んだ 12 桁の数字。例: $1'],
  [/^one of ([a-z0-9-]+(?:, [a-z0-9-]+)+)$/, '次のどれか: $1'],
  [/^an IANA time zone such as (`[^`]+`)$/, 'IANA のタイムゾーン。例: $1'],
  [/^the Route 53 hosted zone id, such as (`[^`]+`)$/, 'ホストゾーン ID。例: $1'],
  [/^an e-mail address such as (`[^`]+`)$/, 'メールアドレス。例: $1'],
  [/^the (?:full )?ARN of .* such as (`[^`]+`)$/, 'ARN。例: $1'],
  [/^an IPv4 block such as (`[^`]+`) .*$/, 'IPv4 のブロック (先頭のアドレスで書く)。例: $1'],
  [/^a time of day as `HH:MM` from (`[^`]+`) to (`[^`]+`)$/, '$1 から $2 の時刻 (`HH:MM`)'],
  [/^at most (\d+) days$/, '$1 日まで'],
  [/^a date as (`[^`]+`)$/, '日付 ($1)'],
  [/^a SELECT with a unique number as its column `id`$/, '一意の数値の列 `id` を持つ SELECT'],
  [/^a zone such as (`[^`]+`)$/, 'ゾーン。例: $1'],
  [
    /^a country as its two capitals in ISO 3166, such as (`[^`]+`)$/,
    'ISO 3166 の国コード (英大文字 2 文字)。例: $1',
  ],
  [
    /^4, 6, 8, 12 or 24 hours, such as (`[^`]+`), or 1 to 30 days, such as (`[^`]+`)$/,
    '4・6・8・12・24 時間 (例: $1)、または 1 から 30 日 (例: $2)',
  ],
  [/^the name of a branch, such as (`[^`]+`)$/, 'ブランチの名前。例: $1'],
  [/^the identifier of the vulnerability, such as (`[^`]+`)$/, '脆弱性の識別子。例: $1'],
  [/^say in a sentence why the shop is safe meanwhile$/, '20 文字以上の文'],
  [/^the repository as (`[^`]+`)$/, 'リポジトリー ($1)'],
  [
    /^the contractor's AWS account id as 12 digits in quotes, such as (`[^`]+`)$/,
    '12 桁の AWS アカウント ID (引用符付き)。例: $1',
  ],
  [
    /^16 to 128 letters, digits or (.+) that nobody guesses, such as the output of (`[^`]+`)$/,
    '推測されない 16〜128 文字の英数字か $1。例: $2 の出力',
  ],
  [/^the last day of the contract as (`[^`]+`)$/, '契約の最終日 ($1)'],
  [/^a path such as (`[^`]+`)$/, 'パス。例: $1'],
  [/^the 64 hexadecimal digits that (`[^`]+`) prints$/, '$1 が出す 64 桁の 16 進数'],
  [/^say in a sentence why the payment page needs this script \(PCI DSS 6\.4\.3\)$/, '10 文字以上の文'],
  [/^a text in quotes$/, '文字列'],
  [/^(.+) or ([^ ]+)$/, '$1 または $2'],
  [/^(`[^`]+`)$/, '$1'],
];

/** @returns undefined when the text has no translation yet */
export function translate(english: string): string | undefined {
  if (Object.hasOwn(meanings, english)) return meanings[english];
  const [pattern, japanese] = values.find(([pattern]) => pattern.test(english)) ?? [];
  return pattern === undefined || japanese === undefined ? undefined : english.replace(pattern, japanese);
}

export const japanese: Language = {
  headings: ['設定', '書くもの', '既定', '意味'],
  shop: 'ショップ',
  required: '**必須**',
  list: (of) => `リスト: ${of}`,
  object: 'オブジェクト',
  translate: (text) => translate(text) ?? text,
};
