import { text } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip, unsure, type Verdict } from '../rule.ts';

/**
 * When standard support of a major version ends, and the minor version below which fixes are missing that were out
 * for a year. As of November 2026:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 */
interface Support {
  readonly ends: string;
  readonly oldestMinor: number;
}
const postgres: Readonly<Record<string, Support>> = {
  '9': { ends: '2022-01-18', oldestMinor: 0 },
  '10': { ends: '2023-01-31', oldestMinor: 0 },
  '11': { ends: '2024-02-29', oldestMinor: 0 },
  '12': { ends: '2025-02-28', oldestMinor: 0 },
  '13': { ends: '2026-02-28', oldestMinor: 0 },
  '14': { ends: '2027-02-28', oldestMinor: 15 },
  '15': { ends: '2028-02-29', oldestMinor: 10 },
  '16': { ends: '2029-02-28', oldestMinor: 6 },
  '17': { ends: '2030-02-28', oldestMinor: 2 },
  '18': { ends: '2031-02-28', oldestMinor: 0 },
};
const engines: Readonly<Record<string, Readonly<Record<string, Support>>>> = {
  'aurora-postgresql': postgres,
  postgres,
  'aurora-mysql': {
    '5.7': { ends: '2024-10-31', oldestMinor: 0 },
    '8.0': { ends: '2028-04-30', oldestMinor: 8 },
    '8.4': { ends: '2032-04-30', oldestMinor: 0 },
  },
  mysql: {
    '5.6': { ends: '2022-03-01', oldestMinor: 0 },
    '5.7': { ends: '2024-02-29', oldestMinor: 0 },
    '8.0': { ends: '2026-07-31', oldestMinor: 40 },
    '8.4': { ends: '2029-07-31', oldestMinor: 3 },
  },
  mariadb: {
    '10.4': { ends: '2024-06-18', oldestMinor: 0 },
    '10.5': { ends: '2025-06-24', oldestMinor: 0 },
    '10.6': { ends: '2026-08-31', oldestMinor: 20 },
    '10.11': { ends: '2028-02-28', oldestMinor: 10 },
    '11.4': { ends: '2029-05-31', oldestMinor: 4 },
    '11.8': { ends: '2030-06-30', oldestMinor: 0 },
  },
};

/** An engine that gets no more fixes stays as it is, however automatic its minor versions are. */
export const engineVersion = defineRule({
  invariant: 'PAT2',
  finding: 'EngineVersion',
  en: 'Databases run a version that still gets patches',
  ja: 'データベースはサポート中のバージョンで動作する',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::GlobalCluster'],
  judge(database, { declared }) {
    if (isClusterMember(database)) return skip('runs the version of its cluster');
    const engine = text(database.properties.Engine) ?? '';
    // The first Aurora, of MySQL 5.6, had no other name.
    if (engine === 'aurora') return fail('runs MySQL 5.6, which gets no more patches');
    const versions = engines[engine];
    if (!versions) return skip(`the dates of ${engine || 'the engine'} are not known here`);
    const version = text(database.properties.EngineVersion);
    if (version === undefined)
      return declared ? fail('EngineVersion is not set: AWS picks one') : skip('AWS picks a version');
    return judgeVersion(engine, version, versions, declared);
  },
});

function judgeVersion(
  engine: string,
  version: string,
  versions: Readonly<Record<string, Support>>,
  declared: boolean,
): Verdict {
  const major = Object.keys(versions).find((each) => version === each || version.startsWith(`${each}.`));
  const support = major === undefined ? undefined : versions[major];
  if (support === undefined) return unsure(`no date is known for ${engine} ${version}`);
  if (Date.parse(support.ends) < Date.now())
    return fail(`${engine} ${version} gets no more patches since ${support.ends}`);
  const minor = minorOf(engine, version);
  // Elsewhere a minor version is raised by AWS, and the template is left behind.
  return declared && minor !== undefined && minor < support.oldestMinor
    ? fail(
        `${engine} ${version} lacks the fixes of more than a year; expected ${major}.${support.oldestMinor} or newer`,
      )
    : pass(`${engine} ${version} is supported until ${support.ends}`);
}

/** Aurora MySQL says `8.0.mysql_aurora.3.08.0`, the others `17.9` or `8.4.3`. */
function minorOf(engine: string, version: string): number | undefined {
  const written =
    engine === 'aurora-mysql'
      ? /mysql_aurora\.\d+\.(\d+)/.exec(version)?.[1]
      : /^postgres|postgresql$/.test(engine)
        ? /^\d+\.(\d+)/.exec(version)?.[1]
        : /^\d+\.\d+\.(\d+)/.exec(version)?.[1];
  return written === undefined ? undefined : Number(written);
}
