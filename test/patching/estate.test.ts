import { beforeAll, describe, expect, it } from 'vitest';
import { daysOfSupportLeft, runtimeNoticeDays } from '../../lib/lambda/runtimes.ts';
import { deploymentNames } from '../../lib/patching/names.ts';
import {
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
  templateOf,
} from '../support/synthesize.ts';

/** What other rooms must keep to, so that patching reaches them (PAT1, PAT2). */
describe('the whole environment', () => {
  let environment: SynthesizedEnvironment;
  const propertiesOf = (type: string) =>
    Object.values(resourcesOfType(environment, type)).map(({ Properties }) => Properties);

  beforeAll(async () => {
    environment = await exampleEnvironment('examples/woocommerce-starter.ts');
  });

  it('lets Aurora take minor versions by itself, in a declared window', () => {
    const instances = propertiesOf('AWS::RDS::DBInstance');
    expect(instances.length).toBeGreaterThan(0);
    for (const instance of instances) expect(instance.AutoMinorVersionUpgrade).toBe(true);
    for (const cluster of propertiesOf('AWS::RDS::DBCluster')) {
      expect(cluster.PreferredMaintenanceWindow).toMatch(/^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/);
    }
  });

  it('runs functions only on runtimes AWS patches for months to come', () => {
    const functions = propertiesOf('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const { Runtime } of functions) {
      expect(daysOfSupportLeft(String(Runtime), new Date()), String(Runtime)).toBeGreaterThan(
        runtimeNoticeDays,
      );
    }
  });

  it('runs the shop on the newest Fargate platform, under the names the pipeline knows', () => {
    const [definition] = propertiesOf('AWS::ECS::TaskDefinition');
    const names = deploymentNames(...familyParts(String(definition?.Family)));
    expect(propertiesOf('AWS::ECS::Service')).toEqual([
      expect.objectContaining({ ServiceName: names.service, PlatformVersion: 'LATEST' }),
    ]);
    expect(propertiesOf('AWS::ECS::Cluster')).toEqual([
      expect.objectContaining({ ClusterName: names.cluster }),
    ]);
    const roles = propertiesOf('AWS::IAM::Role').map(({ RoleName }) => RoleName);
    expect(roles).toEqual(expect.arrayContaining([names.taskRole, names.executionRole]));
    expect(JSON.stringify(templateOf(environment, 'Patching').toJSON())).toContain(
      `service/${names.cluster}/${names.service}`,
    );
  });

  it('addresses the image by the digest the parameter names at each deploy', () => {
    const [definition] = propertiesOf('AWS::ECS::TaskDefinition');
    const containers = definition?.ContainerDefinitions as { Name: string; Image: unknown }[];
    const shop = containers.find(({ Name }) => Name === 'shop');
    expect(JSON.stringify(shop?.Image)).toMatch(/"@",\{"Ref":"SsmParameterValue/);
    const parameters = templateOf(environment, 'Storefront').toJSON().Parameters as Record<
      string,
      { Type: string; Default: string; Description?: string }
    >;
    const digest = Object.values(parameters).find(({ Default }) =>
      /^\/secure-shop\/.*\/image-digest$/.test(Default ?? ''),
    );
    expect(digest?.Type).toBe('AWS::SSM::Parameter::Value<String>');
    // By this word the CDK would skip a deploy as unchanged, although the parameter has changed.
    expect(digest?.Description ?? '').not.toContain('[cdk:skip]');
  });

  it('rolls a deployment back by itself, also when an alarm fires in it', () => {
    const [service] = propertiesOf('AWS::ECS::Service');
    expect(service?.DeploymentConfiguration).toMatchObject({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      Alarms: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
    });
  });
});

/** The family is `<shop>-<environment>`; an environment's name has no hyphen in the examples. */
function familyParts(family: string): [shop: string, environment: string] {
  const cut = family.lastIndexOf('-');
  return [family.slice(0, cut), family.slice(cut + 1)];
}
