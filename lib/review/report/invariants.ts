import type { Bilingual } from '../../checks/bilingual.ts';

/** What must hold in every environment, in the order and the words of docs/architecture.md. */
export const invariantTexts: Readonly<Record<string, Bilingual>> = {
  NET1: {
    en: 'Nothing in the VPC has a public address, and no subnet routes to an internet gateway.',
    ja: 'VPC 内にパブリックアドレスを持つものはなく、インターネットゲートウェイへ経路を持つサブネットもない。',
  },
  NET2: {
    en: 'The one way in from the Internet is CloudFront on 443, TLS 1.2 or newer, with a web ACL that blocks.',
    ja: 'インターネットからの入口は 443 番、TLS 1.2 以上の CloudFront だけで、Web ACL が遮断している。',
  },
  NET3: {
    en: "The load balancer accepts only CloudFront's VPC origin on the public listener, and only VPN clients and the secure browser on the admin listener.",
    ja: 'ロードバランサーは、公開リスナーでは CloudFront の VPC オリジンだけ、管理リスナーでは VPN クライアントとセキュアブラウザーだけを受け付ける。',
  },
  NET4: {
    en: "The database accepts only the shop's tasks and the rotation functions, over TLS only. VPN clients and the secure browser reach the admin listener and nothing else.",
    ja: 'データベースはショップのタスクとローテーション関数だけを、TLS だけで受け付ける。VPN クライアントとセキュアブラウザーは管理リスナー以外に届かない。',
  },
  NET5: {
    en: 'Out of the VPC go only allow-listed names; the DNS firewall fails closed.',
    ja: 'VPC から出られるのは許可したドメイン名だけで、DNS ファイアウォールは障害時に遮断する。',
  },
  ADM1: {
    en: 'Every admin path answers 403 at the edge and again at the load balancer, however it is spelled.',
    ja: '管理画面のパスは、どのような書き方でもエッジとロードバランサーの両方で 403 を返す。',
  },
  ADM2: {
    en: 'A person reaches the admin listener only with a certificate of their own that can be revoked alone, and single sign-on where configured; or in a browser that runs in AWS and lets nothing out.',
    ja: '管理リスナーに届くのは本人専用の証明書を持つ人だけで、設定した場合はシングルサインオンも要る。証明書は一枚ずつ失効できる。または、AWS の中で動き何も持ち出せないブラウザーからだけ届く。',
  },
  SEC1: {
    en: 'Every secret has a customer-managed key, a rotation schedule of at most 30 days, and a declared list of readers.',
    ja: 'すべてのシークレットにカスタマー管理キー、30 日以内のローテーション予定、宣言された読者の一覧がある。',
  },
  SEC2: {
    en: 'A credential in use is never invalidated: the shop serves through every rotation, also through one that fails half-way.',
    ja: '使用中の認証情報は無効にならず、途中で失敗した場合も含め、どのローテーション中もショップは動き続ける。',
  },
  DAT1: {
    en: 'Every store of customer data is encrypted with its own key, backed up to a locked vault, recoverable, and protected from deletion.',
    ja: '顧客データの保管先はすべて専用キーで暗号化され、ロックされたボールトに保存され、復元でき、削除から守られている。',
  },
  DAT2: {
    en: 'Those who can read customer data or a secret, or decrypt with its key, are exactly those declared.',
    ja: '顧客データやシークレットを読める者、そのキーで復号できる者は、宣言した者と完全に一致する。',
  },
  DAT3: {
    en: 'Customer data leaves only through the desk: encrypted, for one named person, told to the owner, and deleted within days.',
    ja: '顧客データは窓口からだけ出る。登録した一人のために暗号化され、開くと所有者に知らされ、数日で削除される。',
  },
  PAT1: {
    en: 'Every shop image that runs was built by the pipeline from a pinned base, passed the scan gate, is addressed by digest, and is rebuilt at least weekly.',
    ja: '動いているショップのイメージはすべて、固定したベースイメージからパイプラインで作られ、検査を通過し、ダイジェストで指定され、少なくとも週に一度作り直される。',
  },
  PAT2: {
    en: 'Engine, runtime and host patches are automatic, inside a declared window.',
    ja: 'エンジン、ランタイム、ホストのパッチは、宣言した時間帯に自動で当たる。',
  },
  LOG1: {
    en: 'Logs that prove who did what are kept at least 365 days, encrypted, and cannot be deleted early.',
    ja: '誰が何をしたかを示すログは 365 日以上暗号化して保管され、途中で削除できない。',
  },
  ALM1: { en: 'Every alarm reaches a person.', ja: 'すべてのアラームが人に届く。' },
  OPS1: {
    en: 'Whoever operates cannot read: a contractor or a host for operations opens no customer data, no secret and no key.',
    ja: '運用する者は読めない。委託先も運用ホストも、顧客データ、秘密情報、鍵のいずれも開けない。',
  },
};
