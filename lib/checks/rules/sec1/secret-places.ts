import { awsType, type WrittenProperties, type WrittenType } from '../../model/aws-types/table.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { isMap, text, type Value, type ValueMap } from '../../model/values.ts';

/** A text of a resource, and what the place where it stands is for. */
export interface Place {
  /** For people: `LoginProfile.Password`, or the name of a variable. */
  readonly name: string;
  readonly value: string;
  /**
   * `secret`: AWS's schema has a property there that takes one; `named`: whoever wrote the template chose the name;
   * `code`: it is run; `other`: only its look can tell.
   */
  readonly kind: 'secret' | 'named' | 'code' | 'other';
}

/** Properties of free text that take a secret, by what AWS calls them in the schemas of all of its services. */
const secretProperty =
  /(?:password|passwords|passphrase|secret|(?:access|refresh|oauth|secret|hec|auth|id|jwt|eventsource)token|tokenvalue|tokenkey|(?:private|secret|access|api|auth|ssh|shared|presharedsecret|preshared)key|apikeyvalue|connectionstring)$|^token$/i;
/** Alike, and none: tokens that make a call idempotent or name a function, keys by their names. */
const noSecret = /^(?:ClientToken|ServiceToken|Ec2SshKey|PublicKey)$/;
/** Where the name of the property says nothing, though the schema's text does. */
const byType: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::ApiKey': ['Value'],
};

const code =
  /^(?:UserData|Commands?|EntryPoint|Script|ZipFile|InlineCode|BuildSpec|DefinitionString|DefinitionBody|FunctionCode|Content|RunCommand|OnCreate|OnStart|Args|Arguments|ContainerOverrides|Input)$/i;
/** What says who may do what, and what is for people. */
const skipped =
  /Policy(?:Document|Text)?$|^(?:Condition|Conditions|Tags|Description|Dimensions|EventPattern|KeySchema)$/;

/** Members that name what stands beside them. */
const labels = ['Name', 'Key', 'OptionName', 'ParameterKey', 'ParameterName'] as const;

/**
 * What a host reads of itself when it starts, and whoever may describe the stack's resource reads too.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html
 */
const readMetadata = ['AWS::CloudFormation::Authentication', 'AWS::CloudFormation::Init'];

/** User data may be written out in base64 instead of handed to `Fn::Base64`. */
function decoded(value: string): string {
  const isEncoded = /^(?:[A-Za-z0-9+/]{4}){3,}[A-Za-z0-9+/]{0,3}={0,2}$/.test(value.replace(/\s/g, ''));
  return isEncoded ? Buffer.from(value, 'base64').toString('utf8') : value;
}

/** Every text of a resource that might hold a secret. */
export function placesIn(resource: Resource, graph: EnvironmentGraph): readonly Place[] {
  const { type, properties } = resource;
  const schema = awsType(type);
  const found: Place[] = [];

  const visit = (
    value: Value,
    written: WrittenType | undefined,
    path: string,
    name: string,
    runs: boolean,
  ) => {
    const choices = graph.choicesOf(value);
    if (choices) {
      for (const each of choices) if (each !== undefined) visit(each, written, path, name, runs);
    } else if (typeof value === 'string') {
      found.push({
        name: path,
        value: name === 'UserData' ? decoded(value) : value,
        kind: kindOf(written, name, runs),
      });
    } else if (Array.isArray(value)) {
      const of = written && typeof written === 'object' && 'l' in written ? written.l : undefined;
      for (const each of value as readonly Value[]) visit(each, of, path, name, runs);
    } else if (isMap(value)) {
      within(value, definitionOf(written), path, runs);
    }
  };

  const within = (value: ValueMap, known: WrittenProperties | undefined, path: string, runs: boolean) => {
    const label = labels.map((key) => text(value[key])).find((each) => each !== undefined);
    const isPair = label !== undefined && typeof value.Value === 'string' && value.Type !== 'SECRETS_MANAGER';
    if (isPair && !found.some(({ name, value: other }) => name === label && other === value.Value))
      found.push({ name: label, value: value.Value as string, kind: 'named' });
    for (const [key, each] of Object.entries(value)) {
      if (each === undefined || skipped.test(key) || (isPair && key === 'Value')) continue;
      const property = known?.[key];
      const written = Array.isArray(property) ? (property[0] as WrittenType) : (property as WrittenType);
      visit(each, written, path === '' ? key : `${path}.${key}`, key, runs || code.test(key));
    }
  };

  const definitionOf = (written: WrittenType | undefined): WrittenProperties | undefined => {
    if (typeof written !== 'object') return undefined;
    if ('o' in written) return schema?.definitions[written.o];
    if ('e' in written) return written.e.map(definitionOf).find((each) => each !== undefined);
    return undefined;
  };

  const kindOf = (written: WrittenType | undefined, name: string, runs: boolean): Place['kind'] => {
    if (byType[type]?.includes(name)) return 'secret';
    if (runs) return 'code';
    // Without a schema, as in maps of free names and in custom resources, the name was chosen by somebody.
    if (written === undefined) return 'named';
    return written === 's' && secretProperty.test(name) && !noSecret.test(name) ? 'secret' : 'other';
  };

  within(properties, schema?.properties, '', false);
  for (const key of readMetadata) {
    const said = graph.resolveIn(resource.stack, resource.metadata[key]);
    if (isMap(said)) within(said, undefined, key, false);
  }
  return found;
}
