import type { Level } from './levels.ts';

export type Language = 'en' | 'ja';

interface Words {
  /** What happened. */
  readonly what: string;
  /** What to do before anything else. */
  readonly first: string;
}

interface Family {
  /** How soon somebody has to act, by its level: a threat is somebody at work, a weakness is a door left open. */
  readonly haste: keyof (typeof haste)['en'];
  /** Below docs/runbooks, without its ending. */
  readonly runbook: string;
  readonly words: Readonly<Record<Language, Words>>;
}

/** What findings are about, as an owner would say it. Which is told first where two are as bad: in this order. */
export const families = {
  attack: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Several signs together show an attack that is under way',
        first: 'Write down the time, delete nothing, and follow "The first hour" of the runbook',
      },
      ja: {
        what: '複数の兆候から、攻撃が進行中とみられます',
        first: '時刻を書き留め、何も消さずに、手順書の「最初の 1 時間」に従ってください',
      },
    },
  },
  data: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Files of the shop are read, copied or deleted in an unusual way',
        first: 'Write down the time, delete nothing, and follow "The first hour" of the runbook',
      },
      ja: {
        what: 'ショップのファイルが通常と異なる形で読み出し・コピー・削除されています',
        first: '時刻を書き留め、何も消さずに、手順書の「最初の 1 時間」に従ってください',
      },
    },
  },
  credentials: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'An access to the AWS account is used in an unusual way: a password or a key may be stolen',
        first: 'Ask the person whose access it is. If it was nobody of yours, follow the runbook',
      },
      ja: {
        what: 'AWS アカウントへのアクセスが通常と異なる形で使われています。パスワードやキーが盗まれたおそれがあります',
        first: 'その権限の持ち主に確認し、身に覚えがなければ手順書に従ってください',
      },
    },
  },
  intruder: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Something runs in the shop, or connects from it, that should not: somebody may have got in',
        first: 'Write down the time, do not restart or delete anything, and follow the runbook',
      },
      ja: {
        what: 'ショップ内で本来ないはずのプログラムや通信が見つかりました。侵入されたおそれがあります',
        first: '時刻を書き留め、再起動も削除もせずに、手順書に従ってください',
      },
    },
  },
  database: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Somebody logs in to the database, or tries to, in an unusual way',
        first: 'Ask who works on the database. If nobody does, follow the runbook',
      },
      ja: {
        what: 'データベースへの通常と異なるログイン、またはその試みがありました',
        first: '作業中の人がいるか確認し、いなければ手順書に従ってください',
      },
    },
  },
  malware: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'A file with malware was found',
        first: 'Let nobody open or download the file, find out who uploaded it, and follow the runbook',
      },
      ja: {
        what: 'マルウェアを含むファイルが見つかりました',
        first: '誰にもそのファイルを開かせず、アップロードした人を調べ、手順書に従ってください',
      },
    },
  },
  disabled: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'A protection of the AWS account was weakened or switched off',
        first: 'Ask who did it. If nobody meant it, take the change back and follow the runbook',
      },
      ja: {
        what: 'AWS アカウントの保護機能が弱められたか、無効にされました',
        first: '誰が変えたかを確かめ、意図したものでなければ元に戻して手順書に従ってください',
      },
    },
  },
  probing: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Somebody explores the shop or its AWS account from outside, looking for a way in',
        first: 'Look whether what is named here should be reachable at all; if not, follow the runbook',
      },
      ja: {
        what: '外部の何者かが、ショップまたは AWS アカウントの侵入口を探しています',
        first: 'ここに挙げたものが外から届くべきかを確かめ、そうでなければ手順書に従ってください',
      },
    },
  },
  threat: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'A threat was seen in the AWS account of the shop',
        first: 'Write down the time, delete nothing, and follow "The first hour" of the runbook',
      },
      ja: {
        what: 'ショップの AWS アカウントで脅威が見つかりました',
        first: '時刻を書き留め、何も消さずに、手順書の「最初の 1 時間」に従ってください',
      },
    },
  },
  shared: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Something of the shop is open to others outside its AWS account',
        first: 'Ask who changed it. If nobody meant it, take the change back and follow the runbook',
      },
      ja: {
        what: 'ショップのものが AWS アカウントの外に開かれています',
        first: '誰が変えたかを確かめ、意図したものでなければ元に戻して手順書に従ってください',
      },
    },
  },
  personal: {
    haste: 'threat',
    runbook: 'suspected-leak',
    words: {
      en: {
        what: 'Personal data, card numbers or passwords lie in a file where they may not belong',
        first:
          'Find out who put the file there and who can read it; if anybody else could, follow the runbook',
      },
      ja: {
        what: '個人情報、カード番号またはパスワードが、置くべきでない場所のファイルに見つかりました',
        first: '誰が置き、誰が読めるかを確かめ、他人が読めたのであれば手順書に従ってください',
      },
    },
  },
  vulnerable: {
    haste: 'weakness',
    runbook: 'patching',
    words: {
      en: {
        what: 'Software of the shop has a known hole',
        first: 'See whether the next weekly rebuild closes it, or start one now as the runbook says',
      },
      ja: {
        what: 'ショップのソフトウェアに既知の脆弱性があります',
        first: '毎週の再ビルドで直るかを確かめ、待てなければ手順書のとおり今すぐ再ビルドしてください',
      },
    },
  },
  unscanned: {
    haste: 'weakness',
    runbook: 'unforeseen-finding',
    words: {
      en: {
        what: 'A file could not be searched for malware',
        first: 'Let nobody open the file until it is known to be harmless',
      },
      ja: {
        what: 'ファイルのマルウェア検査ができませんでした',
        first: '安全と分かるまで、誰にもそのファイルを開かせないでください',
      },
    },
  },
  setting: {
    haste: 'weakness',
    runbook: 'unforeseen-finding',
    words: {
      en: {
        what: 'A setting in the AWS account is not as a security rule wants it',
        first: 'Ask who changed it. If nobody meant it, change it back as the runbook says',
      },
      ja: {
        what: 'AWS アカウントの設定がセキュリティ基準に合っていません',
        first: '誰が変えたかを確かめ、意図したものでなければ手順書のとおり元に戻してください',
      },
    },
  },
  blind: {
    haste: 'weakness',
    runbook: 'unforeseen-finding',
    words: {
      en: {
        what: 'A security service says that it cannot see a part of the shop any more',
        first: 'Open the console of the service that is named here: it says what it cannot see, and why',
      },
      ja: {
        what: 'セキュリティサービスが、ショップの一部を見られなくなったと知らせています',
        first: '下に示すサービスのコンソールを開き、何が見えないのか、その理由を確かめてください',
      },
    },
  },
  unknown: {
    haste: 'threat',
    runbook: 'unforeseen-finding',
    words: {
      en: {
        what: 'A security service found something of a kind that this mail has no words for yet',
        first: 'Open the console of the service that is named here, and read it there',
      },
      ja: {
        what: 'セキュリティサービスが、この通知にまだ説明文のない種類のものを見つけました',
        first: '下に示すサービスのコンソールを開き、内容を確かめてください',
      },
    },
  },
  garbled: {
    haste: 'threat',
    runbook: 'unforeseen-finding',
    words: {
      en: {
        what: 'A finding came that could be read in part, or not at all',
        first: 'Open the console of the service that is named here, and look for what it found at this time',
      },
      ja: {
        what: '一部しか、またはまったく読み取れない検出結果が届きました',
        first: '下に示すサービスのコンソールを開き、この時刻の検出結果を確かめてください',
      },
    },
  },
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof families;

export const familyNames = Object.keys(families) as FamilyName[];

export const levelNames: Readonly<Record<Language, Readonly<Record<Level, string>>>> = {
  en: { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' },
  ja: { critical: '緊急', high: '高', medium: '中', low: '低' },
};

export const haste = {
  en: {
    threat: {
      critical: 'act at once, at any hour',
      high: 'act within the hour',
      medium: 'look at it today',
      low: 'look at it this week',
    },
    weakness: {
      critical: 'act today',
      high: 'act within a week',
      medium: 'act within a month',
      low: 'act when there is time',
    },
  },
  ja: {
    threat: {
      critical: '昼夜を問わず、すぐに対応',
      high: '1 時間以内に対応',
      medium: '今日中に確認',
      low: '今週中に確認',
    },
    weakness: {
      critical: '今日中に対応',
      high: '1 週間以内に対応',
      medium: '1 か月以内に対応',
      low: '時間のあるときに対応',
    },
  },
} as const satisfies Readonly<
  Record<Language, Readonly<Record<'threat' | 'weakness', Readonly<Record<Level, string>>>>>
>;
