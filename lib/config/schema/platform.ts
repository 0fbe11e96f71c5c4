import { z } from 'zod';
import { absoluteFolder, allowedDomain, environmentVariable, exactPath, urlPath } from './texts.ts';

const managedRuleGroupNames = ['php', 'wordpress', 'linux', 'unix'] as const;

const media = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('file-system')
      .describe('An encrypted EFS file system, mounted over TLS with IAM through an access point.'),
    mountPath: absoluteFolder.describe('Where the shop expects its media folder inside the container.'),
    userId: z
      .int()
      .min(1)
      .max(65534)
      .default(1000)
      .describe('POSIX user and group id that owns the files; never 0 (root).'),
  }),
  z.strictObject({
    kind: z.literal('bucket').describe('An encrypted, versioned S3 bucket that only the shop task can use.'),
    environmentVariable: environmentVariable.describe(
      'The environment variable through which the shop learns the bucket name.',
    ),
  }),
  z.strictObject({ kind: z.literal('none').describe('The shop keeps no media of its own.') }),
]);

const sqlName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
    'write a name as it stands in the database, in letters, digits and underscores, such as "orders"',
  );

const noticePaths = z
  .array(urlPath('/payment/receive'))
  .default([])
  .describe(
    "Paths where a payment provider's servers tell what was paid: rules on countries, user agents and sizes leave them alone.",
  );

/** Closed paths of WordPress that a plugin may need, each opened by its own name. */
export const openableFunctions = [
  '/wc-auth',
  '/wp-json/jetpack',
  '/wp-json/wccom-site',
  '/wp-json/wc-telemetry',
  '/wp-json/wc/private',
  '/wp-json/wc/v3',
  '/wp-json/wp',
  '/xmlrpc.php',
] as const;

const presetPlatform = <Preset extends 'woocommerce' | 'ec-cube'>(preset: Preset, about: string) =>
  z.strictObject({
    preset: z.literal(preset).describe(about),
    adminPaths: z
      .array(urlPath('/staff'))
      .default([])
      .describe(
        "Admin paths besides the preset's own: each answers 403 to the Internet, with everything below it.",
      ),
    loginPaths: z
      .array(urlPath('/account/login'))
      .default([])
      .describe("Customer sign-in paths besides the preset's own; they get the stricter login rate rule."),
    checkoutPaths: z
      .array(urlPath('/checkout'))
      .default([])
      .describe("Checkout paths besides the preset's own; they get the card-testing rate rule."),
    noticePaths,
    uploadPaths: z
      .array(urlPath('/reviews/photos'))
      .default([])
      .describe('Paths that may receive bodies above 64 KB, such as pictures; forms need none.'),
    architecture: z
      .enum(['arm64', 'x86_64'])
      .default('arm64')
      .describe('Processor of the image; arm64 costs about a fifth less.'),
  });

const customPlatform = z.strictObject({
  preset: z
    .literal('custom')
    .describe('Any shop software in a container of your own; everything the presets know is said here.'),
  engine: z.enum(['postgresql', 'mysql']).describe('Database engine the shop speaks.'),
  port: z
    .int()
    .min(1024)
    .max(65535)
    .describe('TCP port the container listens on; 1024 or above, as it does not run as root.'),
  healthPath: exactPath('/health').describe('Path that answers 200 when the shop and its database work.'),
  buildContext: z
    .string()
    .min(1, 'write a folder such as "./my-shop"')
    .describe(
      'Folder with the Dockerfile and versions.json that the patch pipeline builds from, relative to the config file; examples/custom-shop is one.',
    ),
  adminPaths: z
    .array(urlPath('/staff'))
    .min(1, 'name at least one admin path, so that it can be closed to the Internet')
    .describe('Paths that answer 403 to the Internet, with everything below them.'),
  publicPaths: z
    .array(exactPath('/staff/banner.png'))
    .default([])
    .describe('Exact paths below an admin path that customers need; everything else there stays closed.'),
  loginPaths: z
    .array(urlPath('/account/login'))
    .default([])
    .describe('Customer sign-in paths; they get the stricter login rate rule.'),
  checkoutPaths: z
    .array(urlPath('/checkout'))
    .default([])
    .describe('Checkout paths; they get the card-testing rate rule.'),
  uploadPaths: z
    .array(urlPath('/account/photos'))
    .default([])
    .describe('Paths that may receive bodies above 16 KB; body-size rules block everywhere else.'),
  noticePaths,
  staticPaths: z
    .array(urlPath('/assets'))
    .max(10, 'write at most 10 folders; one covers everything below it')
    .default([])
    .describe(
      'Folders of files that are the same for every customer: the edge keeps what the shop marks as public there, and sends no cookies.',
    ),
  mediaPaths: z
    .array(urlPath('/media'))
    .max(10, 'write at most 10 folders; one covers everything below it')
    .default([])
    .describe(
      'Folders of uploaded pictures: kept at the edge like `staticPaths`, and shown in a sandbox, so that no upload acts as a page of the shop.',
    ),
  userId: z
    .int()
    .min(1)
    .max(65534)
    .default(1000)
    .describe('POSIX user and group id the container runs as; never 0 (root).'),
  writableFolders: z
    .array(absoluteFolder)
    .default(['/tmp'])
    .describe('Folders the shop may write; the rest of the root file system is read-only.'),
  environment: z
    .record(
      environmentVariable,
      z.string().regex(/^[\P{Cc}\t\n]{0,1024}$/u, 'write a text of at most 1024 printable characters'),
    )
    .default({})
    .describe('Plain environment variables. Never a secret: those go to secretEnvironment.'),
  databaseEnvironment: z
    .strictObject({
      host: environmentVariable.describe('Variable with the host name of the database.'),
      port: environmentVariable
        .optional()
        .describe('Variable with its port, which is not the usual one of the engine.'),
      name: environmentVariable.describe('Variable with the name of the database.'),
      user: environmentVariable.describe('Variable with the user, which changes at each rotation.'),
      password: environmentVariable.describe('Variable with the password.'),
    })
    .prefault({
      host: 'DATABASE_HOST',
      port: 'DATABASE_PORT',
      name: 'DATABASE_NAME',
      user: 'DATABASE_USER',
      password: 'DATABASE_PASSWORD',
    })
    .describe('Environment variables through which the shop receives its database login.'),
  secretEnvironment: z
    .array(environmentVariable)
    .default([])
    .describe(
      'Application secrets (session keys, salts): each is generated, rotated and injected under this name.',
    ),
  managedRuleGroups: z
    .array(z.enum(managedRuleGroupNames))
    .default([])
    .describe('AWS managed WAF rule groups besides core, known bad inputs and SQL injection.'),
  updateDomains: z
    .array(allowedDomain)
    .default([])
    .describe('Domains the running shop must reach, such as its update server.'),
  orders: z
    .strictObject({
      table: sqlName.describe('The table, such as `orders`.'),
      column: sqlName.describe(
        'The column that says when an order was placed: a date with a time, in UTC where it has no time zone.',
      ),
    })
    .optional()
    .describe(
      'Where the orders stand in the database: the monthly restore test looks there for the newest one. Default: it counts the rows of all tables only.',
    ),
  media: media.default({ kind: 'none' }).describe('Where uploaded pictures live.'),
  architecture: z
    .enum(['arm64', 'x86_64'])
    .default('arm64')
    .describe('Processor of the image; arm64 costs about a fifth less.'),
});

export const platform = z.discriminatedUnion('preset', [
  presetPlatform('woocommerce', 'WordPress with WooCommerce on MySQL.').extend({
    openFunctions: z
      .array(z.enum(openableFunctions))
      .default([])
      .describe(
        'Functions for staff or plugins that the preset closes to the Internet and a plugin needs all the same, such as `/wp-json/jetpack`. Every report names them.',
      ),
  }),
  presetPlatform('ec-cube', 'EC-CUBE 4 on PostgreSQL.'),
  customPlatform,
]);

export type CustomPlatform = z.output<typeof customPlatform>;
