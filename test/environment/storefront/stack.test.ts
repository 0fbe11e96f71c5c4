import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { originTimeouts } from '../../../lib/environment/storefront/origin-timeouts.ts';
import {
  allExampleFiles,
  everyOfType,
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
  templateOf,
} from '../../support/synthesize.ts';

interface Container {
  readonly Name: string;
  readonly Memory: number;
  readonly User: string;
  readonly Privileged: boolean;
  readonly ReadonlyRootFilesystem: boolean;
  readonly Environment?: unknown[];
  readonly Image: unknown;
  readonly LinuxParameters: { readonly Capabilities: { readonly Drop: string[] } };
  readonly MountPoints: { readonly ContainerPath: string }[];
  readonly Secrets: { readonly Name: string; readonly ValueFrom: unknown }[];
}

function shopContainer(environment: SynthesizedEnvironment): Container {
  const [task] = Object.values(resourcesOfType(environment, 'AWS::ECS::TaskDefinition'));
  const containers = (task?.Properties.ContainerDefinitions ?? []) as Container[];
  const container = containers.find(({ Name }) => Name === 'shop');
  if (!container) throw new Error('no container named shop');
  return container;
}

describe.each(allExampleFiles)('the storefront of %s', (file) => {
  it('runs a container that can change nothing but its declared folders', async () => {
    const container = shopContainer(await exampleEnvironment(file));
    expect(container.ReadonlyRootFilesystem).toBe(true);
    expect(container.Privileged).toBe(false);
    expect(container.User).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(container.LinuxParameters.Capabilities.Drop).toEqual(['ALL']);
    expect(container.MountPoints.map(({ ContainerPath }) => ContainerPath)).toContain('/tmp');
  });

  it('leaves memory of the task to the agent that watches it', async () => {
    const environment = await exampleEnvironment(file);
    const [task] = Object.values(resourcesOfType(environment, 'AWS::ECS::TaskDefinition'));
    const { Memory } = shopContainer(environment);
    expect(Memory).toBeGreaterThan(0);
    expect(Number(task?.Properties.Memory) - Memory).toBeGreaterThanOrEqual(128);
  });

  it('puts nothing into plain environment variables (SEC1)', async () => {
    const container = shopContainer(await exampleEnvironment(file));
    expect(container.Environment).toBeUndefined();
    expect(container.Secrets.length).toBeGreaterThan(5);
  });

  it('addresses the image by the digest that a parameter names at each deploy (PAT1)', async () => {
    const environment = await exampleEnvironment(file);
    const container = shopContainer(environment);
    expect(JSON.stringify(container.Image)).toMatch(/"@",\{"Ref":"SsmParameterValue\w*imagedigest/);
    const parameters = templateOf(environment, 'Storefront').findParameters('*', {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: Match.stringLikeRegexp('^/secure-shop/.*/image-digest$'),
    });
    const [digest, ...others] = Object.values(parameters);
    expect(others).toEqual([]);
    // By this word the CDK would skip a deploy as unchanged, although the parameter has changed.
    expect(digest?.Description ?? '').not.toContain('[cdk:skip]');
  });

  it('opens no shell into a task and rolls a bad deployment back', async () => {
    const environment = await exampleEnvironment(file);
    templateOf(environment, 'Storefront').hasResourceProperties('AWS::ECS::Service', {
      EnableExecuteCommand: false,
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
      },
    });
  });

  it('tells a person when a clock the shop has falls silent (ALM1)', async () => {
    const environment = await exampleEnvironment(file);
    const template = templateOf(environment, 'Storefront');
    const filters = Object.values(template.findResources('AWS::Logs::MetricFilter'));
    expect(filters).toHaveLength(file.includes('woocommerce') ? 1 : 0);
    if (filters.length === 0) return;
    const { MetricName, MetricNamespace } = filters[0]?.Properties.MetricTransformations[0] ?? {};
    expect(readFileSync('platforms/woocommerce/cron.sh', 'utf8')).toContain(
      `echo '${filters[0]?.Properties.FilterPattern.replaceAll('"', '')}'`,
    );
    expect(JSON.stringify(filters[0]?.Properties.LogGroupName)).toContain('ShopLogs');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Namespace: MetricNamespace,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 2880 },
      AlarmActions: [Match.anyValue()],
    });
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    const alarms = JSON.stringify(service?.Properties.DeploymentConfiguration.Alarms.AlarmNames);
    // What was silent before a release says nothing of the new image.
    expect(alarms).not.toContain('Clock');
  });

  it('faces the Internet with CloudFront alone, over TLS 1.2 or newer (NET2)', async () => {
    const environment = await exampleEnvironment(file);
    templateOf(environment, 'Storefront').hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
        WebACLId: Match.anyValue(),
        DefaultCacheBehavior: {
          ViewerProtocolPolicy: 'redirect-to-https',
          ResponseHeadersPolicyId: Match.anyValue(),
        },
        Logging: Match.anyValue(),
      },
    });
    templateOf(environment, 'Storefront').hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
    templateOf(environment, 'Storefront').hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    });
  });

  it('refuses on the public listener whatever no rule forwards (ADM1)', async () => {
    const environment = await exampleEnvironment(file);
    const listeners = Object.values(
      resourcesOfType(environment, 'AWS::ElasticLoadBalancingV2::Listener'),
    ).filter(({ Properties }) => Properties.Port === 443);
    expect(listeners).toHaveLength(1);
    expect(listeners[0]?.Properties.DefaultActions).toMatchObject([
      { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } },
    ]);
    expect(listeners[0]?.Properties.SslPolicy).toMatch(/^ELBSecurityPolicy-TLS13-1-2-Res/);
  });

  it('opens the public listener to the group CloudFront makes, and to nobody else (NET3)', async () => {
    const environment = await exampleEnvironment(file);
    const ingress = templateOf(environment, 'Storefront').findResources('AWS::EC2::SecurityGroupIngress');
    const [rule, ...others] = Object.values(ingress);
    expect(others).toEqual([]);
    expect(rule?.Properties).toMatchObject({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
    expect(JSON.stringify(rule?.Properties.GroupId)).toContain('PublicListener');
    expect(JSON.stringify(rule?.Properties.SourceSecurityGroupId)).toContain('VpcOriginIngressGroup');
  });

  it('points an A and an AAAA record of every host to CloudFront', async () => {
    const environment = await exampleEnvironment(file);
    const [distribution] = Object.values(resourcesOfType(environment, 'AWS::CloudFront::Distribution'));
    const config = distribution?.Properties.DistributionConfig as { Aliases: string[] };
    const records = Object.values(resourcesOfType(environment, 'AWS::Route53::RecordSet')).map(
      ({ Properties }) => `${Properties.Type} ${Properties.Name}`,
    );
    for (const host of config.Aliases) {
      expect(records).toContain(`A ${host}.`);
      expect(records).toContain(`AAAA ${host}.`);
    }
  });
});

it.each(['woocommerce', 'ec-cube'])(
  '%s closes an unused connection after the load balancer does',
  (preset) => {
    const settings = readFileSync(`platforms/${preset}/apache2.conf`, 'utf8');
    // Or after every answer, and says so in it: then nobody uses the connection again.
    const seconds = Number(/^KeepAliveTimeout (\d+)$/m.exec(settings)?.[1]);
    const after = /^KeepAlive Off$/m.test(settings) ? Number.POSITIVE_INFINITY : seconds;
    expect(after).toBeGreaterThan(originTimeouts.idle.toSeconds());
  },
);

it('runs tasks in two zones or more from the standard tier up, and lets no deploy set their number back', async () => {
  const tasks = async (file: (typeof allExampleFiles)[number]) => {
    const environment = await exampleEnvironment(file);
    const [service] = everyOfType(environment, 'AWS::ECS::Service');
    const [target] = everyOfType(environment, 'AWS::ApplicationAutoScaling::ScalableTarget');
    return [service?.Properties.DesiredCount, target?.Properties.MinCapacity];
  };
  expect(await tasks('examples/woocommerce-starter.ts')).toEqual([undefined, 1]);
  expect(await tasks('examples/eccube-standard.ts')).toEqual([undefined, 2]);
  expect(await tasks('examples/custom-high-availability.ts')).toEqual([undefined, 3]);
});
