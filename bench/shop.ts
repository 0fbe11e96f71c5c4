/**
 * What the shop's customers wait for: a real WordPress under our settings and under Debian's own, on the same machine,
 * the same database and in turns, so that only the ratio says something.
 */
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { startMariadb } from '../test/environment/credentials/support/servers.ts';
import { type Container, launch, PhpShop } from '../test/platforms/support/php-shop.ts';
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
    const ours = await shop.start({ ...settings, SHOP_MEMORY_MIB: String(smallestTaskMiB) });
    const theirs = await launch(debiansOwn(shop.folder), settings, shop.folder);
    await theirs.untilHealthy();

    row('requests that reach the shop per page of a returning visitor', String(await returning(ours)));
    const rates: number[] = [];
    const tails: number[] = [];
    let memory = 0;
    for (let round = 0; round < rounds; round++) {
      const here = await load(ours);
      memory = Math.max(memory, here.memoryMiB);
      const there = await load(theirs);
      rates.push(here.perSecond / there.perSecond);
      tails.push(there.tail / here.tail);
    }
    row("pages per second, of Debian's settings", `${median(rates).toFixed(2)} times`);
    row("95th percentile, Debian's of ours", `${median(tails).toFixed(2)} times`);
    row('memory at full load', `${memory.toFixed(0)} MiB of ${smallestTaskMiB}`);
  } finally {
    await shop.close();
    await database.stop();
  }
}

/** A start script for Apache and PHP as Debian sets them up, with WordPress where ours is. */
function debiansOwn(folder: string): string {
  const script = join(folder, 'debian.sh');
  // PHP as Debian has it, but for the authority that signed the database's certificate.
  writeFileSync(
    script,
    `#!/bin/sh\nexport PHP_INI_SCAN_DIR=":$(dirname "$SHOP_FILES")/authority"\nexec apache2 -f ${import.meta.dirname}/debian-apache2.conf -D FOREGROUND\n`,
    { mode: 0o755 },
  );
  return script;
}

/** What a second view of the front page asks for that neither the browser nor the edge may keep. */
async function returning(container: Container): Promise<number> {
  const page = await container.visit({ path: '/' });
  const own = [
    ...page.body.matchAll(
      /(?:src|href)=['"]https:\/\/shop\.example\.jp([^'"#]*\.(?:css|js|png|jpe?g|svg|webp|woff2?|ico)[^'"#]*)/g,
    ),
  ];
  const files = [...new Set(own.map(([, path = '']) => path.replaceAll('&#038;', '&')))];
  const kept = await Promise.all(
    files.map(async (path) => {
      const { headers } = await container.visit({ path });
      return /public/.test(String(headers['cache-control'])) && headers['set-cookie'] === undefined;
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
  await Promise.all(Array.from({ length: visitors }, visitor));
  clearInterval(watch);
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, tail: times[Math.floor(times.length * 0.95)] ?? 0, memoryMiB };
}

function page(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path: '/', headers: { host: 'shop.example.jp' }, agent },
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
