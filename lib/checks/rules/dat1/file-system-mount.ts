import { coversAction, isAboutEveryone, type Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, map, text, tokensIn } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** The shop mounts its files over TLS, as itself, through an access point. */
export const fileSystemMount = defineRule({
  invariant: 'DAT1',
  finding: 'FileSystemMount',
  en: 'File systems are mounted over TLS with IAM',
  ja: 'ファイルシステムはTLSとIAMでマウントされる',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge(task, { declared }) {
    const volumes = list(task.properties.Volumes).filter(
      (volume) => at(volume, 'EFSVolumeConfiguration') !== undefined,
    );
    if (volumes.length === 0) return skip('mounts no file system');
    return volumes.flatMap((volume): Verdict[] => {
      const config = at(volume, 'EFSVolumeConfiguration');
      return [
        text(at(config, 'TransitEncryption')) === 'ENABLED'
          ? pass('is mounted over TLS')
          : fail('TransitEncryption is not ENABLED'),
        text(at(config, 'AuthorizationConfig', 'IAM')) === 'ENABLED'
          ? pass('is mounted with IAM')
          : fail('AuthorizationConfig.IAM is not ENABLED'),
        at(config, 'AuthorizationConfig', 'AccessPointId') !== undefined || !declared
          ? pass('is mounted through an access point')
          : fail('is mounted without an access point: the task chooses its folder and user'),
      ];
    });
  },
});

/** An access point keeps its user in one folder and away from root. */
export const accessPointUser = defineRule({
  invariant: 'DAT1',
  finding: 'AccessPointUser',
  en: 'Access points act as a user that is not root',
  ja: 'アクセスポイントはroot以外のユーザーで動作する',
  appliesTo: ['AWS::EFS::AccessPoint'],
  judge({ properties }, { declared }) {
    const [user, group] = [
      text(at(properties, 'PosixUser', 'Uid')),
      text(at(properties, 'PosixUser', 'Gid')),
    ];
    if (user === undefined || group === undefined)
      return fail('sets no PosixUser: callers choose their own, root included');
    const groups = [group, ...list(at(properties, 'PosixUser', 'SecondaryGids')).map(text)];
    const folder = text(at(properties, 'RootDirectory', 'Path')) ?? '/';
    const permissions = text(at(properties, 'RootDirectory', 'CreationInfo', 'Permissions')) ?? '';
    return [
      user === '0' || groups.includes('0') ? fail('acts as root') : pass(`acts as user ${user}`),
      declared && folder === '/'
        ? fail('opens the whole file system (RootDirectory.Path)')
        : pass(`opens ${folder}`),
      declared && /[2367]$/.test(permissions)
        ? fail(`everybody may write to its folder (Permissions is ${permissions})`)
        : pass('is written to by its user only'),
    ];
  },
});

/** Whoever mounts without an access point chooses folder and user; the file system itself turns that client away. */
export const accessPointOnly = defineRule({
  invariant: 'DAT1',
  finding: 'AccessPointOnly',
  en: 'File systems that tasks mount through an access point refuse clients that come without one',
  ja: 'アクセスポイント経由でマウントされるファイルシステムは、それ以外の接続を拒否する',
  appliesTo: ['AWS::EFS::FileSystem'],
  judge(store, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (!isMountedThroughAccessPoint(store, graph)) return skip('no task mounts it through an access point');
    return resourcePolicyStatements(store, graph).some((each) => refusesWithoutAccessPoint(each, store))
      ? pass('its policy refuses clients without an access point')
      : fail(
          'its policy does not refuse clients that come without an access point: expected a Deny of ' +
            'elasticfilesystem:ClientMount to everyone under Null { elasticfilesystem:AccessPointArn: true } alone',
        );
  },
});

function isMountedThroughAccessPoint(store: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::ECS::TaskDefinition')
    .flatMap(({ properties }) => list(properties.Volumes))
    .map((volume) => at(volume, 'EFSVolumeConfiguration'))
    .some((config) => {
      const point = at(config, 'AuthorizationConfig', 'AccessPointId');
      if (point === undefined) return false;
      const behind = graph.target(point, 'AWS::EFS::AccessPoint')?.properties.FileSystemId;
      return [at(config, 'FilesystemId'), behind].some(
        (value) => graph.target(value, 'AWS::EFS::FileSystem') === store,
      );
    });
}

/** Refusing to mount is enough: without it there is nothing to read or write. */
function refusesWithoutAccessPoint(statement: Statement, store: Resource): boolean {
  return (
    statement.effect === 'Deny' &&
    isAboutEveryone(statement) &&
    coversAction(statement, 'elasticfilesystem:ClientMount') === 'yes' &&
    isAboutStore(statement, store) &&
    onlyAsksForAccessPoint(statement)
  );
}

function isAboutStore({ resources, notResources }: Statement, store: Resource): boolean {
  if (notResources) return false;
  // A statement of a file system's policy may leave its resource out.
  return (
    resources.length === 0 ||
    resources.some(
      (each) => each === '*' || tokensIn(each).some(({ logicalId }) => logicalId === store.logicalId),
    )
  );
}

/** Another condition beside it leaves out some of the clients; a negated comparison is met where the key is missing. */
function onlyAsksForAccessPoint({ conditions }: Statement): boolean {
  const clauses = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(map(keys)).map(([key, value]) => ({ operator, key: key.toLowerCase(), value })),
  );
  return (
    clauses.length > 0 &&
    clauses.every(
      ({ operator, key, value }) =>
        key === 'elasticfilesystem:accesspointarn' &&
        (operator === 'Null'
          ? list(value).every((each) => text(each) === 'true' || each === true)
          : /^(String|Arn)Not(Equals|Like)(IfExists)?$/.test(operator)),
    )
  );
}
