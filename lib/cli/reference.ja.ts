/** What the help says, in Japanese, for docs/commands.ja.md. */
export const commandsInJapanese: Readonly<Record<string, string>> = {
  'Checks, deploys, watches and operates the environments that shop.config.ts describes.':
    'shop.config.ts が記述する環境を検査し、デプロイし、見守り、運用します。',
  'print the version': 'バージョンを表示する',
  'display help for command': 'ヘルプを表示する',
  'Asks what an owner must decide, first whether to run a shop at all, and writes a commented shop.config.ts. Every answer is also a flag: with all of them it needs no terminal. Never overwrites a file.':
    '店主が決めるべきことを（そもそも自分で店を運営するかどうかから）たずね、コメント付きの shop.config.ts を書きます。どの答えもフラグで渡せ、すべて渡せば端末は要りません。既存のファイルは上書きしません。',
  'the file to write': '書き込むファイル',
  'Who will look after the shop? (me, contractor, nobody)':
    '店の世話をするのは誰か（me、contractor、nobody）',
  'How many hours a week does that person have for it?': 'その人が週に使える時間',
  'How many US dollars a month may running it cost?': '月々の費用の上限（米ドル）',
  'How much freedom of design do you need? (standard, own)': 'デザインの自由度（standard、own）',
  'What will you keep of your customers? (orders, accounts, sensitive)':
    '保存する顧客の情報（orders、accounts、sensitive）',
  'Short name of the shop (it begins the name of every stack)':
    '店の短い名前（すべてのスタック名の先頭になる）',
  'Shop software (woocommerce, ec-cube, custom)': '店のソフトウェア（woocommerce、ec-cube、custom）',
  'Database that your software speaks (postgresql, mysql)':
    'ソフトウェアが使うデータベース（postgresql、mysql）',
  'Port on which your container listens': 'コンテナが待ち受けるポート',
  'Path that answers 200 when shop and database work': '店とデータベースが動いているときに 200 を返すパス',
  'Folder with the Dockerfile and versions.json of your image':
    'イメージの Dockerfile と versions.json があるフォルダー',
  'Admin paths of your software, parted by commas': '管理画面のパス（カンマ区切り）',
  'Payment provider (card data never touches the shop) (stripe, payjp, square, gmo-payment-gateway, paypal, none)':
    '決済代行会社（カード情報は店を通らない）（stripe、payjp、square、gmo-payment-gateway、paypal、none）',
  'AWS account id, 12 digits': 'AWS アカウント ID（12 桁）',
  'Home region': 'ホームリージョン',
  'Size (starter is away while its one zone of AWS is): "secure-shop cost --tier" tells what each costs (starter, standard, high-availability)':
    '規模（starter は一つのゾーンにあり、それが止まると店も止まる）。それぞれの費用は secure-shop cost --tier でわかる（starter、standard、high-availability）',
  'Host name that customers type': '顧客が入力するホスト名',
  'Name of the Route 53 hosted zone in which it lies': 'それが属する Route 53 ホストゾーンの名前',
  'Id of that hosted zone': 'そのホストゾーンの ID',
  'Who gets the alarms: addresses, parted by commas': 'アラームの宛先（カンマ区切り）',
  'First admin: a short name for certificate and logs': '最初の管理者：証明書とログに使う短い名前',
  'Address of the first admin': '最初の管理者のメールアドレス',
  'A contractor who gets in, too: short name (empty: nobody)': '出入りする委託先の短い名前（空：なし）',
  'Address of the contractor': '委託先のメールアドレス',
  'How mails leave the shop (ses, smtp, none)': '店からのメールの送り方（ses、smtp、none）',
  'Mail server': 'メールサーバー',
  'Sender of the mails': 'メールの差出人',
  'Checks a shop, templates or a cloud assembly with every rule pack and writes a report. Needs no AWS account and no network.':
    '店、テンプレート、またはクラウドアセンブリをすべてのルールパックで検査し、レポートを書きます。AWS アカウントもネットワークも要りません。',
  'the file that describes the shop (default: shop.config.ts)':
    '店を記述するファイル（既定：shop.config.ts）',
  'review CloudFormation templates, JSON or YAML, together as one environment':
    'CloudFormation テンプレート（JSON または YAML）を 1 つの環境としてまとめて検査する',
  'review a cloud assembly as "cdk synth" left it, such as cdk.out':
    'cdk synth が残したクラウドアセンブリ（cdk.out など）を検査する',
  'fail only on what this rows.json of an earlier review does not hold':
    '以前の検査の rows.json にないものだけを失敗とする',
  'also tell what the next deploy does; what is deployed: the folder of an earlier cloud assembly, or "nothing"':
    '次のデプロイで起きることも示す。デプロイ済みのもの：以前のクラウドアセンブリのフォルダー、または nothing',
  'also show what "secure-shop status --evidence" wrote, beside the design':
    'secure-shop status --evidence が書いたものを、設計と並べて示す',
  'run these packs only, separated by commas': 'これらのパックだけを実行する（カンマ区切り）',
  'which open findings make the exit code 1': '終了コードを 1 にする未解決の指摘',
  'exit 1 also for what the templates leave undecided, in a rule or in a proof; 2 when nobody judged a resource':
    'テンプレートだけでは決まらないもの（ルールでも証明でも）も終了コード 1 とし、どのルールも判定しないリソースがあれば 2 とする',
  'where to write the report': 'レポートの書き込み先',
  'print what rows.json holds instead of the table': '表の代わりに rows.json の内容を表示する',
  'with --json: also print a row for each rule that does not apply to a resource':
    '--json とともに：リソースに当てはまらないルールの行も表示する',
  'Asks AWS, without changing anything, whether the account is ready for a deploy: bootstrap, hosted zone, quotas, services, certificates, leftovers.':
    'アカウントがデプロイできる状態か（ブートストラップ、ホストゾーン、クォータ、サービス、証明書、残りもの）を、何も変更せずに AWS に問い合わせます。',
  'environment of the shop; may be left out when there is one only': '店の環境。1 つしかなければ省略できる',
  'print the answers as JSON': '回答を JSON で表示する',
  'Rehearses a deploy without touching anything: what is created, changed, replaced and removed, what AWS would refuse, what loses data, what interrupts the shop.':
    '何にも触れずにデプロイを予行します。作成・変更・置換・削除されるもの、AWS が拒否するもの、失われるデータ、店の中断を示します。',
  'environment of the shop; when left out, all of them': '店の環境。省略するとすべて',
  'plan templates that "cdk synth" wrote, instead of synthesizing':
    '合成せずに、cdk synth が書いたテンプレートを使う',
  'what is deployed: the folder of an earlier cloud assembly, or "nothing" for the first deploy (default: read from AWS)':
    'デプロイ済みのもの：以前のクラウドアセンブリのフォルダー、最初のデプロイなら nothing（既定：AWS から読む）',
  'let the deploy fail there, be rolled back and be repeated; without a resource, at each of the stack':
    'そこでデプロイを失敗させ、ロールバックと再実行を試す。リソースを省くと、スタックのそれぞれで',
  'plan the deletion of what is deployed': 'デプロイ済みのものの削除を計画する',
  "also make change sets, never execute them, and add AWS's own validation; needs credentials that may":
    '変更セットも作り（実行はしない）、AWS 自身の検証を加える。その権限のある認証情報が必要',
  'exit with 0 although data would be lost; the reason is printed':
    'データが失われる場合でも 0 で終わる。理由は表示される',
  'print the plan as JSON': '計画を JSON で表示する',
  "Estimates what each environment costs a month, from the synthesized templates and a dated table of AWS's list prices: fixed and by use, what each control costs, what another tier or the next deploy would change. Offline.":
    '合成したテンプレートと、日付のある AWS の定価表から、各環境の月々の費用を見積もります。固定費と従量費、各対策の費用、別のティアや次のデプロイによる差額。オフラインで動きます。',
  'price templates that "cdk synth" wrote, instead of synthesizing':
    '合成せずに、cdk synth が書いたテンプレートを見積もる',
  'also say what another tier would change': '別のティアによる差額も示す',
  'also say what the next deploy changes: the folder of the cloud assembly that is deployed, or "nothing"':
    '次のデプロイによる差額も示す：デプロイ済みのクラウドアセンブリのフォルダー、または nothing',
  'print the estimates as JSON': '見積もりを JSON で表示する',
  'orders (a month)': '注文数（月）',
  'pages looked at (a month)': 'ページの閲覧数（月）',
  'requests at the edge, 30 for each page (a month)': 'エッジでのリクエスト数、1 ページにつき 30（月）',
  'requests that reach the load balancer, 5 for each page and all of an order (a month)':
    'ロードバランサーに届くリクエスト数、1 ページにつき 5 と注文のすべて（月）',
  'to customers, 1 MB for each page (GB a month)': '顧客への転送量、1 ページにつき 1 MB（GB／月）',
  'tasks of the shop, the least there are (on average)': '店のタスク数、最小の数（平均）',
  'of each database instance, the least it has (ACU on average)':
    'データベースの各インスタンス、最小の値（平均 ACU）',
  'in the database (GB)': 'データベースの容量（GB）',
  'pictures and files (GB)': '画像とファイル（GB）',
  'of them opened within a month, a fifth; the others lie in a cheaper class (GB)':
    'そのうち 1 か月以内に開かれたもの。5 分の 1。ほかは安いクラスに置かれる（GB）',
  'in the VPN, which is open as long, all admins together, 10 each (hours a month)':
    'VPN の接続時間（その間だけ開いている）、管理者全員の合計、1 人 10（時間／月）',
  'of logs besides the web ACLs: 3, and 0.5 for each task and database instance (GB a month)':
    'ウェブ ACL 以外のログ：3 と、タスクとデータベースのインスタンスごとに 0.5（GB／月）',
  'through the NAT gateway: images, updates, calls to other services (GB a month)':
    'NAT ゲートウェイ経由：イメージ、更新、ほかのサービスの呼び出し（GB／月）',
  'images built and released, 15 and 10 minutes each (a month)':
    'イメージのビルドとリリース、各 15 分と 10 分（月）',
  'calls of AWS that the trail records (a month)': '証跡に記録される AWS の呼び出し（月）',
  'of Container Insights: 60, and 30 for each task (metrics)':
    'Container Insights のメトリクス：60 と、タスクごとに 30',
  'Leads through a deploy: asks whether the account is ready, shows what is planned, prepares regions, deploys, waits for the mails to be confirmed, makes the VPN and the first certificate. Run again, it goes on where it stood.':
    'デプロイを手引きします。アカウントの準備の確認、計画の表示、リージョンの準備、デプロイ、メールの確認待ち、VPN と最初の証明書の作成。もう一度実行すると、前回の続きから進みます。',
  'answer every question with yes; needed where nobody can be asked':
    'すべての質問に「はい」と答える。質問できない場所では必要',
  'deploy although data would be lost; the reason is printed':
    'データが失われる場合でもデプロイする。理由は表示される',
  'who of admin.people gets the first certificate (default: the first)':
    'admin.people のうち、最初の証明書を受け取る人（既定：先頭の人）',
  'Asks AWS, without changing anything, how a deployed environment fares: image, secrets, access, certificates, backups, findings, alarms, and whether what runs is still what was reviewed.':
    'デプロイした環境の状態（イメージ、シークレット、アクセス、証明書、バックアップ、検出結果、アラーム、動いているものが審査したものと同じか）を、何も変更せずに AWS に問い合わせます。',
  'also write them, with dates and hashes, into a new file to be kept':
    '日付とハッシュを添えて、保存用の新しいファイルにも書く',
  'leave out the comparison with what CloudFormation made, which takes minutes':
    '数分かかる、CloudFormation が作ったものとの比較を省く',
  'Deploys a disposable double of an environment under names of its own, tries everything on it that has to work, destroys it and shows that nothing is left. Costs money: told before, with a limit. Run again, it goes on where it stood.':
    '環境の使い捨ての写しを独自の名前でデプロイし、動くべきことをすべて試し、削除して、何も残っていないことを示します。費用がかかります。事前に示し、上限を設けます。もう一度実行すると、前回の続きから進みます。',
  'environment of the shop; its double is rehearsed; may be left out when there is one only':
    '店の環境。その写しで試す。1 つしかないときは省略できる',
  'which rehearsal: its names end in it, and its state file':
    '何番目の試運転か。名前と状態ファイルの末尾に付く',
  'US dollars that it may cost at list prices': '定価で計算した費用の上限（米ドル）',
  'begin without asking; needed where nobody can be asked': 'たずねずに始める。質問できない場所では必要',
  'only say what it would do, how long it takes and what it costs; offline':
    'すること、かかる時間、費用を示すだけにする。オフライン',
  'when a step fails, leave the environment, which costs, so that somebody can look':
    '失敗したとき、調べられるように環境を残す（費用がかかる）',
  'only take away what an earlier run has left': '前回の実行が残したものを片付けるだけにする',
  'print times, costs and outcomes as JSON': '時間、費用、結果を JSON で表示する',
  'Answers from the synthesized templates which rule decides on a request, and with what status. The request target is taken as written. Managed rule groups are named as "may block".':
    '合成したテンプレートから、あるリクエストをどのルールがどのステータスで判定するかを答えます。リクエストターゲットは書かれたとおりに扱います。マネージドルールグループは「ブロックする可能性あり」と示します。',
  'URL to try, such as "https://shop.example.jp/wp-admin/"':
    '試す URL（https://shop.example.jp/wp-admin/ など）',
  'environment of the shop; when left out, the host of the URL tells':
    '店の環境。省略すると URL のホストから決まる',
  'where the request comes from: "browser" is the secure browser, "check" the look at a new image':
    'リクエストの送り元。browser はセキュアブラウザー、check は新しいイメージの確認',
  'HTTP method (default: GET, or POST with a body)': 'HTTP メソッド（既定：GET、本文があれば POST）',
  '"Name: value"; may be repeated': '「名前: 値」。繰り返せる',
  'body as it is sent; without it, what a POST holds is not known':
    '送る本文。なければ POST の中身は不明として扱う',
  'many requests: one {"url", "method"?, "headers"?, "body"?, "from"?} a line':
    '多数のリクエスト：1 行に 1 つの {"url", "method"?, "headers"?, "body"?, "from"?}',
  'one verdict {"url", "verdict", "status", "by", "limits", "cache"} a line':
    '1 行に 1 つの判定 {"url", "verdict", "status", "by", "limits", "cache"}',
  'read templates that cdk synth wrote, instead of synthesizing':
    '合成せずに、cdk synth が書いたテンプレートを読む',
  'Rotates a credential now and follows its four steps, or lists every credential.':
    '認証情報をいまローテーションし、4 つのステップを追います。または、すべての認証情報を一覧にします。',
  'secret to rotate, such as "database" or "my-shop/production/database"':
    'ローテーションするシークレット（database、my-shop/production/database など）',
  'environment of the shop; may be left out when there is one only, or the full name of the secret says it; --status then lists all':
    '店の環境。1 つしかないとき、またはシークレットの完全な名前でわかるときは省略できる。--status では、省略するとすべて',
  'list every secret with its age, next rotation, last outcome and warnings':
    'すべてのシークレットの古さ、次のローテーション、前回の結果、警告を一覧にする',
  'with --status: print JSON': '--status とともに：JSON で表示する',
  'give up following after this time': 'この時間（秒）がたつと追うのをやめる',
  'Shows how patched the running shop is, or patches it now.':
    '動いている店のパッチの状況を示すか、いまパッチを当てます。',
  'running image, its age and open findings, last and next run; exits with 1 when stale':
    '動いているイメージ、その古さと未解決の指摘、前回と次回の実行。古いときは 1 で終わる',
  'Runs the patch pipeline and waits for its end; exits with 1 when the run fails.':
    'パッチのパイプラインを実行し、終わるまで待ちます。失敗すると 1 で終わります。',
  'Opens and shuts the VPN of the admins; issues and revokes the certificates with which they reach it.':
    '管理者の VPN を開け閉めし、そこに入るための証明書を発行し、失効させます。',
  'Attaches the VPN to the network for some hours, and waits until it answers.':
    '数時間だけ VPN をネットワークにつなぎ、応答するまで待ちます。',
  'for how long, at most 12': '開いておく時間（最大 12）',
  'Takes the VPN off the network; sessions in it end.': 'VPN をネットワークから外します。接続は切れます。',
  'Shows whether the VPN is open, who opened it and until when.':
    'VPN が開いているか、誰がいつまで開けたかを示します。',
  'Watches what the payment page runs, asks and sends.':
    '決済ページが動かすもの、尋ねる先、送る先を見張ります。',
  'Reads the payment page as a customer and writes what it found, for the config.':
    'お客様として決済ページを読み、見つけたものを設定用に書き出します。',
  'Reads the payment page as a customer and tells what the config does not hold; exit code 1 then.':
    'お客様として決済ページを読み、設定にないものを知らせます。あれば終了コードは 1 です。',
  'Chromium or Chrome (default: where it is usually installed)': 'Chromium または Chrome（既定：通常の場所）',
  'address of the shop (default: the first host of the environment)':
    'ショップのアドレス（既定：環境の最初のホスト）',
  'paths that lead to the payment page, in order (default: payment.page.visit)':
    '決済ページへ導くパス。順番どおり（既定：payment.page.visit）',
  'Cuts the contractor of an environment off.': '環境の委託先を締め出します。',
  'Has the customer-data desk write an encrypted export for one named person.':
    '登録した一人のために、顧客データの窓口に暗号化した書き出しを作らせます。',
  'what to export': '書き出すもの',
  'one of `exports.people`, who alone can open it': '`exports.people` の一人。この人だけが開ける',
  'why this person needs it, for the record': 'その人が必要とする理由（記録用）',
  'Refuses everything to the contractor, open sessions included, until admitted again.':
    '開いているセッションも含め、委託先のすべての操作を拒否します。もう一度許可するまで続きます。',
  'Lets a contractor who was cut off sign in again; sessions from before stay refused.':
    '締め出した委託先を、もう一度サインインできるようにします。以前のセッションは拒否されたままです。',
  'Creates the certificate authority and the VPN server certificate, or renews the latter.':
    '認証局と VPN のサーバー証明書を作るか、サーバー証明書を更新します。',
  'start a new authority: every certificate becomes worthless with the next deploy':
    '新しい認証局にする。次のデプロイで、すべての証明書が使えなくなる',
  'Gives a person of the config a certificate of their own, as an .ovpn file.':
    '設定にいる人に、その人だけの証明書を .ovpn ファイルで渡します。',
  'name in admin.people': 'admin.people の名前',
  'Client VPN endpoint; found through the parameter the stack writes when left out':
    'Client VPN エンドポイント。省略すると、スタックが書いたパラメータから探す',
  'validity in days, at most 90': '有効日数（最大 90）',
  'the file to write; it must not exist yet': '書き込むファイル。既存のものは不可',
  'encrypt the private key; the passphrase is asked on the terminal':
    '秘密鍵を暗号化する。パスフレーズは端末でたずねる',
  'encrypt the private key; "-" reads standard input': '秘密鍵を暗号化する。- なら標準入力から読む',
  'Shows every certificate: whose, until when, revoked or not.':
    'すべての証明書について、持ち主、期限、失効の有無を示します。',
  'print JSON': 'JSON で表示する',
  "Takes a person's certificates away and ends their sessions.": 'ある人の証明書を失効させ、接続を切ります。',
  'name in the certificate': '証明書の名前',
  "everybody's: when somebody may know the key of the authority":
    '全員の証明書。認証局の鍵を誰かに知られたおそれがあるとき',
  'Imports the revocation list again, with a new expiry date.':
    '新しい期限で、失効リストをもう一度取り込みます。',
  'Shows the backups there are, and makes a copy of a moment beside what runs; nothing is overwritten.':
    'バックアップを示し、ある時点の複製を、動いているものの横に作ります。何も上書きしません。',
  'the last moment at which all was right, with its time zone, such as 2026-11-29T03:00+09:00; left out, backups are only shown':
    'すべてが正しかった最後の時刻。2026-11-29T03:00+09:00 のようにタイムゾーンも書く。省略すると、バックアップを示すだけ',
  'one of database, files, both (default: both)': 'database、files、both のいずれか（既定は both）',
  'where to restore: the region of the environment, or the one of its copies':
    '復元先。環境のリージョン、または写しのあるリージョン',
  'say what would be done, and do nothing': '何をするかを示すだけで、何もしない',
  'print backups, plan and outcome as JSON': 'バックアップ、計画、結果を JSON で表示する',
  'Prints a script that completes this command line with TAB, for the shell that is named.':
    'TAB でコマンドを補完するスクリプトを、指定したシェル用に出力します。',
  'your shell': 'お使いのシェル',
};
