import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip, type Verdict } from '../rule.ts';

/** The exported log holds something only if the engine writes it. */
export const databaseAudit = defineRule({
  invariant: 'LOG1',
  finding: 'DatabaseAudit',
  en: 'The database writes sign-ins and changes of rights to its log',
  ja: 'データベースがログインと権限変更をログに書く',
  appliesTo: ['AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBInstance'],
  judge(resource, { declared, graph }) {
    if (!declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::RDS::DBInstance') return judgeOptions(resource, graph);
    const { type, properties } = resource;
    const parameter = (name: string) => text(at(properties.Parameters, name));
    const on = (name: string): Verdict =>
      ['1', 'on', 'true'].includes((parameter(name) ?? '').toLowerCase())
        ? pass(`${name} is on`)
        : fail(`${name} is ${parameter(name) ?? 'not set'}; expected 1`);
    if (/postgres/.test(text(properties.Family) ?? '')) {
      const audited = (parameter('pgaudit.log') ?? '').split(',').map((each) => each.trim());
      return [
        on('log_connections'),
        on('log_disconnections'),
        ['role', 'ddl'].every((each) => audited.includes(each)) || audited.includes('all')
          ? pass('rights and definitions are audited')
          : fail(`pgaudit.log is ${parameter('pgaudit.log') ?? 'not set'}; expected role and ddl`),
        (parameter('shared_preload_libraries') ?? '').includes('pgaudit')
          ? pass('pgaudit is loaded')
          : fail('shared_preload_libraries does not load pgaudit'),
      ];
    }
    if (/mysql/.test(text(properties.Family) ?? '') && type === 'AWS::RDS::DBParameterGroup')
      return skip('an instance is audited by its options');
    if (/mysql/.test(text(properties.Family) ?? '')) {
      const events = (parameter('server_audit_events') ?? '').toUpperCase();
      return [
        on('server_audit_logging'),
        parameter('server_audit_excl_users')
          ? fail(`server_audit_excl_users leaves out ${parameter('server_audit_excl_users')}`)
          : pass('leaves nobody out'),
        /CONNECT/.test(events)
          ? pass('connections are audited')
          : fail(`server_audit_events is ${events || 'not set'}; expected CONNECT`),
      ];
    }
    return skip('an engine whose log is not known here');
  },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html */
function judgeOptions(instance: Resource, graph: EnvironmentGraph): Verdict {
  const { Engine, OptionGroupName } = instance.properties;
  if (isClusterMember(instance)) return skip('is audited as its cluster is');
  if (!/^(mysql|mariadb)$/.test(text(Engine) ?? '')) return skip('is audited by its parameters');
  const options = graph.target(OptionGroupName, 'AWS::RDS::OptionGroup');
  const plugin = list(options?.properties.OptionConfigurations).find(
    (option) => text(at(option, 'OptionName')) === 'MARIADB_AUDIT_PLUGIN',
  );
  if (plugin === undefined) return fail('has no MARIADB_AUDIT_PLUGIN among its options');
  const setting = (name: string) =>
    text(
      at(
        list(at(plugin, 'OptionSettings')).find((each) => text(at(each, 'Name')) === name),
        'Value',
      ),
    );
  const without = setting('SERVER_AUDIT_EXCL_USERS') ?? setting('SERVER_AUDIT_INCL_USERS');
  if (without !== undefined) return fail(`audits some users only (${without})`);
  const events = (setting('SERVER_AUDIT_EVENTS') ?? '').toUpperCase();
  return /CONNECT/.test(events) && /QUERY/.test(events)
    ? pass('connections and changes of rights are audited')
    : fail(`SERVER_AUDIT_EVENTS is ${events || 'not set'}; expected CONNECT,QUERY_DCL,QUERY_DDL`);
}
