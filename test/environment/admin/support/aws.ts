import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { associationAnswer, parseCertificateList, type StubEndpoint } from './client-vpn.ts';

/** A request as the tests name it, such as "ssm:PutParameter". */
export interface AwsCall {
  readonly action: string;
  readonly body: string;
}

/** Stops a command at one of its calls, as a broken connection would. */
export interface Interruption {
  /** Index of the call, from 0, or its action. */
  readonly at: number | string;
  /** Whether AWS had carried the call out before the answer was lost. */
  readonly carriedOut: boolean;
}

/**
 * AWS on loopback: moto, and in front of it the few Client VPN calls that moto does not know. What ACM is given
 * can be read again here, which real ACM never allows: a real OpenVPN server needs the key.
 */
export class LoopbackAws {
  readonly calls: AwsCall[] = [];
  readonly endpoints = new Map<string, StubEndpoint>();
  readonly importedCertificates: { certificate: string; privateKey: string; chain: string }[] = [];
  interruption: Interruption | undefined;
  /** How far the clock of this AWS is ahead of the machine's, in milliseconds. */
  clockAhead = 0;
  /** Runs before the nth call is forwarded: lets a second operator act at the worst moment. */
  beforeCall: ((call: AwsCall) => Promise<void>) | undefined;

  readonly #moto: ChildProcess;
  readonly #motoPort: number;
  readonly #server: Server;

  private constructor(moto: ChildProcess, motoPort: number) {
    this.#moto = moto;
    this.#motoPort = motoPort;
    this.#server = createServer((incoming, response) => {
      this.#answer(incoming, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(motoServer: string): Promise<LoopbackAws> {
    const port = await freePort();
    const moto = spawn(motoServer, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const aws = new LoopbackAws(moto, port);
    await Promise.all([untilListening(port), once(aws.#server.listen(0, '127.0.0.1'), 'listening')]);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.#server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    return aws;
  }

  async stop(): Promise<void> {
    delete process.env.AWS_ENDPOINT_URL;
    this.#server.close();
    this.#server.closeAllConnections();
    this.#moto.kill();
    await once(this.#moto, 'exit');
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = sent.toString();
    const call = { action: actionOf(incoming, body), body };
    const index = this.calls.push(call) - 1;
    await this.beforeCall?.(call);

    const interrupted = [index, call.action].includes(this.interruption?.at ?? -1);
    if (interrupted && !this.interruption?.carriedOut) return interrupt(call, response);
    if (call.action === 'CertificateManager.ImportCertificate') this.#recordImport(body);
    const answer = call.action.includes('ClientVpn')
      ? this.#answerClientVpn(new URLSearchParams(body))
      : await this.#forward(incoming, sent);
    if (interrupted) return interrupt(call, response);
    const date = new Date(Date.now() + this.clockAhead).toUTCString();
    // AWS numbers every answer; moto does so only for what it knows.
    const headers = { 'x-amzn-requestid': `call-${index}`, ...answer.headers, date };
    response.writeHead(answer.status, headers).end(answer.body);
  }

  #recordImport(body: string): void {
    const { Certificate, PrivateKey, CertificateChain } = JSON.parse(body) as Record<string, string>;
    const decode = (text = '') => Buffer.from(text, 'base64').toString();
    this.importedCertificates.push({
      certificate: decode(Certificate),
      privateKey: decode(PrivateKey),
      chain: decode(CertificateChain),
    });
  }

  #answerClientVpn(query: URLSearchParams): Answer {
    const action = query.get('Action') ?? '';
    const id = query.get('ClientVpnEndpointId') ?? query.get('ClientVpnEndpointId.1') ?? '';
    const endpoint = this.endpoints.get(id);
    if (!endpoint) {
      return xml(400, errorBody('InvalidClientVpnEndpointId.NotFound', `Endpoint ${id} does not exist`));
    }
    if (action === 'ImportClientVpnClientCertificateRevocationList') {
      endpoint.revocationList = query.get('CertificateRevocationList') ?? '';
      parseCertificateList(endpoint.revocationList);
      endpoint.imports += 1;
    }
    const association = associationAnswer(action, query, endpoint);
    if (association && 'error' in association) return xml(400, errorBody(association.error, 'as it is'));
    if (association) return xml(200, `<${action}Response>${association.body}</${action}Response>`);
    return xml(200, `<${action}Response>${clientVpnAnswer(action, id, endpoint)}</${action}Response>`);
  }

  async #forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const outgoing = request({
      host: '127.0.0.1',
      port: this.#motoPort,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) };
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer | string;
}

function clientVpnAnswer(action: string, id: string, endpoint: StubEndpoint): string {
  if (action === 'ExportClientVpnClientCertificateRevocationList') {
    return endpoint.revocationList
      ? `<certificateRevocationList>${endpoint.revocationList}</certificateRevocationList>`
      : '';
  }
  if (action === 'DescribeClientVpnEndpoints') {
    const federated = endpoint.federated ? '<item><type>federated-authentication</type></item>' : '';
    return `<clientVpnEndpoint><item><clientVpnEndpointId>${id}</clientVpnEndpointId><dnsName>*.${endpoint.host}</dnsName><transportProtocol>udp</transportProtocol><vpnPort>443</vpnPort><authenticationOptions><item><type>certificate-authentication</type><mutualAuthentication><clientRootCertificateChain>${endpoint.rootChainArn}</clientRootCertificateChain></mutualAuthentication></item>${federated}</authenticationOptions></item></clientVpnEndpoint>`;
  }
  return '<return>true</return>';
}

function interrupt({ action }: AwsCall, response: ServerResponse): void {
  const message = 'the test pulled the plug';
  if (action.includes('.')) {
    const type = 'application/x-amz-json-1.1';
    response.writeHead(400, { 'content-type': type, 'x-amzn-requestid': 'interrupted' });
    response.end(JSON.stringify({ __type: 'Interrupted', message }));
  } else {
    response.writeHead(400, { 'content-type': 'text/xml' });
    response.end(errorBody('Interrupted', message));
  }
}

function errorBody(code: string, message: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`;
}

function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function actionOf(incoming: IncomingMessage, body: string): string {
  const target = incoming.headers['x-amz-target'];
  return typeof target === 'string' ? target : (new URLSearchParams(body).get('Action') ?? 'unknown');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await sleep(100);
  }
  throw new Error('moto_server did not start within 30 seconds');
}
