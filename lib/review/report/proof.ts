/** What the models of an environment say: the evidence behind the invariants. */
export interface EnvironmentProof {
  /** Construct path of the stage; empty for templates without one. */
  readonly environment: string;
  readonly nodes: readonly { readonly name: string; readonly kind: string }[];
  /** Every connection the network lets through. */
  readonly paths: readonly ConnectionPath[];
  /** Ways to the Internet. */
  readonly exits?: readonly Exit[];
  /** Who can read which secret, key or store, of those that declare their readers. */
  readonly access: readonly AccessRow[];
  /** Who can read what a reviewer wants to know of besides: other keys, and logs that hold addresses. */
  readonly alsoReadable?: readonly AccessRow[];
  /** What the readers of are known, also where there are none. */
  readonly readable?: readonly Readable[];
}

/** Something to be read, as a person knows it. */
export interface Readable {
  readonly name: string;
  readonly type: string;
  /** What the template says of it; empty when it says nothing. */
  readonly about: string;
  /** The cluster whose data it serves. */
  readonly partOf?: string;
}

export interface ConnectionPath {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
  /** False when the templates leave open whether the connection is let through. */
  readonly decided: boolean;
  /** What it is left open by, where it is. */
  readonly doubt?: string | undefined;
}

/** An answer that depends on what only a deploy knows. */
export interface OpenAnswer {
  readonly environment: string;
  readonly what: string;
  readonly doubt: string;
}

/** Each way to read or to connect that is left open, and what by. */
export function openAnswersOf(proofs: readonly EnvironmentProof[]): readonly OpenAnswer[] {
  return proofs.flatMap(({ environment, access, paths }) => [
    ...access
      .filter(({ decided }) => !decided)
      .map(({ principal, action, target, doubt = '' }) => ({
        environment,
        what: `${principal}: ${action} on ${target.name}`,
        doubt,
      })),
    ...paths
      .filter(({ decided }) => !decided)
      .map(({ from, to, ports, doubt = '' }) => ({
        environment,
        what: `${from} -> ${to} on ${ports}`,
        doubt,
      })),
  ]);
}

export interface Exit {
  readonly from: string;
  /** The gateway of the route. */
  readonly through: string;
  readonly ports: string;
}

/** How many ways to read or to connect depend on what only a deploy knows. */
export function openAnswers(proofs: readonly EnvironmentProof[]): number {
  return openAnswersOf(proofs).length;
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
  /** Why the target declares it. */
  readonly why?: string;
  readonly decided: boolean;
  /** What it is left open by, where it is. */
  readonly doubt?: string | undefined;
}
