import { describe, expect, it } from 'vitest';
import { resolvePaymentHosts } from '../../../lib/config/payment.ts';
import { contentSecurityPolicy } from '../../../lib/environment/storefront/security-headers.ts';

const noneExtra = {
  extraScriptHosts: [],
  extraStyleHosts: [],
  extraFontHosts: [],
  extraImageHosts: [],
  extraFrameHosts: [],
};

const policyOf = (
  provider: 'stripe' | 'square' | 'none',
  extra: Partial<Record<keyof typeof noneExtra, string[]>> = {},
  preset: 'woocommerce' | 'ec-cube' | 'custom' = 'custom',
) => contentSecurityPolicy(resolvePaymentHosts({ provider, ...noneExtra, ...extra }, preset));

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.split(' ')
    .slice(1);

describe('the content-security-policy', () => {
  it('lets the payment provider alone run scripts besides the shop (PCI 6.4.3)', () => {
    const scripts = directive(policyOf('stripe'), 'script-src');
    expect(scripts).toEqual([
      "'self'",
      "'unsafe-inline'",
      'https://*.awswaf.com',
      'https://js.stripe.com',
      'https://*.js.stripe.com',
    ]);
  });

  it('lets a shop without payment talk to nobody but the web ACL’s challenge', () => {
    const policy = policyOf('none');
    expect(policy.replaceAll('https://*.awswaf.com', '')).not.toContain('https:');
    expect(directive(policy, 'object-src')).toEqual(["'none'"]);
    expect(directive(policy, 'connect-src')).toEqual(["'self'", 'https://*.awswaf.com']);
  });

  it('names a further script host only when the config does', () => {
    expect(policyOf('stripe')).not.toContain('cdn.example.com');
    expect(policyOf('stripe', { extraScriptHosts: ['cdn.example.com'] })).toContain(
      'https://cdn.example.com',
    );
  });

  it.each([
    ['extraStyleHosts', 'style-src'],
    ['extraFontHosts', 'font-src'],
    ['extraImageHosts', 'img-src'],
  ] as const)('opens with %s its own directive alone', (setting, opened) => {
    const policy = policyOf('none', { [setting]: ['cdn.example.com'] });
    const naming = policy.split('; ').filter((part) => part.includes('cdn.example.com'));
    expect(naming.map((part) => part.split(' ')[0])).toEqual([opened]);
  });

  it('lets the presets’ own templates load what they load', () => {
    const ecCube = policyOf('none', {}, 'ec-cube');
    expect(directive(ecCube, 'style-src')).toContain('https://use.fontawesome.com');
    expect(directive(ecCube, 'font-src')).toContain('https://use.fontawesome.com');
    expect(directive(ecCube, 'script-src')).toContain('https://yubinbango.github.io');
    expect(directive(ecCube, 'script-src')).not.toContain('https://use.fontawesome.com');
    expect(directive(policyOf('none', {}, 'woocommerce'), 'img-src')).toContain(
      'https://secure.gravatar.com',
    );
  });

  it('never names a host without a scheme, which would also match plain HTTP', () => {
    for (const provider of ['stripe', 'square'] as const) {
      const sources = policyOf(provider)
        .split('; ')
        .flatMap((part) => part.split(' ').slice(1));
      for (const source of sources) expect(source).toMatch(/^('|https:\/\/|data:)/);
    }
  });
});
