import type { Outcome } from './judge-restores.ts';

/** A file as it was read: of a long one its beginning. */
export interface Print {
  /** In bytes, of the whole file. */
  readonly size: number;
  /** SHA-256 of what was read. */
  readonly hash: string;
  /** Undefined: nobody knows how a file of its kind begins. */
  readonly beginsRight: boolean | undefined;
}

/** What is said of one file of a copy. */
export type Look = Print | { readonly missing: true } | { readonly unreadable: string };

/** Live files that have been as they are since before the backup. */
export interface Survey {
  readonly count: number;
  /** Some of them, picked by chance, by path. */
  readonly sample: Readonly<Record<string, Print>>;
}

export interface Copied {
  readonly count: number;
  /** Of every file of the sample. */
  readonly looks: Readonly<Record<string, Look>>;
}

export interface Moments {
  readonly madeAt: Date;
  readonly testedAt: Date;
}

/** How much of each file is read, in bytes. */
export const mostRead = 4 * 1024 * 1024;
/** How many files are opened: enough that a twentieth of them cannot be bad unseen, nineteen times in twenty. */
export const mostOpened = 60;
/** A backup is made every day: one that is older was not followed by others. In days. */
const oldest = 2;
/** A backup takes its time: what was changed this shortly before it was begun may or may not be in it. In milliseconds. */
const slack = 3_600_000;

/** Of which moment on a change of a live file is no fault of its backup. */
export function unchangedSince(madeAt: Date): Date {
  return new Date(madeAt.getTime() - slack);
}

/**
 * @param madeAt when the backup was made
 * @param testedAt when it was restored
 */
export function ageProblems({ madeAt, testedAt }: Moments): string[] {
  const days = (testedAt.getTime() - madeAt.getTime()) / 86_400_000;
  return days > oldest
    ? [`it was made ${days.toFixed(1)} days before the test, and one should be made each day`]
    : [];
}

/**
 * What is wrong with a copy of files, each as a person can read it, and no name of a file: customers choose names.
 *
 * @param moments as `ageProblems`
 */
export function compareFiles(
  live: Survey,
  copied: Copied,
  moments: Moments,
): Pick<Outcome, 'problems'> & { readonly summary: string } {
  const opened = Object.entries(live.sample).map(([path, print]) => ({ print, look: copied.looks[path] }));
  const missing = opened.filter(({ look }) => look === undefined || 'missing' in look).length;
  const reasons = opened.flatMap(({ look }) => (look && 'unreadable' in look ? [look.unreadable] : []));
  const read = opened.flatMap(({ print, look }) => (look && 'hash' in look ? [{ print, look }] : []));
  const different = read.filter(({ print, look }) => print.size !== look.size || print.hash !== look.hash);
  const known = read.filter(({ look }) => look.beginsRight !== undefined);
  const strange = known.filter(({ look }) => !look.beginsRight).length;
  const of = `of ${opened.length} files that were opened`;
  return {
    summary: `${copied.count} files, ${read.length} opened and as in the shop`,
    problems: [
      ...ageProblems(moments),
      ...(copied.count === 0 && live.count > 0
        ? [`it is empty, and the shop has ${live.count} files that are older than it`]
        : [
            ...(copied.count < live.count
              ? [`it has ${copied.count} files, and the shop has ${live.count} that are older than it`]
              : []),
            ...(missing > 0 ? [`${missing} ${of} are missing`] : []),
          ]),
      ...(live.count === 0 && copied.count > 0
        ? [
            `nothing could be compared: it has ${copied.count} files, and the shop has none that is older than it`,
          ]
        : []),
      ...(reasons.length > 0 ? [`${reasons.length} ${of} cannot be read: ${reasons[0]}`] : []),
      ...(different.length > 0 ? [`${different.length} ${of} hold something else than in the shop`] : []),
      // One picture under a wrong name is the shop's own business.
      ...(strange > Math.max(1, known.length / 5)
        ? [
            `${strange} of ${known.length} pictures that were opened are none, as if somebody had encrypted them`,
          ]
        : []),
    ],
  };
}
