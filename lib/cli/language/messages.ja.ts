import { askedInJapanese } from './messages/asked.ja.ts';
import { deployingInJapanese } from './messages/deploying.ja.ts';
import { environmentInJapanese } from './messages/environment.ja.ts';
import { reviewedInJapanese } from './messages/reviewed.ja.ts';
import { toldInJapanese } from './messages/told.ja.ts';
import { usageInJapanese } from './messages/usage.ja.ts';
import { vpnInJapanese } from './messages/vpn.ja.ts';
import { workInJapanese } from './messages/work.ja.ts';
import type { Translation } from './pattern.ts';

/** What the command line itself says, in Japanese; of two rows that fit, the first counts. */
export const messagesInJapanese: readonly Translation[] = [
  ...usageInJapanese,
  ...workInJapanese,
  ...vpnInJapanese,
  ...environmentInJapanese,
  ...reviewedInJapanese,
  ...askedInJapanese,
  ...deployingInJapanese,
  ...toldInJapanese,
];
