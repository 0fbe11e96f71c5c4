import type { Path } from '../problem.ts';
import { tierNames } from '../schema/environment.ts';
import { payment } from '../schema/payment.ts';
import type { Bilingual } from './decision.ts';

/** An answer as it is typed or given by a flag. */
export type Answers = Readonly<Record<string, string>>;

export interface Question {
  /** Name of the answer; its flag is the same in kebab case. */
  readonly id: string;
  readonly asks: string;
  /** Where the answer stands in the config. */
  readonly path: Path;
  readonly choices?: readonly string[];
  /** An answer nobody has to give. */
  readonly byDefault?: (answers: Answers) => string;
  readonly example?: string;
  /** Whether the answer is a number, or a list whose entries commas part. @default a text */
  readonly kind?: 'number' | 'list';
  /** @default always */
  readonly when?: (answers: Answers) => boolean;
  /** Comment in the config; empty: none. */
  readonly comment: Bilingual;
}

const isCustom = ({ preset }: Answers) => preset === 'custom';
const hasServer = ({ mail }: Answers) => mail === 'smtp';
const hasContractor = ({ contractorName }: Answers) => contractorName !== undefined && contractorName !== '';

export const environmentPath = ['environments', 'production'] as const;

/** What an owner must decide before `shop.config.ts` can be written, in the order in which it is asked. */
export const questions: readonly Question[] = [
  {
    id: 'name',
    asks: 'Short name of the shop (it begins the name of every stack)',
    path: ['name'],
    example: 'hana-candles',
    comment: {
      en: 'Begins the name of every stack; cannot be changed once the shop is deployed.',
      ja: 'すべてのスタック名の先頭になる。デプロイした後は変えられない。',
    },
  },
  {
    id: 'preset',
    asks: 'Shop software',
    path: ['platform', 'preset'],
    choices: ['woocommerce', 'ec-cube', 'custom'],
    byDefault: () => 'woocommerce',
    comment: {
      en: 'The shop software: a preset, or a container of your own.',
      ja: '店のソフトウェア：プリセットか、自前のコンテナ。',
    },
  },
  {
    id: 'engine',
    asks: 'Database that your software speaks',
    path: ['platform', 'engine'],
    choices: ['postgresql', 'mysql'],
    byDefault: () => 'postgresql',
    when: isCustom,
    comment: {
      en: 'Database engine.',
      ja: 'データベースエンジン。',
    },
  },
  {
    id: 'port',
    asks: 'Port on which your container listens',
    path: ['platform', 'port'],
    example: '3000',
    kind: 'number',
    when: isCustom,
    comment: {
      en: 'Port of the container.',
      ja: 'コンテナのポート。',
    },
  },
  {
    id: 'healthPath',
    asks: 'Path that answers 200 when shop and database work',
    path: ['platform', 'healthPath'],
    byDefault: () => '/health',
    when: isCustom,
    comment: {
      en: 'Answers 200 when shop and database work.',
      ja: '店とデータベースが動いているときに 200 を返す。',
    },
  },
  {
    id: 'buildContext',
    asks: 'Folder with the Dockerfile and versions.json of your image',
    path: ['platform', 'buildContext'],
    example: './my-shop',
    when: isCustom,
    comment: {
      en: 'Folder of the Dockerfile; examples/custom-shop is one.',
      ja: 'Dockerfile のフォルダー。例は examples/custom-shop。',
    },
  },
  {
    id: 'adminPaths',
    asks: 'Admin paths of your software, parted by commas',
    path: ['platform', 'adminPaths'],
    example: '/admin',
    kind: 'list',
    when: isCustom,
    comment: {
      en: 'Answer 403 to the Internet, with everything below them; the VPN reaches them.',
      ja: 'インターネットには、その下も含めて 403 を返す。VPN からは届く。',
    },
  },
  {
    id: 'payment',
    asks: 'Payment provider (card data never touches the shop)',
    path: ['payment', 'provider'],
    choices: payment.shape.provider.options,
    comment: {
      en: 'Whose fields take the card data: decides which scripts pages may run.',
      ja: 'カード情報を受け取る会社。ページで動かせるスクリプトが決まる。',
    },
  },
  {
    id: 'account',
    asks: 'AWS account id, 12 digits',
    path: [...environmentPath, 'account'],
    example: '111122223333',
    comment: {
      en: 'AWS account, best one of its own.',
      ja: 'AWS アカウント。専用のものがよい。',
    },
  },
  {
    id: 'region',
    asks: 'Home region',
    path: [...environmentPath, 'region'],
    byDefault: () => 'ap-northeast-1',
    comment: {
      en: 'Home region; web ACL and its logs live in us-east-1 besides.',
      ja: 'ホームリージョン。Web ACL とそのログは us-east-1 にもある。',
    },
  },
  {
    id: 'tier',
    asks: 'Size (starter is away while its one zone of AWS is): "secure-shop cost --tier" tells what each costs',
    path: [...environmentPath, 'tier'],
    choices: tierNames,
    byDefault: () => 'starter',
    comment: {
      en: 'Size and availability, never a control: starter stands in one zone, and is away while that zone is.',
      ja: '規模と可用性。対策は変わらない。starter は一つのゾーンにあり、それが止まると店も止まる。',
    },
  },
  {
    id: 'domain',
    asks: 'Host name that customers type',
    path: [...environmentPath, 'domain'],
    example: 'shop.example.jp',
    comment: {
      en: 'What customers type.',
      ja: '顧客が入力する名前。',
    },
  },
  {
    id: 'hostedZoneName',
    asks: 'Name of the Route 53 hosted zone in which it lies',
    path: [...environmentPath, 'hostedZone', 'name'],
    byDefault: ({ domain = '' }) => domain.replace(/^(?:www|shop|store)\.(?=.*\.)/, ''),
    comment: {
      en: 'The zone of the domain.',
      ja: 'ドメインのゾーン。',
    },
  },
  {
    id: 'hostedZoneId',
    asks: 'Id of that hosted zone',
    path: [...environmentPath, 'hostedZone', 'id'],
    example: 'Z0123456789ABCDEFGHIJ',
    comment: {
      en: 'aws route53 list-hosted-zones-by-name shows it.',
      ja: 'aws route53 list-hosted-zones-by-name で表示できる。',
    },
  },
  {
    id: 'alarmEmails',
    asks: 'Who gets the alarms: addresses, parted by commas',
    path: [...environmentPath, 'alarms', 'emails'],
    example: 'owner@example.jp',
    kind: 'list',
    comment: {
      en: 'AWS sends each address a mail that must be confirmed.',
      ja: 'AWS が各アドレスに確認のメールを送る。リンクを押す必要がある。',
    },
  },
  {
    id: 'adminName',
    asks: 'First admin: a short name for certificate and logs',
    path: [...environmentPath, 'admin', 'people', 0, 'name'],
    example: 'hana',
    comment: {
      en: 'One certificate a person, each revocable alone.',
      ja: '一人に一つの証明書。一つずつ失効できる。',
    },
  },
  {
    id: 'adminEmail',
    asks: 'Address of the first admin',
    path: [...environmentPath, 'admin', 'people', 0, 'email'],
    example: 'hana@example.jp',
    comment: { en: '', ja: '' },
  },
  {
    id: 'contractorName',
    asks: 'A contractor who gets in, too: short name (empty: nobody)',
    path: [...environmentPath, 'admin', 'people', 1, 'name'],
    byDefault: () => '',
    comment: {
      en: 'The contractor: take this entry away when the contract ends.',
      ja: '委託先。契約が終わったら、この項目を消す。',
    },
  },
  {
    id: 'contractorEmail',
    asks: 'Address of the contractor',
    path: [...environmentPath, 'admin', 'people', 1, 'email'],
    example: 'yui@agency.example.jp',
    when: hasContractor,
    comment: { en: '', ja: '' },
  },
  {
    id: 'mail',
    asks: 'How mails leave the shop',
    path: [...environmentPath, 'mail'],
    choices: ['ses', 'smtp', 'none'],
    byDefault: () => 'ses',
    comment: {
      en: 'Amazon SES, a mail server, or none for a shop whose customers get no mail.',
      ja: 'Amazon SES かメールサーバー。顧客にメールを送らない店では none。',
    },
  },
  {
    id: 'mailHost',
    asks: 'Mail server',
    path: [...environmentPath, 'mail', 'host'],
    example: 'smtp.mail.example.com',
    when: hasServer,
    comment: {
      en: 'Mail server; its login is written into a secret after the deploy.',
      ja: 'メールサーバー。そのログインはデプロイの後にシークレットへ書き込む。',
    },
  },
  {
    id: 'mailFrom',
    asks: 'Sender of the mails',
    path: [...environmentPath, 'mail', 'from'],
    example: 'orders@shop.example.jp',
    when: hasServer,
    comment: {
      en: 'Sender.',
      ja: '差出人。',
    },
  },
];

/** `--hosted-zone-id` of `hostedZoneId` */
export function flagOf(id: string): string {
  return `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function isAsked({ when }: Question, answers: Answers): boolean {
  return when === undefined || when(answers);
}
