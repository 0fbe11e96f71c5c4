import { hasToken, text } from '../../../checks/model/values.ts';
import { type Demand, eachResource } from './demand.ts';
import { api } from './pages.ts';

/** Every instance of a cluster runs its engine, and its parameters are of a family of that engine's version. */
const engines = eachResource(
  'database-engine',
  ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  (database, deployment) => {
    const { properties } = database;
    const named = (property: string) => deployment.referred(database, properties[property]);
    const engine = text(properties.Engine);
    const cluster = named('DBClusterIdentifier').find(({ id }) => id !== database.id);
    const version = text(properties.EngineVersion ?? cluster?.properties.EngineVersion);
    const other = cluster && text(cluster.properties.Engine);
    const families = [...named('DBClusterParameterGroupName'), ...named('DBParameterGroupName')].map(
      (group) => ({
        id: group.id,
        family: text(group.properties.Family) ?? '',
      }),
    );
    return [
      ...(engine !== undefined && other !== undefined && engine !== other
        ? [`runs ${engine}, and its cluster ${cluster?.id} ${other}`]
        : []),
      ...families
        .filter(({ family }) => family !== '' && !hasToken(family) && !isOfFamily(engine, version, family))
        .map(
          ({ id, family }) =>
            `runs ${engine} ${version}, and its parameters ${id} are of ${family}, another family`,
        ),
    ].map((says) => ({
      says: `${says} (InvalidParameterCombination)`,
      way: 'Write the engine and family of one version for all of them.',
      source: `${api.rds}/API_CreateDBClusterParameterGroup.html`,
    }));
  },
);

/** `aurora-mysql8.0` is of "aurora-mysql" 8.0.mysql_aurora.3.10.1, `aurora-postgresql17` of 17.5. */
function isOfFamily(engine: string | undefined, version: string | undefined, family: string): boolean {
  if (engine === undefined || hasToken(engine)) return true;
  if (!family.startsWith(engine)) return false;
  const of = family.slice(engine.length);
  return version === undefined || hasToken(version) || version === of || version.startsWith(`${of}.`);
}

const reservedUsers = /^(rdsadmin|admin_rds|rdsrepladmin|rds_superuser|rdsproxyadmin|root|postgres_rds)$/i;

const masterUsers = eachResource(
  'database-engine',
  ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  ({ properties }) => {
    const user = text(properties.MasterUsername);
    if (
      user === undefined ||
      hasToken(user) ||
      user.includes('{{') ||
      (/^[a-z]\w{0,62}$/i.test(user) && !reservedUsers.test(user))
    )
      return [];
    return [
      {
        says: `has the MasterUsername ${user} (InvalidParameterValue)`,
        way: 'Write another one: a letter first, then letters, digits and _.',
        source: `${api.rds}/API_CreateDBCluster.html`,
      },
    ];
  },
);

/** What RDS demands of engines, and of who signs in first. */
export const databases: readonly Demand[] = [engines, masterUsers];
