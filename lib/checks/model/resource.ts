import type { ValueMap } from './values.ts';

/** A resource of a template, its intrinsic functions resolved as far as the templates say. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Construct path, when the template was made by the CDK with path metadata. */
  readonly path?: string | undefined;
  readonly region?: string | undefined;
  readonly properties: ValueMap;
  readonly metadata: ValueMap;
  readonly deletionPolicy?: string | undefined;
  readonly updateReplacePolicy?: string | undefined;
  /** Whether the resource exists only under a condition that cannot be evaluated here. */
  readonly conditional: boolean;
  /** The macros that put into it what its template does not show, such as `AWS::Include`; empty for most. */
  readonly rewrittenBy: readonly string[];
}
