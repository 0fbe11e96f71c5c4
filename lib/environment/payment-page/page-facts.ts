/** One script as a customer's browser ran it. */
export interface SeenScript {
  /**
   * What it is called: the address of a file (a path for the shop's own, without what only defeats caches), `inline`,
   * or `generated` for code that another script made.
   */
  readonly source: string;
  /** Of a file, the SHA-256 of what came; of code in the page, that of its structure, in hexadecimal digits. */
  readonly hash: string;
  /** Hosts that its texts name. */
  readonly names: readonly string[];
}

/** What a host was asked for, as the browser names it. */
export type HostUse = 'script' | 'frame' | 'connection' | 'form' | 'other';

/** Everything that decides what a page does with what a customer types, as one visit found it. */
export interface PageFacts {
  readonly scripts: readonly SeenScript[];
  /** `use host`, such as `frame js.stripe.com`: whom the page asked or would send to, besides its own host. */
  readonly hosts: readonly string[];
  /** `method target`, such as `POST /checkout`, of each form and each button that overrides its form. */
  readonly forms: readonly string[];
  /** What each frame shows: `host` and path, or `srcdoc`, `data:` and the like with a hash. */
  readonly frames: readonly string[];
  /** Structures of event handlers and `javascript:` addresses in the markup, hashed. */
  readonly handlers: readonly string[];
  /** Names of fields of the page itself that ask for a card. */
  readonly cardFields: readonly string[];
  /** Scripts of service workers and workers. */
  readonly workers: readonly string[];
  /** Response headers that protect the page, by name; what changes with every answer is taken out. */
  readonly headers: Readonly<Record<string, string>>;
}
