/**
 * What runs inside the networks of the OpenVPN test: a resolver, the admin page, and a browser of sorts.
 *
 *     inside.ts resolve ADDRESS ANSWER     answers every name with one address
 *     inside.ts serve ADDRESS CERT KEY     the admin page over HTTPS
 *     inside.ts visit HOST RESOLVER CA     asks the resolver for the host, then reads the page
 */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { createServer, get } from 'node:https';

const [task, ...args] = process.argv.slice(2);
const [first = '', second = '', third = ''] = args;

if (task === 'resolve') {
  const socket = createSocket('udp4');
  socket.on('message', (query, client) => socket.send(answerTo(query, second), client.port, client.address));
  socket.bind(53, first, () => console.log('ready'));
} else if (task === 'serve') {
  const server = createServer(
    { cert: readFileSync(second), key: readFileSync(third) },
    (_request, response) => response.end('orders of today'),
  );
  server.listen(8443, first, () => console.log('ready'));
} else {
  visit(first, second, third).then(
    (page) => console.log(`page: ${page}`),
    (error: Error) => console.log(`unreachable: ${error.message}`),
  );
}

async function visit(host: string, resolverAddress: string, ca: string): Promise<string> {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([resolverAddress]);
  const [address = ''] = await resolver.resolve4(host);
  return new Promise((resolve, reject) => {
    get(
      { host: address, port: 8443, servername: host, headers: { host }, ca: readFileSync(ca), timeout: 3000 },
      (response) => {
        response.setEncoding('utf8').on('data', resolve);
      },
    )
      .on('timeout', function (this: { destroy(error: Error): void }) {
        this.destroy(new Error('no answer'));
      })
      .on('error', reject);
  });
}

/** One A record for whatever was asked (RFC 1035, 4.1). */
function answerTo(query: Buffer, address: string): Buffer {
  const questionEnd = query.indexOf(0, 12) + 5;
  const isA = query.readUInt16BE(questionEnd - 4) === 1;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(isA ? 1 : 0, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([header, query.subarray(12, questionEnd), ...(isA ? [record] : [])]);
}
