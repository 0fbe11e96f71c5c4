import { describe, expect, it } from 'vitest';
import { resolvePaymentHosts } from '../../../lib/config/payment.ts';
import { contentSecurityPolicy } from '../../../lib/environment/storefront/security-headers.ts';

const policyOf = (provider: 'stripe' | 'square' | 'none', extraScriptHosts: string[] = []) =>
  contentSecurityPolicy(resolvePaymentHosts({ provider, extraScriptHosts, extraFrameHosts: [] }));

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
      'https://js.stripe.com',
      'https://*.js.stripe.com',
    ]);
  });

  it('lets a shop without payment talk to nobody else', () => {
    const policy = policyOf('none');
    expect(policy).not.toContain('https:');
    expect(directive(policy, 'object-src')).toEqual(["'none'"]);
    expect(directive(policy, 'connect-src')).toEqual(["'self'"]);
  });

  it('names a further script host only when the config does', () => {
    expect(policyOf('stripe')).not.toContain('cdn.example.com');
    expect(policyOf('stripe', ['cdn.example.com'])).toContain('https://cdn.example.com');
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
