import { describe, expect, it } from 'vitest';
import { planDeploy, planRemoval } from '../../../lib/review/deploys/plan.ts';
import { describePlan } from '../../../lib/review/deploys/show.ts';
import { deployment, type Resources, stack } from './stacks.ts';

const inVpc = { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: ['subnet-1'] } } };
const outside = { Type: 'AWS::Lambda::Function', Properties: {} };
const certificate = { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'a.example' } };
const origin = { Type: 'AWS::CloudFront::VpcOrigin', Properties: {} };
const database = { Type: 'AWS::RDS::DBInstance', Properties: {} };
const after = (resource: Resources[string], ...others: string[]) => ({ ...resource, DependsOn: others });

const shop = (resources: Resources) => deployment(stack('shop', resources));

describe('a plan says what may take far longer than usual', () => {
  it.each<[string, Resources, Resources, string[]]>([
    [
      'a certificate that is made',
      { outside },
      { outside, certificate },
      ['CertificateManager::Certificate'],
    ],
    ['not one that stands', { certificate }, { certificate, outside }, []],
    ['a function that leaves the network', { outside, inVpc }, { outside }, ['Lambda::Function']],
    ['not one that never was in it', { outside, inVpc }, { inVpc }, []],
    ['an origin that goes', { outside, origin }, { outside }, ['CloudFront::VpcOrigin']],
    ['not one that comes', { outside }, { outside, origin }, []],
  ])('%s', (_, before, then, types) => {
    const lines = describePlan(planDeploy(shop(before), shop(then)));
    const told = lines.filter((line) => line.includes('WAITS'));
    expect(told.map((line) => /for 1 AWS::(\S+), \d+ to \d+ minutes: \S/.exec(line)?.[1])).toEqual(types);
  });
});

describe('a removal is estimated', () => {
  const minutes = (resources: Resources) => planRemoval(shop(resources)).stacks[0]?.minutes ?? 0;

  it('by its slowest chain, not by the sum of what goes at once', () => {
    const one = minutes({ database });
    expect(one).toBeGreaterThan(5);
    expect(minutes({ database, other: database })).toBe(one);
    expect(minutes({ database, inVpc: after(inVpc, 'database') })).toBeGreaterThan(one);
    expect(minutes({ outside })).toBe(1);
  });

  it('without what stays', () => {
    expect(minutes({ database: { ...database, DeletionPolicy: 'Retain' }, outside })).toBe(1);
  });

  it('and told, with what may take far longer', () => {
    const lines = describePlan(planRemoval(shop({ inVpc })));
    expect(lines[0]).toMatch(/^1\. shop .*: deleted, about \d+ minutes$/);
    expect(lines.join('\n')).toMatch(/WAITS {2}for 1 AWS::Lambda::Function, \d+ to \d+ minutes/);
  });
});
