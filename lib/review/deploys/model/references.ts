import type { CloudFormationResource, CloudFormationTemplate } from '../../templates/template-file.ts';

/** Logical ids that a resource waits for: what `DependsOn` names, and what its values are made of. */
export function referredIds(declaration: CloudFormationResource): Set<string> {
  const { DependsOn, Metadata: _, ...rest } = declaration;
  const ids = new Set([DependsOn].flat().filter((id) => typeof id === 'string'));
  collect(rest, ids);
  return ids;
}

/** Logical ids (and parameters) in a part of a template. */
export function idsIn(value: unknown): Set<string> {
  const ids = new Set<string>();
  collect(value, ids);
  return ids;
}

function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const member of value) collect(member, ids);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Ref' && typeof inner === 'string') ids.add(inner);
    else if (key === 'Fn::GetAtt')
      ids.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '');
    else if (key === 'Fn::Sub') collectFromText(inner, ids);
    else collect(inner, ids);
  }
}

/** `${Bucket.Arn}`, but neither `${!Literal}` nor the text's own variables. */
function collectFromText(sub: unknown, ids: Set<string>): void {
  const [text, variables] = Array.isArray(sub) ? sub : [sub, {}];
  collect(variables, ids);
  for (const [, name = ''] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
    if (!Object.hasOwn(variables ?? {}, name)) ids.add(name.split('.')[0] ?? '');
  }
}

/** What a template imports, as written. */
export function importsOf(template: CloudFormationTemplate): unknown[] {
  return argumentsOf(template, 'Fn::ImportValue');
}

export interface OutputRead {
  readonly stack: string;
  readonly output: string;
  /** @default the reader's own */
  readonly region?: string;
}

/** Outputs of other stacks that a template reads without holding them. */
export function outputsRead(template: CloudFormationTemplate): OutputRead[] {
  return argumentsOf(template, 'Fn::GetStackOutput').flatMap((argument) => {
    if (typeof argument !== 'object' || argument === null) return [];
    const { StackName: stack, OutputName: output, Region: region } = argument as Record<string, unknown>;
    if (typeof stack !== 'string' || typeof output !== 'string') return [];
    return [{ stack, output, ...(typeof region === 'string' && { region }) }];
  });
}

function argumentsOf(template: CloudFormationTemplate, intrinsic: string): unknown[] {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === intrinsic) found.push(inner);
      visit(inner);
    }
  };
  visit({ resources: template.Resources, outputs: template.Outputs, conditions: template.Conditions });
  return found;
}
