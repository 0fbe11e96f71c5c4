import { isObject } from '../../templates/template-file.ts';
import type { DeployedResource } from '../model/deployment.ts';
import { type PropertySchema, resourceType, type ValueSchema } from '../model/resource-types.ts';
import type { Demand, Violation } from './demand.ts';

type Problem = Pick<Violation, 'says' | 'way'>;

/** Not provisionable, though documented: "Unrecognized resource types". */
const refusedTypes: ReadonlySet<string> = new Set(['AWS::Route53Resolver::FirewallConfig']);

/** CloudFormation expands these before it looks at types. */
const expanded = /^AWS::(Serverless|CloudFormation|CDK)::|::MODULE$/;

/** What AWS's own schema of a type says of its properties: which there are, which must be, and of what kind. */
export const schema: Demand = {
  id: 'resource-schema',
  violations: (deployment) =>
    deployment.resources.flatMap((resource) =>
      problemsOf(resource).map((problem) => ({
        of: resource,
        ...problem,
        source: referencePage(resource.type),
      })),
    ),
};

function problemsOf({ type, declaration }: DeployedResource): Problem[] {
  if (!type.startsWith('AWS::') || expanded.test(type)) return [];
  const { properties } = resourceType(type);
  if (!properties || refusedTypes.has(type)) {
    return [
      {
        says: `is of the type ${type}, which CloudFormation does not make ("Unrecognized resource types")`,
        way: 'Write a type that it makes, or leave the resource out.',
      },
    ];
  }
  const written = declaration.Properties ?? {};
  return isIntrinsic(written) ? [] : ofObject(written, properties, '');
}

function ofObject(
  written: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, PropertySchema>>,
  path: string,
): Problem[] {
  const unknown = Object.keys(written)
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => ({
      says: `has the property ${path}${name}, which its type does not know ("Encountered unsupported property")`,
      way: `Take it out, or write one of ${Object.keys(properties).slice(0, 30).join(', ')}.`,
    }));
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required === true && (written[name] ?? undefined) === undefined)
    .map(([name]) => ({
      says: `lacks ${path}${name}, which its type demands`,
      way: `Add the property ${path}${name}.`,
    }));
  const within = Object.entries(written).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property ? ofValue(value, property.type, `${path}${name}`) : [];
  });
  return [...unknown, ...missing, ...within];
}

function ofValue(value: unknown, type: ValueSchema, path: string): Problem[] {
  if (value === null || value === undefined || isIntrinsic(value)) return [];
  switch (type.kind) {
    case 'object':
      return isObject(value)
        ? ofObject(value, type.properties(), `${path}.`)
        : [wrongKind(path, 'an object')];
    case 'list':
      return Array.isArray(value) ? value.flatMap((member) => ofValue(member, type.of, path)) : [];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([name, member]) => ofValue(member, type.of, `${path}.${name}`))
        : [wrongKind(path, 'an object')];
    case 'either': {
      const all = type.of.map((option) => ofValue(value, option, path));
      return all.toSorted((one, other) => one.length - other.length)[0] ?? [];
    }
    case 'text':
      if (typeof value === 'object') return [wrongKind(path, 'a text')];
      return type.choices && !type.choices.includes(String(value))
        ? [
            {
              says: `has ${path} ${JSON.stringify(value)}, which its type does not know`,
              way: `Write one of ${type.choices.slice(0, 30).join(', ')}.`,
            },
          ]
        : [];
    case 'number':
      return typeof value === 'object' || !/^-?\d+(\.\d+)?$/.test(String(value))
        ? [wrongKind(path, 'a number')]
        : [];
    case 'boolean':
      return /^(true|false)$/i.test(String(value)) ? [] : [wrongKind(path, 'true or false')];
    case 'anything':
      return [];
  }
}

function wrongKind(path: string, kind: string): Problem {
  return { says: `has a ${path} of another kind than its type demands`, way: `Write ${kind} there.` };
}

/** A value that CloudFormation computes; dynamic references are text, and known later. */
function isIntrinsic(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{resolve:');
  if (!isObject(value)) return false;
  const [key = '', ...others] = Object.keys(value);
  return others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}

function referencePage(type: string): string {
  const [, service = '', name = ''] = type.toLowerCase().split('::');
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${service}-${name}.html`;
}
