/** What the models of an environment say: the evidence behind the invariants. */
export interface EnvironmentProof {
  /** Construct path of the stage; empty for templates without one. */
  readonly environment: string;
  readonly nodes: readonly { readonly name: string; readonly kind: string }[];
  /** Every connection the network lets through. */
  readonly paths: readonly ConnectionPath[];
  /** Ways to the Internet. */
  readonly exits?: readonly Exit[];
  /** Who can read which secret, key or store. */
  readonly access: readonly AccessRow[];
}

export interface ConnectionPath {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
  /** False when the templates leave open whether the connection is let through. */
  readonly decided: boolean;
}

export interface Exit {
  readonly from: string;
  /** The gateway of the route. */
  readonly through: string;
  readonly ports: string;
}

/** How many ways to read or to connect depend on what only a deploy knows. */
export function openAnswers(proofs: readonly EnvironmentProof[]): number {
  return proofs.flatMap(({ access, paths }) => [...access, ...paths]).filter(({ decided }) => !decided)
    .length;
}

export interface AccessRow {
  readonly principal: string;
  readonly target: {
    /** Construct path, or stack and logical id where only a template is known. */
    readonly name: string;
    readonly type: string;
  };
  readonly action: string;
  readonly how: string;
  /** Undefined when the target declares no readers. */
  readonly declared: boolean | undefined;
  readonly decided: boolean;
}
