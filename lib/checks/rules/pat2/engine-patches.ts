import { isFalse, text } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip, type Verdict } from '../rule.ts';

/** The database takes minor versions by itself, in a window somebody chose. */
export const enginePatches = defineRule({
  invariant: 'PAT2',
  finding: 'EnginePatches',
  en: 'Database engines take minor versions by themselves, inside a declared window',
  ja: 'データベースは宣言した時間帯に自動でマイナー更新される',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  judge(database, { declared }) {
    const { properties, type } = database;
    const verdicts: Verdict[] = [];
    if (isFalse(properties.AutoMinorVersionUpgrade)) verdicts.push(fail('AutoMinorVersionUpgrade is false'));
    // A cluster's members upgrade if each says so; unsaid means yes.
    else if (type === 'AWS::RDS::DBInstance') verdicts.push(pass('minor versions are automatic'));
    const window = text(properties.PreferredMaintenanceWindow);
    if (declared && !isClusterMember(database)) {
      verdicts.push(
        window !== undefined
          ? pass(`is patched ${window}`)
          : fail('PreferredMaintenanceWindow is not set: AWS picks any time'),
      );
    }
    return verdicts.length > 0 ? verdicts : skip('its members decide');
  },
});
