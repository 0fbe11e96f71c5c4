import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import { installWordpress } from './support/php-shop.ts';

const script = join(packageRoot, 'platforms', 'ec-cube', 'start.sh');
const withoutPhp = !existsSync('/usr/bin/php');

/** EC-CUBE itself cannot be fetched here: this runs our start script with a console and a web server that only listen. */
describe.skipIf(withoutPhp)(`the start of EC-CUBE (${installWordpress})`, () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-eccube-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'console'), '<?php fwrite(STDERR, implode(" ", $argv));');
    writeFileSync(join(folder, 'bin', 'apache2'), '#!/bin/sh\nenv\necho "ARGUMENTS=$*"\n');
    chmodSync(join(folder, 'bin', 'apache2'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (changes: Record<string, string> = {}) =>
    promisify(execFile)(script, {
      env: {
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
        SHOP_ROOT: folder,
        SHOP_FILES: '/etc/shop',
        SHOP_ORIGIN: 'https://shop.example.jp',
        SHOP_ADMIN_ORIGIN: 'https://admin.shop.example.jp:8443',
        ECCUBE_DB_HOST: 'database.example',
        ECCUBE_DB_NAME: 'shop',
        ECCUBE_DB_USER: 'shop_a',
        ECCUBE_DB_PASSWORD: "p@ss/w:rd?&#' %",
        ECCUBE_AUTH_MAGIC: 'magic',
        APP_SECRET: 'secret',
        ...changes,
      },
    });

  test('gives the shop an address that holds any password, and verifies the certificate of the database', async () => {
    const { stdout } = await start();
    const address = new URL(/^DATABASE_URL=(.*)$/m.exec(stdout)?.[1] ?? '');
    expect(decodeURIComponent(address.password)).toBe("p@ss/w:rd?&#' %");
    expect(address.host).toBe('database.example:5432');
    expect(address.searchParams.get('sslmode')).toBe('verify-full');
    expect(address.searchParams.get('sslrootcert')).toBe('/etc/shop/rds.pem');
  });

  test('answers for its own two hosts only', async () => {
    const { stdout } = await start();
    const hosts = new RegExp(/^TRUSTED_HOSTS=(.*)$/m.exec(stdout)?.[1] ?? 'never');
    expect(['shop.example.jp', 'admin.shop.example.jp'].every((host) => hosts.test(host))).toBe(true);
    expect(
      ['evil.example', 'shopXexample.jp', 'shop.example.jp.evil.example'].some((host) => hosts.test(host)),
    ).toBe(false);
  });

  test('fills the cache, then becomes the web server', async () => {
    const { stdout, stderr } = await start();
    expect(stderr).toContain('cache:warmup --env=prod');
    expect(stdout).toContain('ARGUMENTS=-f /etc/shop/apache2.conf -D FOREGROUND');
  });

  test('without its settings stops at once, and names each', async () => {
    await expect(start({ APP_SECRET: '', ECCUBE_DB_HOST: '' })).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('ECCUBE_DB_HOST APP_SECRET'),
    });
  });
});
