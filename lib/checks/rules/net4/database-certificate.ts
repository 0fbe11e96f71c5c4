import { asWritten } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { judgeServiceTls, serviceTlsTypes } from './service-tls.ts';

/** Clients check who they speak to; they cannot when the certificate is of an authority that has ended. */
export const databaseCertificate = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseCertificate',
  en: 'Databases present a certificate of a current authority, and other data services ask for TLS',
  ja: 'データベースは有効な認証局の証明書を使い、ほかのデータサービスはTLSを要求する',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', ...serviceTlsTypes],
  judge({ type, properties }) {
    if (serviceTlsTypes.includes(type)) return judgeServiceTls(type, properties);
    const authority = properties.CACertificateIdentifier;
    if (authority === undefined) return skip('takes the authority of the day');
    // rds-ca-2019 ended in August 2024; those of today say their algorithm.
    return /^rds-ca-(rsa|ecc)\d+-g\d+$/.test(asWritten(authority))
      ? pass(`presents a certificate of ${asWritten(authority)}`)
      : fail(`CACertificateIdentifier is ${asWritten(authority)}, an authority that has ended`);
  },
});
