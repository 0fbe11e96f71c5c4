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

  /** Read from the templates: EC-CUBE 4.3, src/Eccube/Resource/template/default; WordPress 6.5, get_avatar and emoji. */
  it('lets the presets’ own templates load what they load, and nothing else', () => {
    const own = (preset: 'ec-cube' | 'woocommerce') =>
      Object.fromEntries(
        policyOf('none', {}, preset)
          .split('; ')
          .map((part) => part.split(' '))
          .map(([name = '', ...sources]) => [
            name,
            sources.filter((source) => source.startsWith('https:') && !source.includes('awswaf')),
          ])
          .filter(([, sources]) => sources?.length),
      );
    expect(own('ec-cube')).toEqual({
      'script-src': ['https://yubinbango.github.io'],
      'style-src': ['https://use.fontawesome.com'],
      'img-src': ['https://yubinbango.github.io'],
      'font-src': ['https://use.fontawesome.com'],
    });
    expect(own('woocommerce')).toEqual({ 'img-src': ['https://secure.gravatar.com', 'https://s.w.org'] });
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
