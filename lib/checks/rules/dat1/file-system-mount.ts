import { at, list, text } from '../../model/values.ts';
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
  judge({ properties }) {
    const [user, group] = [
      text(at(properties, 'PosixUser', 'Uid')),
      text(at(properties, 'PosixUser', 'Gid')),
    ];
    if (user === undefined || group === undefined)
      return fail('sets no PosixUser: callers choose their own, root included');
    return user === '0' || group === '0' ? fail('acts as root') : pass(`acts as user ${user}`);
  },
});
