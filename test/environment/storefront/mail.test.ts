import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseShop, type ShopInput } from '../../../lib/config/index.ts';
import { noticesOf } from '../../../lib/config/notices.ts';
import { smallShop } from '../../support/shops.ts';
import {
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
  synthesizeShop,
  templateOf,
} from '../../support/synthesize.ts';

type Mail = ShopInput['environments'][string]['mail'];

function shopWith(mail: Mail) {
  const { environments, ...shop } = smallShop();
  return parseShop({ ...shop, environments: { production: { ...environments.production, mail } } });
}

function synthesizeWith(mail: Mail): SynthesizedEnvironment {
  const [environment] = synthesizeShop(shopWith(mail));
  if (!environment) throw new Error('no environment');
  return environment;
}

/** Variables of the container, and what each is taken from. */
function settingsOf(environment: SynthesizedEnvironment): Record<string, string> {
  const [task] = Object.values(resourcesOfType(environment, 'AWS::ECS::TaskDefinition'));
  const [container] = (task?.Properties.ContainerDefinitions ?? []) as {
    Secrets: { Name: string; ValueFrom: unknown }[];
  }[];
  return Object.fromEntries(
    (container?.Secrets ?? [])
      .filter(({ Name }) => Name.startsWith('SHOP_MAIL'))
      .map(({ Name, ValueFrom }) => [Name, JSON.stringify(ValueFrom)]),
  );
}

function allowedNames(environment: SynthesizedEnvironment): string[] {
  return Object.values(resourcesOfType(environment, 'AWS::Route53Resolver::FirewallDomainList')).flatMap(
    ({ Properties }) => Properties.Domains as string[],
  );
}

function mailPorts(environment: SynthesizedEnvironment): unknown[] {
  return Object.values(resourcesOfType(environment, 'AWS::EC2::SecurityGroup'))
    .flatMap(({ Properties }) => (Properties.SecurityGroupEgress ?? []) as { FromPort?: number }[])
    .map(({ FromPort }) => FromPort)
    .filter((port) => [25, 465, 587, 2465, 2587].includes(port ?? 0));
}

describe('a shop with a mail server', () => {
  let environment: SynthesizedEnvironment;
  beforeAll(async () => {
    environment = await exampleEnvironment('examples/woocommerce-starter.ts');
  });

  it('learns server, port, sender and login, the login from a secret', () => {
    const settings = settingsOf(environment);
    expect(Object.keys(settings).sort()).toEqual([
      'SHOP_MAIL_FROM',
      'SHOP_MAIL_HOST',
      'SHOP_MAIL_PASSWORD',
      'SHOP_MAIL_PORT',
      'SHOP_MAIL_TLS',
      'SHOP_MAIL_USER',
    ]);
    expect(settings.SHOP_MAIL_PASSWORD).toMatch(/Mail\w*Secret.*:password::/);
    expect(settings.SHOP_MAIL_USER).toMatch(/Mail\w*Secret.*:username::/);
  });

  it('keeps the login in a secret that only the start of the shop reads, and its owner writes', () => {
    const storefront = templateOf(environment, 'Storefront');
    storefront.hasResource('AWS::SecretsManager::Secret', {
      Properties: {
        Name: 'mizu-ceramics/production/mail',
        KmsKeyId: Match.anyValue(),
        GenerateSecretString: Match.objectLike({ GenerateStringKey: 'password' }),
      },
      Metadata: { 'secure-shop:no-rotation': Match.stringLikeRegexp('owner writes it') },
    });
    const [secretId] = Object.keys(
      storefront.findResources('AWS::SecretsManager::Secret', {
        Properties: { Name: 'mizu-ceramics/production/mail' },
      }),
    );
    storefront.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      SecretId: { Ref: secretId },
      ResourcePolicy: {
        Statement: [
          {
            Sid: 'OnlyDeclaredReaders',
            Effect: 'Deny',
            Action: 'secretsmanager:GetSecretValue',
            Condition: {
              ArnNotEquals: {
                'aws:PrincipalArn': ['arn:aws:iam::222233334444:role/mizu-ceramics-production-execution'],
              },
            },
          },
        ],
      },
    });
  });

  it('is restarted when its owner wrote the login', () => {
    templateOf(environment, 'Storefront').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: Match.objectLike({ eventName: ['PutSecretValue', 'UpdateSecret'] }),
      }),
    });
  });

  it('reaches this server on this port, and no other', () => {
    expect(allowedNames(environment)).toContain('smtp.mail.example.com');
    expect(mailPorts(environment)).toEqual([587]);
  });
});

it('an existing secret is read as it is, and none is made', () => {
  const secret = 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:shop-mail-AbCdEf';
  const environment = synthesizeWith({
    host: 'smtp.example.com',
    port: 465,
    from: 'shop@example.jp',
    secret,
  });
  expect(settingsOf(environment).SHOP_MAIL_PASSWORD).toContain(`${secret}:password::`);
  const names = Object.values(resourcesOfType(environment, 'AWS::SecretsManager::Secret')).map(
    ({ Properties }) => Properties.Name,
  );
  expect(names).not.toContain('hana-candles/production/mail');
  expect(mailPorts(environment)).toEqual([465]);
});

describe('a shop that sends through Amazon SES', () => {
  let environment: SynthesizedEnvironment;
  beforeAll(async () => {
    environment = await exampleEnvironment('examples/eccube-standard.ts');
  });

  it('signs as its domain, with the keys in DNS', () => {
    const storefront = templateOf(environment, 'Storefront');
    storefront.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'www.midori-tea.example.jp',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    });
    const keys = storefront.findResources('AWS::Route53::RecordSet', { Properties: { Type: 'CNAME' } });
    expect(Object.keys(keys)).toHaveLength(3);
    for (const { Properties } of Object.values(keys)) {
      expect(Properties.HostedZoneId).toBe('Z0345678901CDEFGHIJKL');
      expect(JSON.stringify(Properties.Name)).toMatch(/DkimDNSTokenName[123]/);
      expect(JSON.stringify(Properties.ResourceRecords)).toMatch(/DkimDNSTokenValue[123]/);
    }
  });

  it('sends as its one address, with credentials that its tasks are given anew every few hours', () => {
    const policies = Object.values(resourcesOfType(environment, 'AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement,
    );
    const sending = policies.filter(({ Action }) => JSON.stringify(Action ?? []).includes('ses:'));
    expect(sending).toMatchObject([
      {
        Effect: 'Allow',
        Action: ['ses:SendEmail', 'ses:SendRawEmail'],
        Condition: { StringEquals: { 'ses:FromAddress': 'orders@www.midori-tea.example.jp' } },
      },
    ]);
    expect(JSON.stringify(sending[0]?.Resource)).toMatch(/:identity\/www\.midori-tea\.example\.jp"/);
    expect(resourcesOfType(environment, 'AWS::IAM::User')).toEqual({});
  });

  it('reaches SES over HTTPS, and is told no password', () => {
    expect(allowedNames(environment)).toContain('email.ap-northeast-1.amazonaws.com');
    expect(mailPorts(environment)).toEqual([]);
    expect(Object.keys(settingsOf(environment)).sort()).toEqual(['SHOP_MAIL_FROM', 'SHOP_MAIL_SES_REGION']);
  });
});

describe('a shop that sends no mail', () => {
  it('says so in one loud line', () => {
    expect(noticesOf(shopWith('none'))).toEqual([
      'environments.production.mail: THIS SHOP SENDS NO MAIL: no customer hears of an order, and no password can be reset',
    ]);
    expect(noticesOf(shopWith({ provider: 'ses' }))).toEqual([]);
  });

  it('has nothing to send with', () => {
    const environment = synthesizeWith('none');
    expect(settingsOf(environment)).toEqual({});
    expect(mailPorts(environment)).toEqual([]);
    expect(allowedNames(environment).join()).not.toContain('email.');
    expect(resourcesOfType(environment, 'AWS::SES::EmailIdentity')).toEqual({});
  });
});
