import { UserError } from '../../../cli/user-error.ts';

export const whats = ['database', 'files', 'both'] as const;
export type What = (typeof whats)[number];

/** What somebody wants back. */
export interface Wish {
  /** The last moment at which all was right. Undefined: only look at what there is. */
  readonly at: Date | undefined;
  readonly what: What;
  /** @default the region of the environment */
  readonly region: string | undefined;
}

/** Without its zone a time means another moment in Tokyo than in AWS. */
const moment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

/** @param now without it, any moment has come. @throws UserError with everything that is wrong, for what was typed */
export function readWish(
  { at, what = 'both', region }: { at?: string; what?: string; region?: string },
  now?: Date,
): Wish {
  const problems: string[] = [];
  const time = at === undefined ? undefined : new Date(at.replace(' ', 'T'));
  if (at !== undefined && (!moment.test(at) || Number.isNaN(time?.getTime())))
    problems.push(
      `--at: found "${at}"; write the moment with its time zone, such as "2026-11-29T03:00+09:00" or "2026-11-28T18:00Z"`,
    );
  else if (time && now && time > now)
    problems.push(
      `--at: ${time.toISOString()} has not come yet (it is ${now.toISOString()}); write an earlier moment`,
    );
  const wanted = whats.find((each) => each === what);
  if (wanted === undefined) problems.push(`--what: found "${what}"; write one of ${whats.join(', ')}`);
  if (problems.length > 0 || wanted === undefined) throw new UserError(problems);
  return { at: time, what: wanted, region };
}
