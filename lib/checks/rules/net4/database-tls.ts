import { asWritten, at, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip, type Verdict } from '../rule.ts';

/** The server refuses a login that is not encrypted, whatever the client asks for. */
export const databaseTls = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseTls',
  en: 'Databases refuse connections without TLS',
  ja: 'データベースはTLSなしの接続を拒否する',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  judge(database, { graph, declared }) {
    if (isClusterMember(database)) return skip('follows its cluster');
    const { properties } = database;
    const group =
      graph.target(properties.DBClusterParameterGroupName, 'AWS::RDS::DBClusterParameterGroup') ??
      graph.target(properties.DBParameterGroupName, 'AWS::RDS::DBParameterGroup');
    const engine = text(properties.Engine) ?? '';
    return judgeParameters(
      engine,
      text(properties.EngineVersion),
      at(group?.properties, 'Parameters'),
      declared,
    );
  },
});

/** The same property, seen from the parameter group: a change there is reported there. */
export const parameterGroupTls = defineRule({
  invariant: 'NET4',
  finding: 'ParameterGroupTls',
  en: 'Database parameters require TLS',
  ja: 'データベースのパラメータがTLSを要求する',
  appliesTo: ['AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup'],
  judge(group, { graph, declared }) {
    const users = graph
      .ofType('AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')
      .filter(
        ({ properties }) =>
          graph.target(properties.DBClusterParameterGroupName, group.type) === group ||
          graph.target(properties.DBParameterGroupName, group.type) === group,
      )
      .filter((database) => !isClusterMember(database));
    if (users.length === 0) return skip('no cluster uses it');
    return users.map(({ properties }) =>
      judgeParameters(
        text(properties.Engine) ?? '',
        text(properties.EngineVersion),
        group.properties.Parameters,
        declared,
      ),
    );
  },
});

function judgeParameters(
  engine: string,
  version: string | undefined,
  parameters: Value | undefined,
  declared: boolean,
): Verdict {
  const on = (value: Value | undefined) => ['1', 'on', 'true'].includes(asWritten(value).toLowerCase());
  if (/postgres/.test(engine)) {
    const forced = at(parameters, 'rds.force_ssl');
    const oldest = text(at(parameters, 'ssl_min_protocol_version'));
    if (oldest !== undefined && !/^TLSv1\.[23]$/.test(oldest)) return fail(`accepts ${oldest}`);
    if (text(at(parameters, 'password_encryption')) === 'md5')
      return fail('password_encryption is md5, which is replayed from a stolen hash');
    if (on(forced)) return pass('rds.force_ssl is on');
    // From version 15 on (Aurora: 17) the engine's own default is to force TLS.
    const major = Number(version?.split('.')[0]);
    if (forced === undefined && !declared && major >= (engine.startsWith('aurora') ? 17 : 15))
      return pass('forces TLS by default');
    return fail('rds.force_ssl is not 1: connections without TLS are accepted');
  }
  if (/mysql|mariadb/.test(engine)) {
    if (!on(at(parameters, 'require_secure_transport'))) {
      return fail('require_secure_transport is not ON: connections without TLS are accepted');
    }
    const versions = text(at(parameters, 'tls_version'));
    const old =
      versions === undefined
        ? []
        : list(versions.split(',')).filter((each) => !/^\s*TLSv1\.[23]\s*$/.test(asWritten(each)));
    return old.length > 0
      ? fail(`tls_version accepts ${old.join(', ')}`)
      : pass('require_secure_transport is on');
  }
  return skip(`how ${engine || 'the engine'} requires TLS is not known here`);
}
