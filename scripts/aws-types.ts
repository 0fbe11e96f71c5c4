import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import {
  awsTypesFile,
  type WrittenProperties,
  type WrittenResourceType,
  type WrittenType,
} from '../lib/checks/model/aws-types/table.ts';

// Renews the table of what AWS's schemas say of each type of resource, from the package that the CDK's own diff reads.
// The package takes 1.3 s to load, most of it for texts and services that nobody asks about: npx tsx scripts/aws-types.ts
const { version } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json') as {
  version: string;
};
const schemas = loadAwsServiceSpecSync();
type Resource = ReturnType<typeof schemas.all<'resource'>>[number];
type Properties = Resource['properties'];
type PropertyType = Properties[string]['type'];

const lines = [...schemas.all('resource')]
  .sort((one, other) => (one.cloudFormationType < other.cloudFormationType ? -1 : 1))
  .map((resource) => `${resource.cloudFormationType}\t${JSON.stringify(typeOf(resource))}`);

function typeOf({
  properties,
  primaryIdentifier = [],
  attributes,
  isStateful,
}: Resource): WrittenResourceType {
  const definitions: Record<string, WrittenProperties> = {};
  return {
    properties: propertiesOf(properties, definitions),
    definitions,
    identifier: primaryIdentifier,
    attributes: Object.keys(attributes),
    stateful: isStateful === true,
  };
}

function propertiesOf(
  written: Properties,
  definitions: Record<string, WrittenProperties>,
): WrittenProperties {
  return Object.fromEntries(
    Object.entries(written).map(([name, { required, type }]) => {
      const short = shortType(type, definitions);
      return [name, required ? [short, 'required'] : short];
    }),
  );
}

function shortType(type: PropertyType, definitions: Record<string, WrittenProperties>): WrittenType {
  switch (type.type) {
    case 'string':
      return type.allowedValues ? { c: type.allowedValues } : 's';
    case 'number':
    case 'integer':
      return 'n';
    case 'boolean':
      return 'b';
    case 'array':
      return { l: shortType(type.element, definitions) };
    case 'map':
      return { m: shortType(type.element, definitions) };
    case 'union':
      return { e: type.types.map((each) => shortType(each, definitions)) };
    case 'ref': {
      const { name, properties } = schemas.get('typeDefinition', type.reference);
      if (!Object.hasOwn(definitions, name)) {
        // Before what it holds, for some hold themselves.
        definitions[name] = {};
        definitions[name] = propertiesOf(properties, definitions);
      }
      return { o: name };
    }
    default:
      return 'x';
  }
}

const table = Buffer.from(`# From @aws-cdk/aws-service-spec (Apache-2.0) ${version}\n${lines.join('\n')}\n`);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
writeFileSync(
  awsTypesFile,
  brotliCompressSync(table, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: table.length },
  }),
);
console.log(`${lines.length} types, ${table.length} bytes, from ${version}`);
