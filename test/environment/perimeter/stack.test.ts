import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../lib/config/index.ts';
import { PerimeterStack } from '../../../lib/environment/perimeter/stack.ts';
import { type EnvironmentInput, shopWith } from '../../review/rehearsal/fixture.ts';

function perimeterOf(input: Partial<EnvironmentInput> = {}, settings: Partial<Environment> = {}) {
  const shop = shopWith({ preset: 'woocommerce' }, input);
  const production = shop.environments.production;
  if (!production) throw new Error('no production');
  const environment = { ...production, ...settings };
  const stack = new PerimeterStack(new App(), 'Perimeter', {
    shop,
    environment,
    env: { account: environment.account, region: 'us-east-1' },
  });
  return { stack, template: Template.fromStack(stack) };
}

describe('the perimeter stack', () => {
  const { stack, template } = perimeterOf();

  it('makes a certificate for the domain and its aliases, validated by DNS', () => {
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'shop.example.jp',
      SubjectAlternativeNames: ['www.shop.example.jp'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: Match.arrayWith([
        { DomainName: 'shop.example.jp', HostedZoneId: 'Z0123456789ABCDEFGHIJ' },
      ]),
    });
  });

  it('keeps the certificate that CloudFront still uses when another one takes its place', () => {
    template.hasResource('AWS::CertificateManager::Certificate', {
      UpdateReplacePolicy: 'Retain',
      // And deletes the one of a first deploy that failed.
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    perimeterOf({}, { disposable: true }).template.hasResource('AWS::CertificateManager::Certificate', {
      UpdateReplacePolicy: 'Retain',
      DeletionPolicy: 'Delete',
    });
  });

  it('takes an existing certificate instead', () => {
    const edgeArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-1111-2222-3333-444444444444';
    const existing = perimeterOf({ certificates: { edgeArn } });
    existing.template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    expect(existing.stack.certificate.certificateArn).toBe(edgeArn);
  });

  it('keeps web ACL logs where AWS WAF may deliver, encrypted, for the configured days', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: {
        LogGroupName: 'aws-waf-logs-hana-candles-production',
        RetentionInDays: 400,
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogsKey'), 'Arn'] },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('lets CloudWatch Logs of us-east-1 use the key, for groups of this account only', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.us-east-1.amazonaws.com' },
            Condition: {
              ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:us-east-1:111122223333:*' },
            },
          }),
        ]),
      },
    });
  });

  it('gives the distribution its web ACL', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
    });
    expect(stack.resolve(stack.webAclArn)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^WebAcl/), 'Arn'],
    });
  });

  it('lets a disposable environment go', () => {
    const disposable = perimeterOf({}, { disposable: true });
    disposable.template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
    disposable.template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  });
});
