import { packName } from '../../declarations/pack-name.ts';
import { adm } from './adm.ts';
import { alm } from './alm.ts';
import { dat } from './dat.ts';
import type { Guidance } from './guidance.ts';
import { log } from './log.ts';
import { net } from './net.ts';
import { ops } from './ops.ts';
import { pat } from './pat.ts';
import { sec } from './sec.ts';

/** By invariant and finding, such as `NET1[PublicSubnet]`. */
export const guidance: Readonly<Record<string, Guidance>> = {
  ...net,
  ...adm,
  ...sec,
  ...dat,
  ...pat,
  ...log,
  ...alm,
  ...ops,
};

/** Of every rule that compares with what a construct promised. */
const promised: Guidance = {
  weight: 'high',
  risk: {
    en: 'A setting is weaker than its construct made it, so that what the construct is for may no longer hold.',
    ja: 'コンストラクトが作った設定より弱く、本来の目的が果たされない恐れがあります。',
  },
  remedy: {
    en: 'Take the change back, or make it where the construct is made, so that it is promised and reviewed there.',
    ja: '変更を取り消すか、コンストラクトを作る場所で変更し、そこで確認を受けてください。',
  },
};

/** @param id of a rule of our own pack, such as `SecureShop-NET1[PublicSubnet]` */
export function guidanceOf(id: string): Guidance | undefined {
  const name = id.slice(packName.length + 1);
  return guidance[name] ?? (name.endsWith('[Promised]') ? promised : undefined);
}

/** The section of a rule in the documentation of this package; the heading is the rule's id, spelled as Markdown links to it. */
export function rulePage(id: string): string {
  return `docs/rules.md#${id.toLowerCase().replace(/[^a-z0-9 -]/g, '')}`;
}
