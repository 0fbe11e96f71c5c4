import type { Check } from '../../account/check.ts';
import { account } from './account.ts';
import { accountServices, backups, inspector, recorderRole } from './account-services.ts';
import { bootstrap } from './bootstrap.ts';
import { caa } from './caa.ts';
import { certificates } from './certificates.ts';
import { cloudFront } from './cloudfront.ts';
import { hostedZone } from './hosted-zone.ts';
import { imageParameter } from './image-parameter.ts';
import { leftovers } from './leftovers.ts';
import { mailSecret } from './mail-secret.ts';
import { quotas } from './quotas.ts';
import { records } from './records.ts';
import { ses } from './ses.ts';
import { sourceConnection } from './source-connection.ts';
import { vpnCertificate } from './vpn-certificate.ts';
import { zones } from './zones.ts';

/** In the order in which an owner meets them. */
export const checks: readonly Check[] = [
  account,
  bootstrap,
  hostedZone,
  caa,
  records,
  quotas,
  zones,
  cloudFront,
  accountServices,
  recorderRole,
  inspector,
  backups,
  certificates,
  vpnCertificate,
  mailSecret,
  ses,
  sourceConnection,
  leftovers,
  imageParameter,
];
