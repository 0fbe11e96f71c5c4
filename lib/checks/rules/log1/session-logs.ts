import { dataClassOf } from '../../model/declarations.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { asWritten, at, isTrue, list, text, type ValueMap } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip, type Verdict } from '../rule.ts';

/** The database writes down who signed in; the VPN who connected; the secure browser what happened in a session. */
export const sessionLogs = defineRule({
  invariant: 'LOG1',
  finding: 'SessionLogs',
  en: 'The database, the VPN and the secure browser record who connected',
  ja: 'データベース・VPN・セキュアブラウザーが接続者を記録する',
  appliesTo: [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::EC2::ClientVpnEndpoint',
    'AWS::WorkSpacesWeb::Portal',
  ],
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
    if (type === 'AWS::WorkSpacesWeb::Portal') return judgePortal(properties, graph);
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

/** Every kind of event, those of tomorrow included, in a bucket of logs of these templates. */
function judgePortal(portal: ValueMap, graph: EnvironmentGraph): Verdict {
  const logger = graph.target(portal.SessionLoggerArn, 'AWS::WorkSpacesWeb::SessionLogger');
  if (!logger)
    return fail('no session logger of these templates records what happens in it (SessionLoggerArn)');
  const { EventFilter, LogConfiguration } = logger.properties;
  if (at(EventFilter, 'All') === undefined)
    return fail(`${logger.logicalId} records some events only (EventFilter.All)`);
  const bucket = graph.target(at(LogConfiguration, 'S3', 'Bucket'), 'AWS::S3::Bucket');
  return bucket && dataClassOf(bucket) === 'logs'
    ? pass(`its sessions are recorded in ${bucket.logicalId}`)
    : fail(`${logger.logicalId} writes to no bucket of logs of these templates`);
}
