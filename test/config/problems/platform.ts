import { custom, type ProblemCases, shop } from './broken-shops.ts';

export const platform: ProblemCases = {
  paths: [
    [
      'an admin path without a leading slash',
      shop({ platform: { adminPaths: ['staff'] } }),
      [
        'platform.adminPaths[0]: found "staff"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'an empty admin path',
      shop({ platform: { adminPaths: [''] } }),
      [
        'platform.adminPaths[0]: found an empty text; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'every path an admin path',
      shop({ platform: { adminPaths: ['/'] } }),
      [
        'platform.adminPaths[0]: found "/"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'an admin path that means every path',
      shop({ platform: { adminPaths: ['//', '/.', '/staff/..'] } }),
      [
        'platform.adminPaths[0]: found "//"; write the path without "//", "/./" or "/../"',
        'platform.adminPaths[1]: found "/."; write the path without "//", "/./" or "/../"',
        'platform.adminPaths[2]: found "/staff/.."; write the path without "//", "/./" or "/../"',
      ],
    ],
    [
      'an admin path with a slash at its end',
      shop({ platform: { adminPaths: ['/staff/'] } }),
      [
        'platform.adminPaths[0]: found "/staff/"; write the path without a slash at its end; it covers everything below it',
      ],
    ],
    [
      'an admin path with a wildcard',
      shop({ platform: { adminPaths: ['/staff/*'] } }),
      [
        'platform.adminPaths[0]: found "/staff/*"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'a percent-encoded admin path',
      shop({ platform: { adminPaths: ['/%73taff'] } }),
      [
        'platform.adminPaths[0]: found "/%73taff"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      "an admin path that closes the preset's login",
      shop({ platform: { adminPaths: ['/My-Account'] } }),
      [
        `platform.adminPaths[0]: found "/My-Account", which would close the preset's "/my-account" to customers; write a narrower path`,
      ],
    ],
    [
      "an admin path above the preset's checkout",
      shop({ platform: { adminPaths: ['/wp-json'] } }),
      [
        `platform.adminPaths[0]: found "/wp-json", which would close the preset's "/wp-json/wc/store" to customers; write a narrower path`,
      ],
    ],
    [
      "an admin path that closes the preset's health check",
      shop({ platform: { adminPaths: ['/healthz'] } }),
      [
        `platform.adminPaths[0]: found "/healthz", which would close the preset's health path "/healthz"; write a narrower path`,
      ],
    ],
    [
      'an admin path the preset closes already',
      shop({ platform: { adminPaths: ['/WP-Admin/reports'] } }),
      [
        'platform.adminPaths[0]: found "/WP-Admin/reports", which the preset closes already through "/wp-admin"; remove it',
      ],
    ],
    [
      'a login path below an admin path',
      shop({ platform: { loginPaths: ['/wp-admin/login'] } }),
      [
        'platform.loginPaths[0]: found "/wp-admin/login", which the preset closes to the Internet through its admin path "/wp-admin"; customers could not reach it',
      ],
    ],
    [
      'a path both admin and public',
      custom({ publicPaths: ['/Staff'] }),
      [
        'platform.publicPaths[0]: found "/Staff", which is an admin path too; remove it here or in adminPaths',
      ],
    ],
    [
      'a public path below no admin path',
      custom({ publicPaths: ['/news'] }),
      [
        'platform.publicPaths[0]: found "/news", which lies below no admin path and is open anyway; remove it',
      ],
    ],
    [
      "customers' paths below an admin path",
      custom({
        loginPaths: ['/STAFF/login'],
        checkoutPaths: ['/staff'],
        uploadPaths: ['/staff/photos'],
        healthPath: '/staff/health',
      }),
      [
        'platform.loginPaths[0]: found "/STAFF/login", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.checkoutPaths[0]: found "/staff", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.uploadPaths[0]: found "/staff/photos", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.healthPath: found "/staff/health", which platform.adminPaths[0] "/staff" closes to the Internet; write one outside',
      ],
    ],
  ],
  'a custom platform': [
    [
      'no port and no health path',
      custom({ port: undefined, healthPath: undefined }),
      [
        'platform.port: missing; write a whole number from 1024 to 65535 (TCP port the container listens on; 1024 or above, as it does not run as root)',
        'platform.healthPath: missing; write a path that starts with a slash and is more than "/", such as "/health", in letters, digits and . _ ~ - only (Path that answers 200 when the shop and its database work)',
      ],
    ],
    [
      'a port below 1024',
      custom({ port: 80 }),
      ['platform.port: found 80; write a whole number from 1024 to 65535'],
    ],
    [
      'a port in quotes',
      custom({ port: '3000' }),
      ['platform.port: found "3000" in quotes; write a whole number from 1024 to 65535'],
    ],
    [
      'no admin path',
      custom({ adminPaths: [] }),
      [
        'platform.adminPaths: found none; name at least one admin path, so that it can be closed to the Internet',
      ],
    ],
    [
      'settings of a custom platform on a preset',
      shop({ platform: { port: 8080, updateDomains: [] } }),
      [
        'platform.port: unknown setting; "port" belongs in platform (preset: "custom")',
        'platform.updateDomains: unknown setting; "updateDomains" belongs in platform (preset: "custom")',
      ],
    ],
    [
      'one variable from two sources',
      custom({
        environment: { DATABASE_HOST: 'localhost', DEBUG: '1' },
        secretEnvironment: ['SESSION_KEY', 'DEBUG', 'SESSION_KEY'],
        media: { kind: 'bucket', environmentVariable: 'DATABASE_USER' },
      }),
      [
        'platform.secretEnvironment[2]: found "SESSION_KEY", which entry [0] of the list says already; remove one',
        'platform.environment.DATABASE_HOST: found "DATABASE_HOST", which platform.databaseEnvironment.host sets already; write another name',
        'platform.environment.DEBUG: found "DEBUG", which platform.secretEnvironment[1] sets already; write another name',
        'platform.media.environmentVariable: found "DATABASE_USER", which platform.databaseEnvironment.user sets already; write another name',
      ],
    ],
    [
      'variables AWS sets',
      custom({
        environment: { ECS_CONTAINER_METADATA_URI: 'x' },
        secretEnvironment: ['AWS_SECRET_ACCESS_KEY'],
      }),
      [
        'platform.secretEnvironment[0]: found "AWS_SECRET_ACCESS_KEY", which AWS sets or which must not be set by hand; remove it',
        'platform.environment.ECS_CONTAINER_METADATA_URI: found "ECS_CONTAINER_METADATA_URI", which AWS sets or which must not be set by hand; remove it',
      ],
    ],
    [
      'secrets among the plain variables',
      custom({
        environment: {
          STRIPE: `sk_${'live'}_abcdefghijklmnop`,
          SMTP_PASSWORD: 'hunter2',
          DATABASE_URL: 'postgres://shop:hunter2@db/shop',
        },
      }),
      [
        'platform.environment.STRIPE: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
        'platform.environment.SMTP_PASSWORD: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
        'platform.environment.DATABASE_URL: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
      ],
    ],
    [
      'writable folders that undo the read-only file system',
      custom({ writableFolders: ['/', '/etc', '/usr/bin', '/tmp/..'] }),
      [
        'platform.writableFolders[0]: found "/"; write an absolute folder such as "/var/www/html/wp-content/uploads"',
        'platform.writableFolders[1]: found "/etc"; write a folder of the shop, not one of the operating system',
        'platform.writableFolders[2]: found "/usr/bin"; write a folder of the shop, not one of the operating system',
        'platform.writableFolders[3]: found "/tmp/.."; write the folder without "//", "/./" or "/../"',
      ],
    ],
    [
      'writable folders in each other and around the media',
      custom({
        writableFolders: ['/tmp', '/tmp/cache', '/srv/media/thumbnails', '/srv'],
        media: { kind: 'file-system', mountPath: '/srv/media' },
      }),
      [
        'platform.writableFolders[1]: found "/tmp/cache", which is writable already through "/tmp"; remove it',
        'platform.writableFolders[2]: found "/srv/media/thumbnails", which is writable already through "/srv"; remove it',
        'platform.writableFolders[3]: found "/srv", which holds the media folder "/srv/media"; write a narrower folder',
      ],
    ],
    [
      'the media folder writable twice',
      custom({ writableFolders: ['/srv/media'], media: { kind: 'file-system', mountPath: '/srv/media' } }),
      [
        'platform.writableFolders[0]: found "/srv/media", which holds the media folder "/srv/media"; write a narrower folder',
      ],
    ],
  ],
};
