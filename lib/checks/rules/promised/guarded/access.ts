import { added, asOften, fewer, more, noLonger, onlyFalse, size, sooner } from '../orders.ts';
import { each, type Guarded } from './table.ts';

/** Roles, keys, secrets and settings. */
export const access: Readonly<Record<string, Guarded>> = {
  'AWS::IAM::InstanceProfile': { invariant: 'DAT2' },
  'AWS::IAM::ManagedPolicy': { invariant: 'DAT2', name: 'ManagedPolicyName' },
  'AWS::IAM::Policy': { invariant: 'DAT2' },
  'AWS::IAM::Role': {
    invariant: 'DAT2',
    name: 'RoleName',
    may: { MaxSessionDuration: sooner(3600), PermissionsBoundary: added },
  },
  'AWS::IAM::RolePolicy': { invariant: 'DAT2' },
  'AWS::KMS::Key': {
    invariant: 'DAT2',
    may: { RotationPeriodInDays: sooner(365), PendingWindowInDays: (_, found) => more(30, found) },
  },
  'AWS::Lambda::Permission': {
    invariant: 'DAT2',
    may: each('SourceAccount SourceArn PrincipalOrgID', added),
  },
  'AWS::SSM::Parameter': { invariant: 'DAT2' },
  'AWS::SecretsManager::ResourcePolicy': { invariant: 'SEC1' },
  'AWS::SecretsManager::RotationSchedule': {
    invariant: 'SEC1',
    may: {
      'RotationRules.ScheduleExpression': asOften,
      'RotationRules.AutomaticallyAfterDays': fewer,
      'RotationRules.Duration': noLonger,
    },
  },
  'AWS::SecretsManager::Secret': {
    invariant: 'SEC1',
    name: 'Name',
    may: {
      'GenerateSecretString.PasswordLength': more,
      'GenerateSecretString.ExcludePunctuation': onlyFalse,
    },
  },
  'AWS::SecretsManager::SecretTargetAttachment': { invariant: 'SEC1' },
  'Custom::FirstRotation': { invariant: 'SEC2', may: { ServiceTimeout: size } },
};
