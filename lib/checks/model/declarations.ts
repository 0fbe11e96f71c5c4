import { createHash } from 'node:crypto';
import { type DataClass, dataClasses, declarationKeys } from '../../declarations/keys.ts';
import type { EnvironmentGraph, Resource } from './templates.ts';
import { at, isMap, list, numeric, text } from './values.ts';

export function dataClassOf(resource: Resource): DataClass | undefined {
  const declared = resource.metadata[declarationKeys.dataClass];
  return dataClasses.find((known) => known === declared);
}

/** Declared readers by construct path; undefined when the resource declares none. */
export function readersOf(resource: Resource): readonly string[] | undefined {
  const declared = resource.metadata[declarationKeys.readers];
  return isMap(declared) ? Object.keys(declared) : undefined;
}

/** Construct path without the last step that the CDK adds for the resource itself. */
export function constructPath(resource: Resource): string {
  return (resource.path ?? `${resource.stack}/${resource.logicalId}`).replace(/\/Resource$/, '');
}

/**
 * Whether a declared construct path means this resource. Templates made without path metadata still carry the path:
 * the CDK makes logical ids from it.
 * https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html#identifiers-logical-ids
 */
export function isConstruct(path: string, resource: Resource): boolean {
  if (resource.path !== undefined) return constructPath(resource) === path;
  const steps = path.split('/');
  return steps.some(
    (_, index) => logicalIdOf([...steps.slice(index + 1), 'Resource']) === resource.logicalId,
  );
}

function logicalIdOf(steps: readonly string[]): string {
  const hash = createHash('md5').update(steps.join('/')).digest('hex').slice(0, 8).toUpperCase();
  const readable = steps
    .filter((step, index) => step !== 'Resource' && step !== steps[index - 1])
    .map((step) => step.replace(/[^A-Za-z0-9]/g, ''));
  return readable.join('').slice(0, 240) + hash;
}

/** A declared list of names; undefined when the resource declares none. */
export function declaredNames(resource: Resource, key: string): readonly string[] | undefined {
  const declared = resource.metadata[key];
  return declared === undefined ? undefined : list(declared).flatMap((each) => text(each) ?? []);
}

export function isDisposable(graph: EnvironmentGraph): boolean {
  return graph.declaration?.disposable === true;
}

/** Administrative and exempted paths, from every resource that declares some. */
export function declaredPaths(graph: EnvironmentGraph): { adminPaths: string[]; publicPaths: string[] } {
  const collect = (key: string) => [
    ...new Set(
      graph.resources.flatMap((resource) => list(resource.metadata[key]).flatMap((path) => text(path) ?? [])),
    ),
  ];
  return {
    adminPaths: collect(declarationKeys.adminPaths),
    publicPaths: collect(declarationKeys.publicPaths),
  };
}

/** The second account for copies of backups that a plan or a key declares; undefined on every other resource. */
export function backupAccountOf({ metadata }: Resource): string | undefined {
  return text(metadata[declarationKeys.backupAccount]);
}

/** What a bucket of exports declares of itself; undefined on every other resource. */
export function exportsOf(
  resource: Resource,
): { readonly days: number; readonly from: readonly string[] } | undefined {
  const declared = resource.metadata[declarationKeys.exports];
  const days = numeric(at(declared, 'days'));
  if (resource.type !== 'AWS::S3::Bucket' || days === undefined) return undefined;
  return { days, from: list(at(declared, 'from')).flatMap((address) => text(address) ?? []) };
}

/** ARN of the person for whom alone a role is; undefined on every other resource. */
export function personOf(resource: Resource): string | undefined {
  return resource.type === 'AWS::IAM::Role' ? text(resource.metadata[declarationKeys.person]) : undefined;
}

/** The contract of a firm that runs the shop, as the role for it declares it; undefined on every other resource. */
export function contractOf(
  resource: Resource,
): { readonly account: string; readonly until: string } | undefined {
  const declared = resource.metadata[declarationKeys.contractor];
  const [account, until] = [text(at(declared, 'account')), text(at(declared, 'until'))];
  return resource.type === 'AWS::IAM::Role' && account !== undefined && until !== undefined
    ? { account, until }
    : undefined;
}
