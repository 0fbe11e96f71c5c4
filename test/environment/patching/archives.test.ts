import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveRecords } from '../../../lib/environment/patching/archives.ts';

const first = 'a'.repeat(64);
const other = 'b'.repeat(64);

/** S3 on loopback, as far as writing once goes. */
let server: Server;
let objects: Map<string, string>;
/** Statuses that the next writes get instead. */
let trouble: number[];

beforeEach(async () => {
  objects = new Map();
  trouble = [];
  server = createServer(async (request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const failed = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (request.method === 'GET') {
      const found = objects.get(key);
      return found === undefined ? failed(404, 'NoSuchKey') : response.writeHead(200).end(found);
    }
    const instead = trouble.shift();
    if (instead !== undefined) {
      return failed(instead, instead === 409 ? 'ConditionalRequestConflict' : 'AccessDenied');
    }
    if (request.headers['if-none-match'] !== '*') return failed(403, 'AccessDenied');
    if (objects.has(key)) return failed(412, 'PreconditionFailed');
    objects.set(key, /[0-9a-f]{64}/.exec(Buffer.concat(chunks).toString())?.[0] ?? '');
    return response.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function records(): ArchiveRecords {
  const { port } = server.address() as AddressInfo;
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'ap-northeast-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return new ArchiveRecords(s3, { bucket: 'artifacts', prefix: 'evidence/' });
}

const woocommerce = (sha256: string) => ({ name: 'woocommerce@10.3.5', sha256 });

describe('the checksum of an archive', () => {
  it('is recorded once, and is the same in every build after', async () => {
    await records().assertUnchanged([woocommerce(first)]);
    await records().assertUnchanged([woocommerce(first), { name: 'ec-cube/ec-cube@4.3.1', sha256: other }]);
    expect(objects).toEqual(
      new Map([
        ['/artifacts/evidence/archives/woocommerce%4010.3.5', first],
        ['/artifacts/evidence/archives/ec-cube%2Fec-cube%404.3.1', other],
      ]),
    );
  });

  it('that changed stops the build, every one by name, and the record stays', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      name: `symfony/part-${index}@6.4`,
      sha256: first,
    }));
    await records().assertUnchanged(many);
    const changed = many.map((archive, index) =>
      index % 19 === 0 ? { ...archive, sha256: other } : archive,
    );
    await expect(records().assertUnchanged(changed)).rejects.toThrow(
      /other files for a version than before[\s\S]*symfony\/part-0@6\.4[\s\S]*symfony\/part-19@6\.4/,
    );
    expect([...objects.values()].every((recorded) => recorded === first)).toBe(true);
  });

  it('that a build gone bad wrote first stops the next build by name, until a person deletes the record', async () => {
    await records().assertUnchanged([woocommerce(other)]);
    const honest = () => records().assertUnchanged([woocommerce(first)]);
    await expect(honest()).rejects.toThrow('evidence/archives/woocommerce%4010.3.5');
    await expect(honest()).rejects.toThrow('docs/runbooks/patching.md');
    objects.delete('/artifacts/evidence/archives/woocommerce%4010.3.5');
    await honest();
  });

  it('is written by one of two builds at the same moment, and asked for again meanwhile', async () => {
    trouble = [409, 409];
    await records().assertUnchanged([woocommerce(first)]);
    expect(objects.size).toBe(1);
  });

  it('that can be neither written nor compared stops the build', async () => {
    trouble = [403];
    await expect(records().assertUnchanged([woocommerce(first)])).rejects.toThrow();
    trouble = [409, 409, 409, 409, 409];
    await expect(records().assertUnchanged([woocommerce(first)])).rejects.toThrow();
  });
});
