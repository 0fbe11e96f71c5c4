import { z } from 'zod';

/**
 * What a build takes from outside, and how far each may move by itself: `versions.json` beside the Dockerfile.
 * Every entry is handed to the Dockerfile as a build argument of its name.
 */
const versionRange = z
  .string()
  .regex(/^\d+(\.\d+)*$/, 'write the leading numbers that stay fixed, such as "4.3" for the newest 4.3.x');

const name = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'write the build argument in capitals');

export const versionsSchema = z.strictObject({
  /** Base images: the tag may move, the build pins what it points to now by digest. */
  images: z.record(
    name,
    z
      .strictObject({
        repository: z.string().regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+$/, 'write the full repository'),
        tag: z
          .string()
          .regex(/^[\w][\w.-]{0,127}$/)
          .regex(
            /^(?!(?:latest|stable|edge|mainline|nightly|main|master)(?:-|$))/,
            'name a version, such as "8.3-apache": another major version may need more than new files',
          ),
      })
      // Its tags begin with PHP's version where they name none of WordPress itself.
      .refine(({ repository, tag }) => !/(^|\/)wordpress$/.test(repository) || /^\d/.test(tag), {
        path: ['tag'],
        message: 'begin with the version of WordPress, such as "7-php8.4-apache"',
      }),
  ),
  /** Software fetched by its version: the newest stable one inside the range. */
  packages: z.record(
    name,
    z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('wordpress-plugin'), name: z.string(), range: versionRange }),
      z.strictObject({ source: z.literal('packagist'), name: z.string(), range: versionRange }),
    ]),
  ),
});

export type Versions = z.output<typeof versionsSchema>;
