/**
 * The constructs a team can take into a CDK app of its own, one room without the house.
 */
export {
  RotatedCredential,
  type RotatedCredentialProps,
  type RotatedDatabase,
} from './credentials/rotated-credential.ts';
