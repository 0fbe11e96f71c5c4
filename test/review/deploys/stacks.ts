import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';

export type Resources = Record<
  string,
  { Type: string; Properties?: Record<string, unknown>; [attribute: string]: unknown }
>;

type More = Partial<
  Pick<StackTemplate, 'region' | 'account' | 'terminationProtection' | 'dependsOn' | 'environment'>
> & {
  readonly outputs?: Record<string, unknown>;
};

/** A stack of a few resources. */
export function stack(name: string, resources: Resources, { outputs, ...more }: More = {}): StackTemplate {
  return {
    environment: 'production',
    name,
    account: '111122223333',
    region: 'ap-northeast-1',
    file: `${name}.json`,
    template: { Resources: resources, ...(outputs && { Outputs: outputs }) },
    ...more,
  };
}

export function deployment(...stacks: StackTemplate[]): Deployment {
  return new Deployment(stacks);
}

export const exported = (value: unknown, name: string) => ({ Value: value, Export: { Name: name } });
