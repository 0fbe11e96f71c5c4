import { isObject } from '../../templates/template-file.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { record } from '../model/deployment.ts';
import { resourceType } from '../model/resource-types.ts';
import type { Demand, Found } from './demand.ts';

const sections = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html';
const attributes =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html';

/** Every name in a template stands for something that is there. */
export const references: Demand = {
  id: 'dangling-reference',
  violations: (deployment) =>
    deployment.stacks.flatMap((stack) => [
      ...Object.keys(stack.template.Resources).flatMap((id) => {
        const of = deployment.resource(stack, id) ?? stack;
        return new Names(stack).within(stack.template.Resources[id]).map((found) => ({ of, ...found }));
      }),
      ...new Names(stack)
        .within({ Outputs: stack.template.Outputs })
        .map((found) => ({ of: stack, ...found })),
    ]),
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
const pseudoParameters = new Set(
  [
    'AccountId',
    'NotificationARNs',
    'NoValue',
    'Partition',
    'Region',
    'StackId',
    'StackName',
    'URLSuffix',
  ].map((name) => `AWS::${name}`),
);

class Names {
  private readonly resources: StackTemplate['template']['Resources'];
  private readonly parameters: ReadonlySet<string>;
  private readonly conditions: ReadonlySet<string>;
  private readonly mappings: ReadonlySet<string>;
  /** A macro may add whatever is missing. */
  private readonly rewritten: boolean;

  constructor({ template }: StackTemplate) {
    this.resources = template.Resources;
    this.parameters = new Set(Object.keys(record(template.Parameters)));
    this.conditions = new Set(Object.keys(record(template.Conditions)));
    this.mappings = new Set(Object.keys(record(template.Mappings)));
    this.rewritten = template.Transform !== undefined;
  }

  within(declaration: unknown): Found[] {
    if (this.rewritten) return [];
    const { DependsOn, Condition, Metadata: _, ...rest } = record(declaration);
    const waits = [DependsOn].flat().filter((id) => typeof id === 'string');
    const found = [
      ...waits.filter((id) => !Object.hasOwn(this.resources, id)).map((id) => dangling('waits for', id)),
      ...this.condition(Condition),
      ...this.value(rest),
    ];
    return [...new Map(found.map((each) => [each.says, each])).values()];
  }

  private value(value: unknown): Found[] {
    if (Array.isArray(value)) return value.flatMap((member) => this.value(member));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inner]): Found[] => {
      if (key === 'Ref') return typeof inner === 'string' ? this.reference(inner) : [];
      if (key === 'Fn::GetAtt') return this.attribute(inner);
      if (key === 'Fn::Sub') return this.substitution(inner);
      if (key === 'Fn::If' && Array.isArray(inner))
        return [...this.condition(inner[0]), ...this.value(inner.slice(1))];
      if (key === 'Fn::FindInMap' && Array.isArray(inner)) {
        const [map] = inner;
        const missing = typeof map === 'string' && !this.mappings.has(map);
        return [...(missing ? [dangling('looks into the mapping', map)] : []), ...this.value(inner)];
      }
      return this.value(inner);
    });
  }

  private reference(name: string): Found[] {
    const known =
      Object.hasOwn(this.resources, name) || this.parameters.has(name) || pseudoParameters.has(name);
    return known ? [] : [dangling('refers to', name)];
  }

  private attribute(written: unknown): Found[] {
    const [id, ...rest] = typeof written === 'string' ? written.split('.') : [written].flat();
    if (typeof id !== 'string' || !rest.every((part) => typeof part === 'string')) return this.value(written);
    return this.attributeOf(id, rest.join('.'));
  }

  private attributeOf(id: string, attribute: string): Found[] {
    const type = Object.hasOwn(this.resources, id) ? this.resources[id]?.Type : undefined;
    if (type === undefined) return [dangling('reads an attribute of', id)];
    const known = resourceType(type).attributes;
    if (!known || known.has(attribute)) return [];
    return [
      {
        says: `reads ${attribute} of ${id}, which ${type} does not have`,
        way: known.size > 0 ? `Read one of ${[...known].slice(0, 20).join(', ')}.` : `Refer to it by Ref.`,
        source: attributes,
      },
    ];
  }

  private substitution(written: unknown): Found[] {
    const [text, variables] = Array.isArray(written) ? written : [written, {}];
    if (typeof text !== 'string') return this.value(written);
    const own = record(variables);
    const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)]
      .map(([, name = '']) => name.trim())
      .filter((name) => !Object.hasOwn(own, name));
    return [
      ...this.value(variables),
      ...names.flatMap((name) => {
        const [id = '', ...attribute] = name.split('.');
        return attribute.length > 0 ? this.attributeOf(id, attribute.join('.')) : this.reference(name);
      }),
    ];
  }

  private condition(name: unknown): Found[] {
    return typeof name === 'string' && !this.conditions.has(name)
      ? [dangling('asks for the condition', name)]
      : [];
  }
}

function dangling(how: string, name: string): Found {
  return {
    says: `${how} ${name}, which its template does not hold ("Unresolved dependencies")`,
    way: `Write a name that the template has, or add ${name}.`,
    source: sections,
  };
}
