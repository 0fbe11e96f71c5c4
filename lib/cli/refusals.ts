import { inReaders } from './output.ts';

/** What a file system refuses that whoever called can mend, by its code. man 3 errno */
const refusals: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  ENOENT: { en: 'there is no such folder', ja: 'そのフォルダーがありません' },
  EACCES: { en: 'no right to write there', ja: '書き込む権限がありません' },
  EPERM: { en: 'it is not permitted there', ja: 'そこでは許されていません' },
  EROFS: { en: 'the file system is read-only', ja: '読み取り専用です' },
  ENOSPC: { en: 'the disk is full', ja: 'ディスクがいっぱいです' },
  EDQUOT: { en: 'the quota of the disk is used up', ja: 'ディスクの割り当てを使い切りました' },
  ENOTDIR: { en: 'a file stands where a folder is meant', ja: 'フォルダーのはずの所にファイルがあります' },
  EISDIR: { en: 'a folder stands where a file is meant', ja: 'ファイルのはずの所にフォルダーがあります' },
  ENAMETOOLONG: { en: 'the name is too long', ja: '名前が長すぎます' },
  ELOOP: { en: 'a link leads to itself', ja: 'リンクが自分を指しています' },
};

/** The code with what it means, in the language of the reader; the code alone when it is not known. */
export function refusalOf(code: string): string {
  const cause = refusals[code];
  return cause ? `${code}: ${inReaders(cause)}` : code;
}

/** Whether a file system refuses something with that code. */
export function isRefusal(code: string): boolean {
  return Object.hasOwn(refusals, code);
}
