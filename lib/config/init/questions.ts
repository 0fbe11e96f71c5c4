import type { Path } from '../problem.ts';
import { tierNames } from '../schema/environment.ts';
import { payment } from '../schema/payment.ts';

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
  /** Comment in the config. */
  readonly comment: string;
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
    comment: 'Begins the name of every stack; cannot be changed once the shop is deployed.',
  },
  {
    id: 'preset',
    asks: 'Shop software',
    path: ['platform', 'preset'],
    choices: ['woocommerce', 'ec-cube', 'custom'],
    byDefault: () => 'woocommerce',
    comment: 'The shop software: a preset, or a container of your own.',
  },
  {
    id: 'engine',
    asks: 'Database that your software speaks',
    path: ['platform', 'engine'],
    choices: ['postgresql', 'mysql'],
    byDefault: () => 'postgresql',
    when: isCustom,
    comment: 'Database engine.',
  },
  {
    id: 'port',
    asks: 'Port on which your container listens',
    path: ['platform', 'port'],
    example: '3000',
    kind: 'number',
    when: isCustom,
    comment: 'Port of the container.',
  },
  {
    id: 'healthPath',
    asks: 'Path that answers 200 when shop and database work',
    path: ['platform', 'healthPath'],
    byDefault: () => '/health',
    when: isCustom,
    comment: 'Answers 200 when shop and database work.',
  },
  {
    id: 'buildContext',
    asks: 'Folder with the Dockerfile and versions.json of your image',
    path: ['platform', 'buildContext'],
    example: './my-shop',
    when: isCustom,
    comment: 'Folder of the Dockerfile; examples/custom-shop is one.',
  },
  {
    id: 'adminPaths',
    asks: 'Admin paths of your software, parted by commas',
    path: ['platform', 'adminPaths'],
    example: '/admin',
    kind: 'list',
    when: isCustom,
    comment: 'Answer 403 to the Internet, with everything below them; the VPN reaches them.',
  },
  {
    id: 'payment',
    asks: 'Payment provider (card data never touches the shop)',
    path: ['payment', 'provider'],
    choices: payment.shape.provider.options,
    comment: 'Whose fields take the card data: decides which scripts pages may run.',
  },
  {
    id: 'account',
    asks: 'AWS account id, 12 digits',
    path: [...environmentPath, 'account'],
    example: '111122223333',
    comment: 'AWS account, best one of its own.',
  },
  {
    id: 'region',
    asks: 'Home region',
    path: [...environmentPath, 'region'],
    byDefault: () => 'ap-northeast-1',
    comment: 'Home region; web ACL and its logs live in us-east-1 besides.',
  },
  {
    id: 'tier',
    asks: 'Size (starter is away while its one zone of AWS is): "secure-shop cost --tier" tells what each costs',
    path: [...environmentPath, 'tier'],
    choices: tierNames,
    byDefault: () => 'starter',
    comment:
      'Size and availability, never a control: starter stands in one zone, and is away while that zone is.',
  },
  {
    id: 'domain',
    asks: 'Host name that customers type',
    path: [...environmentPath, 'domain'],
    example: 'shop.example.jp',
    comment: 'What customers type.',
  },
  {
    id: 'hostedZoneName',
    asks: 'Name of the Route 53 hosted zone in which it lies',
    path: [...environmentPath, 'hostedZone', 'name'],
    byDefault: ({ domain = '' }) => domain.replace(/^(?:www|shop|store)\.(?=.*\.)/, ''),
    comment: 'The zone of the domain.',
  },
  {
    id: 'hostedZoneId',
    asks: 'Id of that hosted zone',
    path: [...environmentPath, 'hostedZone', 'id'],
    example: 'Z0123456789ABCDEFGHIJ',
    comment: 'aws route53 list-hosted-zones-by-name shows it.',
  },
  {
    id: 'alarmEmails',
    asks: 'Who gets the alarms: addresses, parted by commas',
    path: [...environmentPath, 'alarms', 'emails'],
    example: 'owner@example.jp',
    kind: 'list',
    comment: 'AWS sends each address a mail that must be confirmed.',
  },
  {
    id: 'adminName',
    asks: 'First admin: a short name for certificate and logs',
    path: [...environmentPath, 'admin', 'people', 0, 'name'],
    example: 'hana',
    comment: 'One certificate a person, each revocable alone.',
  },
  {
    id: 'adminEmail',
    asks: 'Address of the first admin',
    path: [...environmentPath, 'admin', 'people', 0, 'email'],
    example: 'hana@example.jp',
    comment: '',
  },
  {
    id: 'contractorName',
    asks: 'A contractor who gets in, too: short name (empty: nobody)',
    path: [...environmentPath, 'admin', 'people', 1, 'name'],
    byDefault: () => '',
    comment: 'The contractor: take this entry away when the contract ends.',
  },
  {
    id: 'contractorEmail',
    asks: 'Address of the contractor',
    path: [...environmentPath, 'admin', 'people', 1, 'email'],
    example: 'yui@agency.example.jp',
    when: hasContractor,
    comment: '',
  },
  {
    id: 'mail',
    asks: 'How mails leave the shop',
    path: [...environmentPath, 'mail'],
    choices: ['ses', 'smtp', 'none'],
    byDefault: () => 'ses',
    comment: 'Amazon SES, a mail server, or none for a shop whose customers get no mail.',
  },
  {
    id: 'mailHost',
    asks: 'Mail server',
    path: [...environmentPath, 'mail', 'host'],
    example: 'smtp.mail.example.com',
    when: hasServer,
    comment: 'Mail server; its login is written into a secret after the deploy.',
  },
  {
    id: 'mailFrom',
    asks: 'Sender of the mails',
    path: [...environmentPath, 'mail', 'from'],
    example: 'orders@shop.example.jp',
    when: hasServer,
    comment: 'Sender.',
  },
];

/** `--hosted-zone-id` of `hostedZoneId` */
export function flagOf(id: string): string {
  return `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function isAsked({ when }: Question, answers: Answers): boolean {
  return when === undefined || when(answers);
}
