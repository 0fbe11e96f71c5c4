import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { SecureShopChecks } from '../../lib/checks/secure-shop-checks.ts';

const rule = 'SecureShop-NET4[OpenGroup]';

/** A stage with one open group; returns what CDK's own validation report says about it. */
function report(adjust: (group: ec2.CfnSecurityGroup) => void = () => {}) {
  const app = new App({ analyticsReporting: false });
  const checks = new SecureShopChecks(app);
  Validations.of(app).addPlugins(checks);
  const stack = new Stack(new Stage(app, 'production'), 'Network', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  adjust(
    new ec2.CfnSecurityGroup(stack, 'Group', {
      groupDescription: 'open',
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' }],
    }),
  );
  let folder: string;
  try {
    folder = app.synth().directory;
  } catch {
    // A finding fails the synthesis; its report is written all the same.
    folder = app.outdir;
  }
  const written = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
    pluginReports: {
      pluginName: string;
      violations: { ruleName: string }[];
      suppressedViolations?: { ruleName: string }[];
    }[];
  };
  const own = written.pluginReports.find(({ pluginName }) => pluginName === 'SecureShop');
  return { checks, own };
}

describe('the checks as a validation plugin', () => {
  it('report what they find in the stacks of a stage', () => {
    const { own, checks } = report();
    expect(own?.violations.map(({ ruleName }) => ruleName)).toContain(rule);
    expect([...checks.reviews.keys()]).toEqual(['production']);
  });

  it('leave a finding to the acknowledgement under its qualified id', () => {
    const { own } = report((group) =>
      Validations.of(group).acknowledge({ id: `SecureShop::${rule}`, reason: 'a jump host' }),
    );
    expect(own?.violations.map(({ ruleName }) => ruleName) ?? []).not.toContain(rule);
    expect(JSON.stringify(own?.suppressedViolations)).toContain('a jump host');
  });
});
