import { isObject } from '../../templates/template-file.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { record } from '../model/deployment.ts';
import type { Demand, Violation } from './demand.ts';

type Found = Pick<Violation, 'says' | 'way'>;

const anatomy = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Resources',
  'Outputs',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html */
const attributes = [
  'Type',
  'Properties',
  'DependsOn',
  'Metadata',
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Version',
];

/** What CloudFormation wants of a template's own words, before it looks at any resource. */
export const wellFormedTemplates: Demand = {
  id: 'template-sections',
  violations: (deployment) =>
    deployment.stacks
      // A macro may bring whatever is missing, and take away what is too much.
      .filter(({ template }) => template.Transform === undefined)
      .flatMap((stack) => [
        ...ofTemplate(stack).map((found) => ({ of: stack, ...found, source: anatomy })),
        ...Object.entries(stack.template.Resources).flatMap(([id, declaration]) =>
          ofResource(declaration).map((found) => ({
            of: deployment.resource(stack, id) ?? stack,
            ...found,
            source:
              'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html',
          })),
        ),
      ]),
};

function ofTemplate({ template }: StackTemplate): Found[] {
  const parameters = Object.entries(record(template.Parameters));
  const outputs = Object.entries(record(template.Outputs));
  return [
    ...Object.keys(template)
      .filter((name) => !sections.includes(name))
      .map((name) => ({
        says: `has the section ${name} ("Invalid template property or properties")`,
        way: `Write one of ${sections.join(', ')}.`,
      })),
    ...parameters
      .filter(([, parameter]) => !isObject(parameter) || typeof parameter.Type !== 'string')
      .map(([name]) => ({
        says: `has the parameter ${name} without a Type`,
        way: 'Write one, such as String.',
      })),
    ...outputs
      .filter(([, output]) => !isObject(output) || (output.Value ?? undefined) === undefined)
      .map(([name]) => ({ says: `has the output ${name} without a Value`, way: 'Write what it shows.' })),
    ...[...parameters, ...outputs]
      .filter(([name]) => !/^[A-Za-z0-9]{1,255}$/.test(name))
      .map(([name]) => ({ says: `calls a parameter or output ${name}`, way: 'Write letters and digits.' })),
    ...outputs
      .map(([, output]) => record(record(output).Export).Name)
      .filter((name) => typeof name === 'string' && !/^[A-Za-z0-9:-]{1,255}$/.test(name))
      .map((name) => ({
        says: `exports the name ${String(name)}`,
        way: 'Write letters, digits, colons and hyphens.',
      })),
  ];
}

const policies = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const withSnapshots =
  /^AWS::(DocDB::DBCluster|EC2::Volume|ElastiCache::(CacheCluster|ReplicationGroup)|Neptune::DBCluster|RDS::DB(Cluster|Instance)|Redshift::Cluster)$/;

function ofResource(declaration: StackTemplate['template']['Resources'][string]): Found[] {
  const { Type, DeletionPolicy, UpdateReplacePolicy } = declaration;
  return [
    ...Object.keys(declaration)
      .filter((name) => !attributes.includes(name))
      .map((name) => ({
        says: `has the attribute ${name} ("Invalid template resource property")`,
        way: `Write one of ${attributes.join(', ')}; what the resource itself has goes below Properties.`,
      })),
    ...Object.entries({ DeletionPolicy, UpdateReplacePolicy })
      .filter(
        ([name, policy]) =>
          typeof policy === 'string' &&
          (!policies.includes(policy) ||
            (name === 'UpdateReplacePolicy' && policy === 'RetainExceptOnCreate') ||
            (policy === 'Snapshot' && !withSnapshots.test(Type))),
      )
      .map(([name, policy]) => ({
        says: `has the ${name} ${String(policy)}, which ${Type} does not take`,
        way: 'Write Delete or Retain.',
      })),
  ];
}
