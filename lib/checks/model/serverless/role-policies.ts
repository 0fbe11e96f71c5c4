import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { packageRoot } from '../../../cli/package-root.ts';
import { isMap } from '../values.ts';
import {
  arnOf,
  givenOrMade,
  isIntrinsic,
  isNoValue,
  listOf,
  mapOf,
  unknownTo,
  type Written,
} from './template-parts.ts';

/** By name: what a template asks for and its statements. scripts/serverless-policies.ts renews it. */
export const policyTemplatesFile = join(packageRoot, 'lib/checks/model/serverless/policy-templates.br');

interface PolicyTemplate {
  readonly parameters: readonly string[];
  readonly statements: readonly unknown[];
}

let table: Readonly<Record<string, PolicyTemplate>> | undefined;

function policyTemplate(name: string): PolicyTemplate | undefined {
  table ??= JSON.parse(brotliDecompressSync(readFileSync(policyTemplatesFile)).toString())
    .templates as Record<string, PolicyTemplate>;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export interface RolePolicies {
  readonly ManagedPolicyArns: readonly unknown[];
  readonly Policies: readonly unknown[];
}

export interface RoleProps {
  /** Service that takes the role. */
  readonly service: string;
  /** `Policies` as the Serverless Application Model takes them. */
  readonly policies?: unknown;
  /** AWS managed policies that it adds, by the name under `service-role/` or above it. */
  readonly managed?: readonly string[];
  readonly statements?: readonly unknown[];
  readonly trust?: unknown;
  readonly path?: unknown;
  readonly boundary?: unknown;
}

/** The role that is made for what has none. */
export function roleFor(id: string, props: RoleProps): Written {
  const given = listOf(props.policies).map((each, index) => policyOf(each, `${id}Policy${index}`));
  const own = (props.statements ?? []).map((statement, index) =>
    inline(`${id}Own${index}`, { Statement: [statement] }),
  );
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: props.trust ?? {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [props.service] } }],
      },
      ManagedPolicyArns: [
        ...new Set([
          ...(props.managed ?? []).map(awsManaged),
          ...given.flatMap((each) => each.ManagedPolicyArns),
        ]),
      ],
      Policies: [...given.flatMap((each) => each.Policies), ...own],
      ...(props.path !== undefined && { Path: props.path }),
      ...(props.boundary !== undefined && { PermissionsBoundary: props.boundary }),
    },
  };
}

/** The ARN of the role that something has: the given one, or that of the role made for it, which then is in `role`. */
export function roleOf(
  given: unknown,
  id: string,
  props: RoleProps,
): { readonly arn: unknown; readonly role: Record<string, Written> } {
  const { value, isMade } = givenOrMade(given, arnOf(id));
  return { arn: value, role: isMade ? { [id]: roleFor(id, props) } : {} };
}

const awsManaged = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });

const inline = (PolicyName: string, PolicyDocument: unknown) => ({ PolicyName, PolicyDocument });

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-policies */
function policyOf(written: unknown, name: string): RolePolicies {
  if (typeof written === 'string') {
    const isName = /^[\w+=,.@-]+$/.test(written);
    return { ManagedPolicyArns: [isName ? awsManaged(written) : written], Policies: [] };
  }
  const choice = mapOf(written)['Fn::If'];
  if (Array.isArray(choice)) return chosenPolicy(choice, name);
  if (isIntrinsic(written)) return { ManagedPolicyArns: [written], Policies: [] };
  if (isMap(written) && written.Statement !== undefined) {
    return { ManagedPolicyArns: [], Policies: [inline(name, written)] };
  }
  const [asked = 'a policy', ...others] = Object.keys(mapOf(written));
  const template = others.length === 0 ? policyTemplate(asked) : undefined;
  if (!template) return { ManagedPolicyArns: [unknownTo(`policy ${asked}`)], Policies: [] };
  const values = mapOf(mapOf(written)[asked]);
  const Statement = filled(template.statements, (parameter) =>
    template.parameters.includes(parameter) ? (values[parameter] ?? unknownTo(parameter)) : undefined,
  );
  return { ManagedPolicyArns: [], Policies: [inline(name, { Version: '2012-10-17', Statement })] };
}

function chosenPolicy([condition, whenTrue, whenFalse]: readonly unknown[], name: string): RolePolicies {
  const none = { Ref: 'AWS::NoValue' };
  const branches = [whenTrue, whenFalse].map((each) =>
    isNoValue(each) ? { ManagedPolicyArns: [], Policies: [] } : policyOf(each, name),
  );
  const choose = (kind: keyof RolePolicies) =>
    branches.flatMap((branch, index) =>
      branch[kind].map((each) => ({
        'Fn::If': index === 0 ? [condition, each, none] : [condition, none, each],
      })),
    );
  return { ManagedPolicyArns: choose('ManagedPolicyArns'), Policies: choose('Policies') };
}

/** A value in which `{ Ref: parameter }` is what the parameter was given. */
function filled(value: unknown, given: (parameter: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, given));
  if (!isMap(value)) return value;
  if (typeof value.Ref === 'string' && Object.keys(value).length === 1) return given(value.Ref) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, given)]));
}
