import type { StackTemplate } from '../templates/template-tree.ts';
import { type Finding, findingOfStack } from './finding.ts';
import type { Deployment } from './model/deployment.ts';
import { stackKey } from './model/world.ts';

const stacksSource = 'https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html';

export interface StackLeft {
  readonly stack: StackTemplate;
  readonly finding: Finding;
}

/** `cdk deploy` does not delete stacks that the templates have no more. */
export function leftBehind(deployed: Deployment | undefined, target: Deployment): StackLeft[] {
  const kept = new Set(target.stacks.map(stackKey));
  return (deployed?.stacks ?? [])
    .filter((stack) => !kept.has(stackKey(stack)) && !stack.foreign)
    .map((stack) => {
      const region = stack.region ? ` --region ${stack.region}` : '';
      const finding = findingOfStack(stack, {
        effect: 'left',
        constraint: 'stack-left',
        says: 'is no part of the shop any more; "cdk deploy" leaves it as it is, with its data, and it goes on costing',
        way: 'Delete it when nobody needs it.',
        commands: [`aws cloudformation delete-stack --stack-name ${stack.name}${region}`],
        source: stacksSource,
      });
      return { stack, finding };
    });
}

export interface ShopApart {
  /** What is deployed, and becomes no part of the new one. */
  readonly left: readonly StackTemplate[];
  readonly first: StackTemplate;
  readonly finding: Finding;
}

/** Environments that would be built a second time: under another name, in another account or region. */
export function shopsApart(deployed: Deployment, target: Deployment): ShopApart[] {
  const ofEnvironment = ({ stacks }: Deployment, name: string) =>
    stacks.filter(({ environment }) => environment === name);
  return [...new Set(target.stacks.map(({ environment }) => environment))].flatMap((name) => {
    const [before, after] = [ofEnvironment(deployed, name), ofEnvironment(target, name)];
    const kept = new Set(after.map(stackKey));
    const left = before.filter((stack) => !kept.has(stackKey(stack)));
    const moved = left.flatMap((stack) => {
      const to = after.find((other) => other.name === stack.name);
      return to ? [{ from: placeName(stack), to: placeName(to) }] : [];
    });
    const [first] = after;
    if (!first || left.length === 0 || (moved.length === 0 && left.length < before.length)) return [];
    const [place] = moved;
    const finding = findingOfStack(first, {
      effect: 'refused',
      constraint: 'shop-apart',
      says: place
        ? `begins a second, empty shop in ${place.to}; what is in ${place.from} stays there with its data, and its names, buckets and aliases stay taken`
        : `begins a second, empty shop; what is deployed (${left[0]?.name} ...) stays with its data under its own name, and its aliases and records stay taken`,
      way: "Keep name, account and region. To move, build the new shop beside the old one, under another name, with dns: 'later' and, in the same account and region, detection.accountServices: 'existing'; copy the data, take the old one's names away, and delete it.",
      source: stacksSource,
    });
    return [{ left, first, finding }];
  });
}

function placeName({ account, region }: StackTemplate): string {
  return [account && `account ${account}`, region].filter(Boolean).join(', ') || 'another place';
}
