import type { PaymentProvider } from './schema/payment.ts';
import type { ParsedShop } from './schema.ts';

/** Hosts of a payment provider, as its integration guide lists them for hosted card fields. */
export interface PaymentHosts {
  /** May run scripts on the shop's pages (`script-src`). */
  readonly scripts: readonly string[];
  /** May be framed: the hosted card fields and 3-D Secure (`frame-src`). */
  readonly frames: readonly string[];
  /** May be called by the customer's browser (`connect-src`). */
  readonly connections: readonly string[];
  /** May style the shop's pages (`style-src`). */
  readonly styles: readonly string[];
  /** May give fonts to the shop's pages (`font-src`). */
  readonly fonts: readonly string[];
  /** May give pictures to the shop's pages (`img-src`), besides those that may run scripts. */
  readonly images: readonly string[];
  /** Called by the shop's server; they enter the DNS allow-list. */
  readonly server: readonly string[];
  /** Where its servers stand that call the shop (webhooks); a shop that sells to few countries must let them in. */
  readonly countries: readonly string[];
}

const providers: Record<PaymentProvider, Omit<PaymentHosts, 'images'>> = {
  // https://docs.stripe.com/security/guide#content-security-policy
  stripe: {
    scripts: ['js.stripe.com', '*.js.stripe.com'],
    frames: ['js.stripe.com', '*.js.stripe.com', 'hooks.stripe.com'],
    connections: ['api.stripe.com'],
    styles: [],
    fonts: [],
    server: ['api.stripe.com', 'files.stripe.com'],
    countries: ['US'],
  },
  // https://pay.jp/docs/payjs and https://pay.jp/docs/checkout
  payjp: {
    scripts: ['js.pay.jp', 'checkout.pay.jp'],
    frames: ['js.pay.jp', 'checkout.pay.jp', 'api.pay.jp'],
    connections: ['api.pay.jp'],
    styles: [],
    fonts: [],
    server: ['api.pay.jp'],
    countries: ['JP'],
  },
  // https://developer.squareup.com/docs/web-payments/content-security-policy, without its error reporting.
  square: {
    scripts: ['web.squarecdn.com'],
    frames: ['web.squarecdn.com', 'connect.squareup.com'],
    connections: ['web.squarecdn.com', 'connect.squareup.com', 'pci-connect.squareup.com'],
    styles: ['web.squarecdn.com'],
    fonts: ['square-fonts-production-f.squarecdn.com', 'd1g145x70srn7h.cloudfront.net'],
    server: ['connect.squareup.com'],
    countries: ['US'],
  },
  // https://static.mul-pay.jp/doc/card-token/
  'gmo-payment-gateway': {
    scripts: ['static.mul-pay.jp'],
    frames: ['static.mul-pay.jp', 'p01.mul-pay.jp'],
    connections: ['p01.mul-pay.jp', 'static.mul-pay.jp'],
    styles: [],
    fonts: [],
    server: ['p01.mul-pay.jp'],
    countries: ['JP'],
  },
  // https://developer.paypal.com/sdk/js/best-practices, without Venmo, which only works in the United States.
  paypal: {
    scripts: ['*.paypal.com', '*.paypalobjects.com'],
    frames: ['*.paypal.com', '*.paypalobjects.com'],
    connections: ['*.paypal.com', '*.paypalobjects.com'],
    styles: ['*.paypal.com', '*.paypalobjects.com'],
    fonts: [],
    server: ['api-m.paypal.com'],
    countries: ['US'],
  },
  none: { scripts: [], frames: [], connections: [], styles: [], fonts: [], server: [], countries: [] },
};

type PageHosts = Pick<PaymentHosts, 'scripts' | 'styles' | 'fonts' | 'images'>;
const nothing: PageHosts = { scripts: [], styles: [], fonts: [], images: [] };

/** What the presets' own templates load from elsewhere. */
const pageHosts: Record<ParsedShop['platform']['preset'], PageHosts> = {
  // Pictures of those who write reviews, and of emoji for browsers that have none:
  // https://github.com/WordPress/wordpress-develop/blob/6.5/src/wp-includes/formatting.php (print_emoji_detection_script)
  woocommerce: { ...nothing, images: ['secure.gravatar.com', 's.w.org'] },
  // Icons with their fonts, and the addresses that belong to a postcode: default_frame.twig and the address forms below
  // https://github.com/EC-CUBE/ec-cube/tree/4.3/src/Eccube/Resource/template/default
  'ec-cube': {
    ...nothing,
    scripts: ['yubinbango.github.io'],
    styles: ['use.fontawesome.com'],
    fonts: ['use.fontawesome.com'],
  },
  custom: nothing,
};

/** @param preset whose own templates load from further hosts */
export function resolvePaymentHosts(
  payment: Omit<ParsedShop['payment'], 'scripts' | 'page' | 'watch'>,
  preset: ParsedShop['platform']['preset'],
): PaymentHosts {
  const hosts = providers[payment.provider];
  const page = pageHosts[preset];
  return {
    ...hosts,
    scripts: [...hosts.scripts, ...page.scripts, ...payment.extraScriptHosts],
    styles: [...hosts.styles, ...page.styles, ...payment.extraStyleHosts],
    fonts: [...hosts.fonts, ...page.fonts, ...payment.extraFontHosts],
    images: [...page.images, ...payment.extraImageHosts],
    frames: [...hosts.frames, ...payment.extraFrameHosts],
  };
}
