import { asWritten, at, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip } from '../rule.ts';

/** The database writes down who signed in; the VPN who connected. */
export const sessionLogs = defineRule({
  invariant: 'LOG1',
  finding: 'SessionLogs',
  en: 'The database and the VPN record who connected',
  ja: 'データベースとVPNが接続者を記録する',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::EC2::ClientVpnEndpoint'],
  judge(resource, { declared, graph }) {
    const { type, properties } = resource;
    if (isClusterMember(resource)) return skip('writes the logs of its cluster');
    if (type === 'AWS::EC2::ClientVpnEndpoint') {
      const options = properties.ConnectionLogOptions;
      return isTrue(at(options, 'Enabled')) && at(options, 'CloudwatchLogGroup') !== undefined
        ? pass('connections are recorded')
        : fail('ConnectionLogOptions.Enabled is not true');
    }
    if (!declared) return skip('not part of a declared shop');
    const exports = list(properties.EnableCloudwatchLogsExports).map(asWritten);
    const needed = /postgres/.test(text(properties.Engine) ?? '') ? ['postgresql'] : ['audit', 'error'];
    const missing = needed.filter((name) => !exports.includes(name));
    if (missing.length > 0) return fail(`does not export its ${missing.join(' and ')} log`);
    // RDS writes to a group of this name, and makes one without key or retention where none is.
    const folder =
      type === 'AWS::RDS::DBInstance'
        ? `/aws/rds/instance/${text(properties.DBInstanceIdentifier) ?? ''}/`
        : `/aws/rds/cluster/${text(properties.DBClusterIdentifier) ?? ''}/`;
    const unmade = exports.filter(
      (name) => graph.target(`${folder}${name}`, 'AWS::Logs::LogGroup') === undefined,
    );
    return unmade.length > 0
      ? fail(
          `exports its log to a group that RDS makes: expected ${unmade.map((name) => folder + name).join(', ')}`,
        )
      : pass(`exports ${exports.join(', ')}`);
  },
});
