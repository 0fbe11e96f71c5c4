import { asWritten } from '../values.ts';
import { isIntrinsic, listOf, mapOf, type Resources, type Written } from './template-parts.ts';

/** What an event of a function adds to a resource that the template writes itself. */
export interface Amendment {
  /** Its logical id. */
  readonly of: unknown;
  readonly property: string;
  /** What becomes of the property. */
  readonly amended: (before: Written) => Written;
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-s3.html */
export function notification({ Bucket, Events, Filter }: Written, functionArn: unknown): Amendment {
  const added = listOf(Events).map((Event) => ({
    Event,
    Function: functionArn,
    ...(Filter !== undefined && { Filter }),
  }));
  return {
    of: mapOf(Bucket).Ref,
    property: 'NotificationConfiguration',
    amended: (before) => ({
      ...before,
      LambdaConfigurations: [...listOf(before.LambdaConfigurations), ...added],
    }),
  };
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cognito.html */
export function trigger({ UserPool, Trigger }: Written, functionArn: unknown): Amendment {
  const triggers = Object.fromEntries(listOf(Trigger).map((name) => [asWritten(name), functionArn]));
  return {
    of: mapOf(UserPool).Ref,
    property: 'LambdaConfig',
    amended: (before) => ({ ...before, ...triggers }),
  };
}

/** Amends resources in place; what a deploy decides of a property stays open. */
export function amend(resources: Resources, amendments: readonly Amendment[]): void {
  for (const { of, property, amended } of amendments) {
    const resource = typeof of === 'string' && Object.hasOwn(resources, of) ? resources[of] : undefined;
    if (typeof of !== 'string' || resource === undefined) continue;
    const properties = mapOf(resource.Properties);
    if (isIntrinsic(properties[property])) continue;
    const value = amended(mapOf(properties[property]));
    resources[of] = { ...resource, Properties: { ...properties, [property]: value } };
  }
}
