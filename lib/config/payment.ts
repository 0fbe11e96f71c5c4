import type { ParsedShop, PaymentProvider } from './schema.ts';

/** Hosts of a payment provider, as its integration guide lists them for hosted card fields. */
export interface PaymentHosts {
  /** May run scripts on the shop's pages (`script-src`). */
  readonly scripts: readonly string[];
  /** May be framed: the hosted card fields and 3-D Secure (`frame-src`). */
  readonly frames: readonly string[];
  /** May be called by the customer's browser (`connect-src`). */
  readonly connections: readonly string[];
  /** Called by the shop's server; they enter the DNS allow-list. */
  readonly server: readonly string[];
}

const providers: Record<PaymentProvider, PaymentHosts> = {
  // https://docs.stripe.com/security/guide#content-security-policy
  stripe: {
    scripts: ['js.stripe.com', '*.js.stripe.com'],
    frames: ['js.stripe.com', '*.js.stripe.com', 'hooks.stripe.com'],
    connections: ['api.stripe.com'],
    server: ['api.stripe.com', 'files.stripe.com'],
  },
  // https://pay.jp/docs/payjs
  payjp: {
    scripts: ['js.pay.jp'],
    frames: ['js.pay.jp', 'api.pay.jp'],
    connections: ['api.pay.jp'],
    server: ['api.pay.jp'],
  },
  // https://developer.squareup.com/docs/web-payments/overview
  square: {
    scripts: ['web.squarecdn.com', 'js.squareup.com'],
    frames: ['web.squarecdn.com', 'connect.squareup.com'],
    connections: ['connect.squareup.com', 'pci-connect.squareup.com'],
    server: ['connect.squareup.com'],
  },
  // https://mp-token-js.docs.mul-pay.jp/
  'gmo-payment-gateway': {
    scripts: ['static.mul-pay.jp'],
    frames: ['static.mul-pay.jp', 'p01.mul-pay.jp'],
    connections: ['p01.mul-pay.jp', 'static.mul-pay.jp'],
    server: ['p01.mul-pay.jp'],
  },
  // https://developer.paypal.com/sdk/js/configuration/
  paypal: {
    scripts: ['www.paypal.com', 'www.paypalobjects.com'],
    frames: ['www.paypal.com'],
    connections: ['www.paypal.com', 'api-m.paypal.com'],
    server: ['api-m.paypal.com'],
  },
  none: { scripts: [], frames: [], connections: [], server: [] },
};

export function resolvePaymentHosts(payment: ParsedShop['payment']): PaymentHosts {
  const hosts = providers[payment.provider];
  return { ...hosts, scripts: [...hosts.scripts, ...payment.extraScriptHosts] };
}
