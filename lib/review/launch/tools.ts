import type { VpnContext } from '../../environment/admin/vpn/context.ts';
import type { Plan } from '../deploys/plan.ts';
import type { Operated } from '../status/question.ts';

/** What is told of a deploy while it runs. */
export type Progress =
  | { readonly kind: 'stack'; readonly name: string; readonly number: number; readonly of: number }
  | { readonly kind: 'complete'; readonly name: string }
  | { readonly kind: 'failed'; readonly says: string };

/** Whoever deploys: the CDK's own toolkit, or a stand-in. */
export interface Deployer {
  /** @param places such as `aws://111122223333/us-east-1` */
  readonly bootstrap: (places: readonly string[]) => Promise<void>;
  /**
   * Deploys the stacks of an environment that are not deployed yet, or differ.
   *
   * @param assembly folder of the cloud assembly
   * @throws DeployFailed when a stack does not become complete
   */
  readonly deploy: (
    assembly: string,
    environment: string,
    tell: (progress: Progress) => void,
  ) => Promise<void>;
  /**
   * Deletes the stacks of an environment.
   *
   * @throws DeployFailed when a stack does not go
   */
  readonly destroy: (
    assembly: string,
    environment: string,
    tell: (progress: Progress) => void,
  ) => Promise<void>;
}

/** A stack did not become complete; CloudFormation's reasons were told before. */
export class DeployFailed extends Error {}

/** One reading of the config: its environment, and the assembly that is deployed. */
export interface Reading {
  readonly operated: Operated;
  readonly assembly: string;
}

/** What the hand that leads works with. */
export interface Tools {
  readonly deployer: Deployer;
  /** Reads the config anew and hands out what it makes, as long as `use` runs. */
  readonly read: <T>(use: (reading: Reading) => Promise<T>) => Promise<T>;
  readonly plan: (operated: Operated) => Promise<Plan>;
  readonly vpn: (operated: Operated) => VpnContext;
  readonly confirm: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
  readonly pause: (seconds: number) => Promise<void>;
  /** Why losing data is all right. */
  readonly accept?: string;
  /** Who gets the first certificate. @default the first of the config */
  readonly person?: string;
  /** Where the profile of the first certificate is written. @default a file in the working folder */
  readonly profile?: string;
  /** Takes the ARN of the VPN's certificate into the config. @default a person does, and is asked */
  readonly keepCertificate?: (arn: string) => boolean;
}
