import { account } from '../preflight/checks/account.ts';
import { backups as backupOptIns, inspector } from '../preflight/checks/account-services.ts';
import { hostedZone } from '../preflight/checks/hosted-zone.ts';
import { mailSecret } from '../preflight/checks/mail-secret.ts';
import { ses } from '../preflight/checks/ses.ts';
import { sourceConnection } from '../preflight/checks/source-connection.ts';
import { access } from './access.ts';
import { alarms, mails } from './alarms.ts';
import { backupPlan } from './backup-plan.ts';
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
import { analyzer, macie, recorder, trail } from './watchers.ts';

/** What an owner wants to know on one screen, in this order. What a deploy needed may be lost afterwards, too. */
export const questions: readonly Question[] = [
  account,
  anything,
  stacks,
  tasks,
  image,
  inspector,
  sourceConnection,
  hosts,
  secrets,
  mailSecret,
  access,
  door,
  certificates,
  hostedZone,
  ses,
  backupOptIns,
  backupPlan,
  backups,
  restoreTest,
  blocked,
  threats,
  hub,
  recorder,
  analyzer,
  macie,
  trail,
  alarms,
  mails,
  design,
  drift,
];
