import { describe, expect, it } from 'vitest';
import { holdsSecret, looksSecret, redact } from '../../lib/config/secrets.ts';

// Put together here, so that no scanner takes this file for a leak.
const stripeKey = `sk_${'live'}_51HabcdefABCDEF`;
const awsSecret = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');

describe('what looks like a secret', () => {
  it.each([
    stripeKey,
    awsSecret,
    `AKIA${'IOSFODNN7EXAMPLE'}`,
    `ghp_${'a'.repeat(36)}`,
    `-----BEGIN RSA ${'PRIVATE'} KEY-----`,
    'postgres://shop:hunter2@database/shop',
    '0123456789abcdef0123456789abcdef',
    'V1StGXR8Z5jdHi6BmyTq',
  ])('is recognized: %s', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  it.each([
    'shop.example.jp',
    'Z0123456789ABCDEFGHIJ',
    '111122223333',
    'arn:aws:acm:ap-northeast-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
    'arn:aws:iam::111122223333:saml-provider/MyCompanySingleSignOn2',
    '/var/www/html/wp-content/uploads',
    'accountTakeoverPrevention',
    'high-availability',
    'https://shop.example.jp/account/login',
  ])('is not taken for one: %s', (text) => {
    expect(looksSecret(text)).toBe(false);
  });

  it('is left out of texts that others wrote', () => {
    expect(redact(`bad key "${stripeKey}", sorry`)).toBe('bad key "(not shown: looks like a secret)", sorry');
  });
});

describe('an environment variable', () => {
  it.each([
    ['SMTP_PASSWORD', 'hunter2'],
    ['API_KEY', 'abc'],
    ['APP_KEY', 'correct horse battery staple'],
    ['ANALYTICS', stripeKey],
  ])('holds a secret: %s', (variable, value) => {
    expect(holdsSecret(variable, value)).toBe(true);
  });

  it.each([
    ['SMTP_PASSWORD', ''],
    ['CACHE_KEY', 'shop'],
    ['STRIPE_PUBLISHABLE_KEY', 'pk_live_abc'],
    ['RECAPTCHA_SITE_KEY', 'abc'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['NODE_ENV', 'production'],
  ])('holds none: %s', (variable, value) => {
    expect(holdsSecret(variable, value)).toBe(false);
  });
});
