import { account } from '../preflight/checks/account.ts';
import { access } from './access.ts';
import { alarms, mails } from './alarms.ts';
import { backups } from './backups.ts';
import { blocked } from './blocked.ts';
import { certificates } from './certificates.ts';
import { design } from './design.ts';
import { door } from './door.ts';
import { drift } from './drift.ts';
import { hub, threats } from './findings.ts';
import { hosts } from './hosts.ts';
import { image } from './image.ts';
import type { Question } from './question.ts';
import { restoreTest } from './restore-test.ts';
import { secrets } from './secrets.ts';
import { anything, stacks } from './stacks.ts';
import { tasks } from './tasks.ts';

/** What an owner wants to know on one screen, in this order. */
export const questions: readonly Question[] = [
  account,
  anything,
  stacks,
  tasks,
  image,
  hosts,
  secrets,
  access,
  door,
  certificates,
  backups,
  restoreTest,
  blocked,
  threats,
  hub,
  alarms,
  mails,
  design,
  drift,
];
