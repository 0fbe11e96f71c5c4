/** What names a finding, whoever tells of it and how often. */

/** Access Analyzer tells of a resource, Security Hub of the same resource under another id. */
export function sharedKey(resource: string): string {
  return `shared|${resource}`;
}

/** Each rebuild is a new image with the same hole: what counts is where it runs. */
export function vulnerabilityKey(vulnerability: string, resource: string): string {
  return `vulnerable|${vulnerability}|${resource.replace(/[/@:]sha256:[0-9a-zA-Z]+$/, '')}`;
}

/** Config names a resource by its id, Security Hub by its ARN. */
export function controlKey(control: string, resource: string): string {
  return `control|${control}|${resource.split(/[:/]/).at(-1)}`;
}

/** Of a service that has ids of its own, which Security Hub writes as the end of an ARN. */
export function idKey(product: string, id: string): string {
  return `${product}|${id.split('/').at(-1)}`;
}
