import type { CustomPlatform } from './schema/platform.ts';
import type { ParsedShop } from './schema.ts';

/**
 * What the stacks need to know of the shop software, whichever preset it came from.
 * A path covers itself and everything below it, except in `publicPaths`, which are exact.
 */
export interface Platform extends Omit<CustomPlatform, 'preset' | 'databaseEnvironment' | 'orders'> {
  readonly preset: 'woocommerce' | 'ec-cube' | 'custom';
  readonly databaseEnvironment: {
    readonly host: string;
    readonly port?: string | undefined;
    readonly name: string;
    readonly user: string;
    readonly password: string;
  };
  /**
   * Those of `secretEnvironment` that other stored values depend on: they get a generated value once and keep it. A
   * custom platform has none.
   */
  readonly fixedSecrets: readonly string[];
  /** Forms that take a long text: up to 64 KB. A custom platform has none. */
  readonly formPaths: readonly string[];
  /**
   * What the clock of the shop software logs after each round of its scheduled tasks; undefined when it has no clock of
   * its own. A custom platform has none.
   */
  readonly clockLine: string | undefined;
  /** What a restored database is looked at for: tables it cannot be without, and where its newest order stands. */
  readonly contents: {
    readonly tables: string[];
    readonly orders: {
      readonly table: string;
      readonly column: string;
      readonly only?: { readonly column: string; readonly value: string };
    }[];
  };
  /** What the config opens of the preset's closed paths; they are not among `adminPaths`. */
  readonly openFunctions: readonly string[];
}

const woocommerce = {
  preset: 'woocommerce',
  engine: 'mysql',
  port: 8080,
  healthPath: '/healthz',
  buildContext: 'platforms/woocommerce',
  // Customers sign in at /my-account; wp-login.php is for staff only. docs/edge.md says why each path is closed.
  adminPaths: [
    '/wp-admin',
    '/wp-login.php',
    '/xmlrpc.php',
    '/wp-cron.php',
    '/wp-signup.php',
    '/wp-activate.php',
    '/wp-mail.php',
    '/wp-trackback.php',
    '/wp-links-opml.php',
    '/wp-load.php',
    '/wp-settings.php',
    '/wp-blog-header.php',
    '/wp-config.php',
    '/wp-config-sample.php',
    '/wc-auth',
    '/wp-json/wp',
    '/wp-json/wp-abilities',
    '/wp-json/jetpack',
    '/wp-json/wccom-site',
    '/wp-json/wc-telemetry',
    '/wp-json/wp-site-health',
    '/wp-json/wp-block-editor',
    '/wp-json/batch',
    '/wp-json/wc-admin',
    '/wp-json/wc-analytics',
    '/wp-json/wc/v1',
    '/wp-json/wc/v2',
    '/wp-json/wc/v3',
    '/wp-json/wc/v4',
    '/wp-json/wc/private',
    '/wc-api/v1',
    '/wc-api/v2',
    '/wc-api/v3',
  ],
  // WooCommerce and most themes call admin-ajax.php from public pages; the account page loads the strength meter.
  publicPaths: [
    '/wp-admin/admin-ajax.php',
    '/wp-admin/js/password-strength-meter.js',
    '/wp-admin/js/password-strength-meter.min.js',
  ],
  loginPaths: ['/my-account'],
  checkoutPaths: ['/checkout'],
  uploadPaths: [],
  // The checkout with its order notes, the account, reviews, and contact forms under the names they usually have.
  formPaths: [
    '/checkout',
    '/my-account',
    '/wp-json/wc/store',
    '/wp-comments-post.php',
    '/contact',
    '/contact-us',
    '/inquiry',
    '/wp-json/contact-form-7',
  ],
  // PayPal's and Mollie's plugins have routes of their own; all others are below /wc-api.
  noticePaths: ['/wc-api', '/wp-json/paypal/v1/incoming', '/wp-json/mollie/v1/webhook'],
  staticPaths: ['/wp-content', '/wp-includes'],
  mediaPaths: ['/wp-content/uploads'],
  openFunctions: [],
  clockLine: 'the scheduled tasks of the shop ended well',
  userId: 33,
  writableFolders: ['/tmp', '/run'],
  environment: { WORDPRESS_DEBUG: '' },
  databaseEnvironment: {
    host: 'WORDPRESS_DB_HOST',
    port: 'WORDPRESS_DB_PORT',
    name: 'WORDPRESS_DB_NAME',
    user: 'WORDPRESS_DB_USER',
    password: 'WORDPRESS_DB_PASSWORD',
  },
  secretEnvironment: [
    'WORDPRESS_AUTH_KEY',
    'WORDPRESS_SECURE_AUTH_KEY',
    'WORDPRESS_LOGGED_IN_KEY',
    'WORDPRESS_NONCE_KEY',
    'WORDPRESS_AUTH_SALT',
    'WORDPRESS_SECURE_AUTH_SALT',
    'WORDPRESS_LOGGED_IN_SALT',
    'WORDPRESS_NONCE_SALT',
  ],
  fixedSecrets: [],
  // With the Linux group the web ACL would cost more than 2,000 capacity units; core refuses local file inclusion too.
  managedRuleGroups: ['php', 'wordpress'],
  // Plugins and core come with the image; only translations and the WooCommerce services are asked at run time.
  updateDomains: ['api.wordpress.org', 'api.woocommerce.com', 'woocommerce.com'],
  // Orders stand in a table of their own since WooCommerce 8.2, and among the posts before; a shop may keep either.
  // https://developer.woocommerce.com/docs/features/high-performance-order-storage/
  contents: {
    tables: ['wp_options', 'wp_posts', 'wp_users'],
    orders: [
      { table: 'wp_wc_orders', column: 'date_created_gmt' },
      { table: 'wp_posts', column: 'post_date_gmt', only: { column: 'post_type', value: 'shop_order' } },
    ],
  },
  media: { kind: 'file-system', mountPath: '/usr/src/wordpress/wp-content/uploads', userId: 33 },
} satisfies Omit<Platform, 'architecture'>;

const ecCube = {
  preset: 'ec-cube',
  engine: 'postgresql',
  port: 8080,
  healthPath: '/healthz',
  buildContext: 'platforms/ec-cube',
  adminPaths: ['/admin', '/install'],
  publicPaths: [],
  // Wherever an account is tried or made; /token is the API plugin's.
  loginPaths: ['/mypage/login', '/mypage/change', '/entry', '/forgot', '/contact', '/token'],
  // An order, a payment or a coupon; what only changes the cart or the delivery is not counted.
  checkoutPaths: ['/shopping/confirm', '/shopping/checkout', '/shopping/shopping_coupon', '/coupon'],
  uploadPaths: [],
  // EC-CUBE takes 3,000 characters in them, each up to nine bytes.
  // https://github.com/EC-CUBE/ec-cube/blob/4.3/app/config/eccube/packages/eccube.yaml (eccube_ltext_len)
  formPaths: ['/contact', '/entry', '/shopping', '/mypage', '/product_review'],
  noticePaths: ['/gmo_payment_gateway/receive'],
  staticPaths: ['/html'],
  mediaPaths: ['/html/upload'],
  openFunctions: [],
  clockLine: undefined,
  userId: 33,
  writableFolders: ['/tmp', '/run', '/var/www/html/var'],
  environment: { APP_ENV: 'prod', ECCUBE_ADMIN_ROUTE: 'admin', ECCUBE_FORCE_SSL: 'true' },
  databaseEnvironment: {
    host: 'ECCUBE_DB_HOST',
    port: 'ECCUBE_DB_PORT',
    name: 'ECCUBE_DB_NAME',
    user: 'ECCUBE_DB_USER',
    password: 'ECCUBE_DB_PASSWORD',
  },
  secretEnvironment: ['ECCUBE_AUTH_MAGIC', 'APP_SECRET'],
  // EC-CUBE mixes it into every customer's password hash: a new value would lock every customer out.
  // https://github.com/EC-CUBE/ec-cube/blob/4.3/src/Eccube/Security/PasswordHasher/PasswordHasher.php
  fixedSecrets: ['ECCUBE_AUTH_MAGIC'],
  managedRuleGroups: ['php'],
  updateDomains: ['package-api-c2.ec-cube.net'],
  // https://github.com/EC-CUBE/ec-cube/blob/4.3/src/Eccube/Entity/Order.php
  contents: {
    tables: ['dtb_customer', 'dtb_order', 'dtb_product'],
    orders: [{ table: 'dtb_order', column: 'create_date' }],
  },
  media: { kind: 'file-system', mountPath: '/var/www/html/html/upload', userId: 33 },
} satisfies Omit<Platform, 'architecture'>;

const presets = { woocommerce, 'ec-cube': ecCube };

/** What every customer needs besides the paths above: an admin path that closes it would be a mistake. */
const pages = {
  woocommerce: ['/index.php', '/shop', '/product', '/cart', '/wp-json/wc/store'],
  'ec-cube': ['/index.php', '/products', '/cart', '/entry', '/block'],
};

interface PresetPaths
  extends Pick<
    Platform,
    | 'healthPath'
    | 'adminPaths'
    | 'publicPaths'
    | 'loginPaths'
    | 'checkoutPaths'
    | 'uploadPaths'
    | 'staticPaths'
  > {
  readonly pages: readonly string[];
}

/** The paths a preset brings along; a custom platform brings none. */
export function presetPaths(preset: Platform['preset']): PresetPaths | undefined {
  return preset === 'custom' ? undefined : { ...presets[preset], pages: pages[preset] };
}

/** AWS's rule groups that every shop asks; a platform adds its own. */
export const commonManagedGroups = [
  'ip-reputation',
  'anonymous-ip',
  'core',
  'known-bad-inputs',
  'sql-injection',
] as const;

/** The groups that a shop asks; undefined as long as its platform is not known. */
export function managedGroupsOf(platform: {
  readonly preset?: Platform['preset'] | undefined;
  readonly managedRuleGroups?: readonly (string | undefined)[] | undefined;
}): readonly string[] | undefined {
  const { preset } = platform;
  if (preset === undefined) return undefined;
  const own = preset === 'custom' ? platform.managedRuleGroups : presets[preset].managedRuleGroups;
  return [...commonManagedGroups, ...(own ?? []).flatMap((name) => name ?? [])];
}

export function resolvePlatform(written: ParsedShop['platform']): Platform {
  if (written.preset === 'custom') {
    const { orders, ...custom } = written;
    const contents = { tables: [], orders: orders ? [orders] : [] };
    return { ...custom, contents, fixedSecrets: [], formPaths: [], clockLine: undefined, openFunctions: [] };
  }
  const preset: Omit<Platform, 'architecture'> = presets[written.preset];
  const openFunctions: readonly string[] = written.preset === 'woocommerce' ? written.openFunctions : [];
  return {
    ...preset,
    architecture: written.architecture,
    adminPaths: [...preset.adminPaths.filter((path) => !openFunctions.includes(path)), ...written.adminPaths],
    openFunctions,
    loginPaths: [...preset.loginPaths, ...written.loginPaths],
    checkoutPaths: [...preset.checkoutPaths, ...written.checkoutPaths],
    noticePaths: [...preset.noticePaths, ...written.noticePaths],
    uploadPaths: [...preset.uploadPaths, ...written.uploadPaths],
  };
}
