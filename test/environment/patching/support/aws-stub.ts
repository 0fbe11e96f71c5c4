import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of AWS: a body, or an error by its name. */
export type StubAnswer =
  | Readonly<Record<string, unknown>>
  | { readonly error: string; readonly message?: string };
export type StubHandler = (input: Readonly<Record<string, unknown>>) => StubAnswer;

/**
 * AWS on loopback, as far as JSON services go: each operation answers what the test says, and is remembered.
 * For what moto does not play: scan results, and deployments that take their time.
 */
export class AwsStub {
  readonly calls: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  readonly #server: Server;
  readonly #handlers: Readonly<Record<string, StubHandler>>;

  private constructor(server: Server, handlers: Readonly<Record<string, StubHandler>>) {
    this.#server = server;
    this.#handlers = handlers;
  }

  static async start(handlers: Readonly<Record<string, StubHandler>>): Promise<AwsStub> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      const answer = stub.#answer(operation, JSON.parse(Buffer.concat(chunks).toString() || '{}'));
      const failed = 'error' in answer && typeof answer.error === 'string';
      response.writeHead(failed ? 400 : 200, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'stub',
      });
      response.end(
        JSON.stringify(
          failed ? { __type: answer.error, message: answer.message ?? '' } : answer,
          epochSeconds,
        ),
      );
    });
    const stub = new AwsStub(server, handlers);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return stub;
  }

  /** For any client of the AWS SDK. */
  get configuration() {
    const { port } = this.#server.address() as AddressInfo;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  inputsOf(operation: string): Readonly<Record<string, unknown>>[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(operation: string, input: Readonly<Record<string, unknown>>): StubAnswer {
    this.calls.push({ operation, input });
    return (
      this.#handlers[operation]?.(input) ?? {
        error: 'AccessDeniedException',
        message: `no ${operation} here`,
      }
    );
  }
}

/** The JSON services write times as seconds; a Date has already become its ISO form when a replacer sees it. */
function epochSeconds(_key: string, value: unknown): unknown {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  return isTime ? Date.parse(value) / 1000 : value;
}
