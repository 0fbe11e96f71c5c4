import { at, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** The exported log holds something only if the engine writes it. */
export const databaseAudit = defineRule({
  invariant: 'LOG1',
  finding: 'DatabaseAudit',
  en: 'The database writes sign-ins and changes of rights to its log',
  ja: 'データベースがログインと権限変更をログに書く',
  appliesTo: ['AWS::RDS::DBClusterParameterGroup'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const parameter = (name: string) => text(at(properties.Parameters, name));
    const on = (name: string): Verdict =>
      ['1', 'on', 'true'].includes((parameter(name) ?? '').toLowerCase())
        ? pass(`${name} is on`)
        : fail(`${name} is ${parameter(name) ?? 'not set'}; expected 1`);
    if (/postgresql/.test(text(properties.Family) ?? '')) {
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
