/**
 * What the shop's customers wait for: a real WordPress under our settings and under Debian's own, on the same machine,
 * the same database and in turns, so that only the ratio says something.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetPaths } from '../lib/config/platform.ts';
import { startMariadb } from '../test/environment/credentials/support/servers.ts';
import { type Container, debianWordpress, launch, PhpShop } from '../test/platforms/support/php-shop.ts';
import { row } from './measure.ts';

const visitors = 32;
const seconds = 15;
const rounds = 3;
/** Of the smallest task; service.ts gives the container this share of 1,024 MiB. */
const smallestTaskMiB = 896;

export async function benchShop(): Promise<void> {
  const database = await startMariadb();
  await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
  const root = await database.root();
  await root.query("CREATE USER shop_a@'%' IDENTIFIED BY 'shop-Password-1'");
  await root.query('CREATE DATABASE shop');
  await root.query("GRANT ALL ON shop.* TO shop_a@'%'");
  await root.query('SET GLOBAL max_connections = 200');
  await root.close();
  const shop = new PhpShop(database.authority.pem);
  try {
    const settings = shop.settings({
      host: '127.0.0.1',
      port: database.port,
      dbname: 'shop',
      username: 'shop_a',
      password: 'shop-Password-1',
    });
    await shop.install(settings);
    await fill(shop, settings);
    const debian = debiansOwn(shop);
    // As in the image: the distribution's authorities with the database's among them.
    const bundle = join(shop.folder, 'every-authority.pem');
    writeFileSync(
      bundle,
      readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8') + database.authority.pem,
    );
    const every = join(shop.folder, 'every');
    mkdirSync(every);
    writeFileSync(join(every, '90-authorities.ini'), `openssl.cafile = ${bundle}\n`);

    const ours = await shop.start({
      ...settings,
      SHOP_MEMORY_MIB: String(smallestTaskMiB),
      PHP_INI_SCAN_DIR: `${settings.PHP_INI_SCAN_DIR}:${every}`,
    });
    const others = {
      "Debian's settings": `:${every}`,
      "Debian's, and one authority": `:${join(shop.folder, 'authority')}`,
    };
    const theirs = await Promise.all(
      Object.entries(others).map(async ([name, ini]) => {
        const container = await launch(
          debian.script,
          { ...settings, SHOP_ROOT: debian.root, PHP_INI_SCAN_DIR: ini },
          shop.folder,
        );
        await container.untilHealthy();
        return { name, container, rates: [] as number[], tails: [] as number[] };
      }),
    );

    row('requests that reach the shop per page of a returning visitor', String(await returning(ours)));
    let memory = 0;
    for (let round = 0; round < rounds; round++) {
      const here = await load(ours);
      memory = Math.max(memory, here.memoryMiB);
      for (const { container, rates, tails } of theirs) {
        const there = await load(container);
        rates.push(here.perSecond / there.perSecond);
        tails.push(there.tail / here.tail);
      }
    }
    for (const { name, container, rates, tails } of theirs) {
      await container.kill();
      row(`pages per second, of ${name}`, `${median(rates).toFixed(2)} times`);
      row(`95th percentile, of ${name}: theirs of ours`, `${median(tails).toFixed(2)} times`);
    }
    row('memory at full load', `${memory.toFixed(0)} MiB of ${smallestTaskMiB}`);
  } finally {
    await shop.close();
    await database.stop();
  }
}

const theme = 'twentytwentyone';

/** A theme with styles and scripts, which Debian keeps in a package of its own, and something to show. */
async function fill(shop: PhpShop, settings: Record<string, string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-theme-'));
  try {
    execFileSync('apt-get', ['-qq', 'download', `wordpress-theme-${theme}`], {
      cwd: folder,
      stdio: 'ignore',
    });
    const [archive = ''] = readdirSync(folder);
    execFileSync('dpkg', ['-x', archive, '.'], { cwd: folder });
    const themes = join(shop.root, 'wp-content', 'themes');
    cpSync(join(folder, 'usr/share/wordpress/wp-content/themes'), themes, {
      recursive: true,
      dereference: true,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  await shop.php(
    settings,
    `require '${shop.root}/wp-load.php'; switch_theme('${theme}');
     for ($i = 0; $i < 10; $i++) wp_insert_post(['post_title' => "Candle $i", 'post_status' => 'publish',
       'post_content' => str_repeat('<p>Made by hand from wax of the bees of Nagano.</p>', 20)]);`,
  );
}

/** WordPress, Apache and PHP as Debian sets them up: the theme is there, and nothing of ours. */
function debiansOwn(shop: PhpShop): { script: string; root: string } {
  const root = join(shop.folder, 'debian');
  cpSync(debianWordpress ?? '', root, {
    recursive: true,
    dereference: true,
    filter: (source) => !source.endsWith('wp-config.php'),
  });
  cpSync(join(shop.root, 'wp-content', 'themes'), join(root, 'wp-content', 'themes'), { recursive: true });
  writeFileSync(
    join(root, 'wp-config.php'),
    `<?php
define('DB_NAME', getenv('WORDPRESS_DB_NAME'));
define('DB_USER', getenv('WORDPRESS_DB_USER'));
define('DB_PASSWORD', getenv('WORDPRESS_DB_PASSWORD'));
define('DB_HOST', getenv('WORDPRESS_DB_HOST') . ':' . getenv('WORDPRESS_DB_PORT'));
define('DB_CHARSET', 'utf8mb4');
define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_VERIFY_SERVER_CERT);
$_SERVER['HTTPS'] = 'on';
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`,
  );
  const script = join(shop.folder, 'debian.sh');
  writeFileSync(
    script,
    `#!/bin/sh\nexec apache2 -f ${import.meta.dirname}/debian-apache2.conf -D FOREGROUND\n`,
    { mode: 0o755 },
  );
  return { script, root };
}

/** What a second view of the front page asks for that neither the browser nor the edge may keep. */
async function returning(container: Container): Promise<number> {
  const page = await container.visit({ path: '/' });
  const own = [
    ...page.body.matchAll(
      /(?:src|href)=['"]https:\/\/shop\.example\.jp([^'"#]*\.(?:css|js|png|jpe?g|svg|webp|woff2?|ico)[^'"#]*)/g,
    ),
  ];
  if (own.length === 0) throw new Error('the front page names no file: there is no theme to look at');
  const files = [...new Set(own.map(([, path = '']) => path.replaceAll('&#038;', '&')))];
  const kept = await Promise.all(
    files.map(async (path) => {
      const { headers } = await container.visit({ path });
      const atEdge = presetPaths('woocommerce')?.staticPaths.some((folder) => path.startsWith(`${folder}/`));
      return atEdge && /public/.test(String(headers['cache-control'])) && headers['set-cookie'] === undefined;
    }),
  );
  return 1 + kept.filter((each) => !each).length;
}

async function load(container: Container): Promise<{ perSecond: number; tail: number; memoryMiB: number }> {
  const times: number[] = [];
  // As the load balancer does: connections are used again where the server lets them.
  const agent = new Agent({ keepAlive: true, maxSockets: visitors });
  const end = Date.now() + seconds * 1000;
  let memoryMiB = 0;
  const visitor = async () => {
    while (Date.now() < end) {
      const started = performance.now();
      await page(container.port, agent);
      times.push(performance.now() - started);
    }
  };
  const watch = setInterval(() => {
    memoryMiB = Math.max(memoryMiB, container.memoryMiB());
  }, 1000);
  await Promise.all(Array.from({ length: visitors }, visitor)).catch((error) => {
    throw new Error(`${error.message}:\n${container.log.slice(-2000)}`);
  });
  clearInterval(watch);
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, tail: times[Math.floor(times.length * 0.95)] ?? 0, memoryMiB };
}

/** As CloudFront asks: it takes compressed answers. */
function page(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port,
        path: '/',
        headers: { host: 'shop.example.jp', 'accept-encoding': 'gzip' },
        agent,
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`/ answers ${response.statusCode}`)),
        );
      },
    )
      .on('error', reject)
      .end();
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
