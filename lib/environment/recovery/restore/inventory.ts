/** The kinds of stores, as AWS Backup names them. */
export type StoreType = 'Aurora' | 'RDS' | 'EFS' | 'S3';

/** A recovery point in a vault. */
export interface Point {
  readonly arn: string;
  /** ARN of what was backed up; a copy carries it too. */
  readonly store: string;
  readonly type: StoreType;
  readonly made: Date;
  readonly status: string;
  /** As AWS Backup counts them. Undefined or 0: it does not say, as for Aurora. */
  readonly bytes: number | undefined;
  /** What it is encrypted with. Undefined: with nothing. */
  readonly keyArn: string | undefined;
  /** The role it was made with, which may bring it back as well. */
  readonly roleArn: string;
}

/** Where a database may stand, as the one of the environment does. */
export interface DatabasePlace {
  readonly subnetGroup: string;
  readonly groups: readonly string[];
  readonly parameterGroup: string | undefined;
  /** Of an instance: what audits it. */
  readonly optionGroup?: string | undefined;
  /** Of Aurora: `db.serverless`. */
  readonly instanceClass: string;
  /** Of Aurora: how far it may shrink and grow, in capacity units. */
  readonly scaling: { readonly min: number; readonly max: number } | undefined;
  readonly port: number;
}

/** The database that runs. */
export interface LiveDatabase {
  readonly kind: 'cluster' | 'db';
  readonly identifier: string;
  readonly engine: string;
  readonly keyArn: string | undefined;
  /** Names of the instances of a cluster, the one that writes first. */
  readonly members: readonly string[];
  readonly place: DatabasePlace;
  /** Between these moments RDS brings back any second. */
  readonly earliest: Date;
  readonly latest: Date;
}

/** All that a restore can choose from, in one region. */
export interface Inventory {
  readonly region: string;
  readonly vault: string;
  /** What everything in the vault must be encrypted with. */
  readonly vaultKeyArn: string | undefined;
  readonly points: readonly Point[];
  /** The environment's own database; in another region that of the environment which stands there. Undefined: none. */
  readonly database: LiveDatabase | undefined;
}
