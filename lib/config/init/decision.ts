/** A text in both languages of the documents. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

export const ways = ['mall', 'outsourced', 'own'] as const;
export type Way = (typeof ways)[number];

/** What an owner answers before anything is configured. */
export interface Situation {
  /** Who looks after the shop. */
  readonly keeper: 'me' | 'contractor' | 'nobody';
  /** Hours a week that this person has for it. */
  readonly hours: number;
  /** US dollars a month for running it, without work and fees. */
  readonly budget: number;
  /** How much freedom of design is needed. */
  readonly design: 'standard' | 'own';
  /** What is kept of customers. */
  readonly data: 'orders' | 'accounts' | 'sensitive';
}

export interface Recommendation {
  readonly way: Way;
  readonly reasons: readonly Bilingual[];
}

/** What the smallest environment costs a month, rounded up: docs/cost.md. */
export const smallestBudget = 230;
/** Reading alarms, the weekly image, orders that went wrong, and a quarter's review, spread over the weeks. */
const leastHours = 1;
const hoursOfKeeper = 4;

const reasons = {
  nobody: {
    en: 'Nobody looks after it. A shop that nobody looks after is the kind that is breached.',
    ja: '管理する人がいません。管理されていないショップこそ、侵入されるショップです。',
  },
  noTime: {
    en: `Less than ${leastHours} hour a week does not suffice to read alarms and to let updates through.`,
    ja: `週 ${leastHours} 時間未満では、アラームの確認と更新の承認に足りません。`,
  },
  noBudget: {
    en: `The smallest environment costs about ${smallestBudget} USD a month before any work or fee.`,
    ja: `最小の環境でも、人件費や手数料を除いて月に約 ${smallestBudget} ドルかかります。`,
  },
  standardDesign: {
    en: 'A standard design needs no software of its own, and the time for it is short.',
    ja: '標準のデザインで足りるなら自前のソフトウェアは不要で、使える時間も限られています。',
  },
  contractor: {
    en: 'A contractor looks after it: then the contract decides how safe it is.',
    ja: '外部の会社が管理します。安全性は契約の内容で決まります。',
  },
  fewHours: {
    en: `Less than ${hoursOfKeeper} hours a week is little for somebody who is new to it.`,
    ja: `初めての人にとって、週 ${hoursOfKeeper} 時間未満では足りません。`,
  },
  enough: {
    en: 'There are a person, the hours and the budget for it.',
    ja: '担当者、時間、予算がそろっています。',
  },
  sensitive: {
    en: 'What you keep of customers hurts them if it leaks: ask a lawyer which duties come with it, whichever way you go.',
    ja: '漏えいすれば顧客に害が及ぶ情報を扱います。どの方法を選ぶ場合も、法的な義務を専門家に確認してください。',
  },
  accounts: {
    en: 'Customer accounts are passwords that can leak: guest orders avoid them.',
    ja: '会員登録はパスワードを預かることです。ゲスト注文なら預からずに済みます。',
  },
} as const satisfies Record<string, Bilingual>;

/** A mall, a contractor, or a shop of one's own: never more than a recommendation. */
export function recommend({ keeper, hours, budget, design, data }: Situation): Recommendation {
  const duties = data === 'sensitive' ? [reasons.sensitive] : data === 'accounts' ? [reasons.accounts] : [];
  const mall = [
    ...(keeper === 'nobody' ? [reasons.nobody] : []),
    ...(hours < leastHours ? [reasons.noTime] : []),
    ...(budget < smallestBudget ? [reasons.noBudget] : []),
    ...(design === 'standard' && keeper === 'me' && hours < hoursOfKeeper ? [reasons.standardDesign] : []),
  ];
  if (mall.length > 0) return { way: 'mall', reasons: [...mall, ...duties] };
  if (keeper === 'contractor') return { way: 'outsourced', reasons: [reasons.contractor, ...duties] };
  if (hours < hoursOfKeeper) return { way: 'outsourced', reasons: [reasons.fewHours, ...duties] };
  return { way: 'own', reasons: [reasons.enough, ...duties] };
}

interface TradeOffs {
  readonly name: Bilingual;
  readonly fees: Bilingual;
  readonly design: Bilingual;
  readonly data: Bilingual;
  readonly work: Bilingual;
}

export const tradeOffs: Readonly<Record<Way, TradeOffs>> = {
  mall: {
    name: { en: 'a mall', ja: 'モールに出店する' },
    fees: {
      en: 'a monthly fee, and a royalty and payment fees on every sale',
      ja: '月額の出店料に加え、売上ごとのロイヤリティと決済手数料',
    },
    design: {
      en: "the mall's pages, with your pictures and texts",
      ja: 'モールの画面に自社の画像と文章を載せる',
    },
    data: {
      en: "the mall's customers: it decides what you learn of them and whether you may write to them",
      ja: '顧客はモールの会員。得られる情報も、連絡の可否もモールが決める',
    },
    work: {
      en: 'products and orders; the mall runs and patches the rest',
      ja: '商品と注文の管理のみ。運用と更新はモールが行う',
    },
  },
  outsourced: {
    name: { en: 'a contractor runs it', ja: '外部の会社に任せる' },
    fees: {
      en: 'running costs, and a contract for setting up and for looking after',
      ja: '運用費に加え、構築と保守の契約料',
    },
    design: { en: 'as free as what you pay for', ja: '費用に応じて自由' },
    data: {
      en: "your customers and your duty, also when the contractor's mistake leaks them",
      ja: '顧客も責任も自社のもの。委託先の過失による漏えいでも同じ',
    },
    work: {
      en: 'choosing, contract, and asking for proof: reports, patch dates, access lists',
      ja: '委託先の選定、契約、そして報告書・更新日・アクセス権一覧などの確認',
    },
  },
  own: {
    name: { en: 'a shop of your own', ja: '自社で運営する' },
    fees: {
      en: `running costs from about ${smallestBudget} USD a month, and payment fees; no royalty`,
      ja: `月約 ${smallestBudget} ドルからの運用費と決済手数料。ロイヤリティはなし`,
    },
    design: { en: 'free', ja: '自由' },
    data: { en: 'your customers, your duty', ja: '顧客も責任も自社のもの' },
    work: {
      en: 'everything, at least four hours a week, holidays included',
      ja: 'すべて。休日を含め、週 4 時間以上',
    },
  },
};

/** What a contract with whoever runs the shop must settle. */
export const contractPoints: readonly Bilingual[] = [
  {
    en: 'Scope: who patches what within how many days, who reads alarms at night, who keeps backups, and what is not included.',
    ja: '範囲：何を何日以内に更新するか、夜間のアラームを誰が見るか、バックアップを誰が持つか、含まれないものは何か。',
  },
  {
    en: 'Track record: shops of this kind they run, how long, who of them knows this software, what happened at the last incident.',
    ja: '実績：同種のショップの運営数と年数、このソフトウェアに詳しい担当者、直近の事故とその対応。',
  },
  {
    en: 'Who answers for a leak: notice to you within how many hours, who tells customers and the authority, who pays, with which insurance.',
    ja: '漏えい時の責任：何時間以内に知らせるか、顧客と監督機関への連絡、費用の負担、保険。',
  },
  {
    en: 'Access: accounts in your name, a login for each person, taken away when the person or the contract goes.',
    ja: 'アクセス：アカウントは自社名義、ログインは 1 人ずつ、担当者の交代や契約終了時には削除。',
  },
  {
    en: 'The end: how you get data, code, domain and keys, and until when theirs are deleted.',
    ja: '終了：データ、コード、ドメイン、鍵の引き渡し方法と、先方での削除期限。',
  },
];
