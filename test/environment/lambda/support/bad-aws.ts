import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Input = Readonly<Record<string, unknown>>;
/** What an operation answers: JSON as an object, XML as text. */
export type Answers = Readonly<Record<string, (input: Input) => Input | string>>;

export interface Trouble {
  readonly status: number;
  readonly code: string;
}

/** What is called by method and path: EventBridge Scheduler, and AWS Backup. */
const restCalls: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/schedules\//, 'GetSchedule'],
  ['POST', /^\/schedules\//, 'CreateSchedule'],
  ['PUT', /^\/schedules\//, 'UpdateSchedule'],
  ['DELETE', /^\/schedules\//, 'DeleteSchedule'],
  ['GET', /^\/restore-jobs\?/, 'ListRestoreJobs'],
  ['PUT', /^\/restore-jobs\/[^/]+\/validations$/, 'PutRestoreValidationResult'],
];

const skewed: Trouble = { status: 403, code: 'RequestTimeTooSkewed' };
/** AWS refuses what was signed longer ago, or is signed for later. */
const longestSkew = 5 * 60_000;

/**
 * The services of AWS, CloudFormation's address for answers and the tasks of a shop, all on one port of loopback. Every
 * operation has its first answer taken from `trouble`; the clock is AWS's own.
 */
export class BadAws {
  readonly calls: { readonly operation: string; readonly input: Input }[] = [];
  /** What custom resources told CloudFormation, and what tasks were asked for. */
  readonly told: Input[] = [];
  answers: Answers = {};
  trouble: Trouble | undefined;
  /** Whether every answer is trouble, not only the first. */
  always = false;

  private readonly now: () => Date;
  private readonly server: Server;
  private readonly troubled = new Set<string>();

  /** @param now the clock of AWS */
  constructor(now: () => Date) {
    this.now = now;
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  play(answers: Answers, trouble?: Trouble, always = false): void {
    Object.assign(this, { answers, trouble, always });
    this.calls.length = 0;
    this.told.length = 0;
    this.troubled.clear();
  }

  inputsOf(operation: string): Input[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    response.setHeader('date', this.now().toUTCString());
    const { method, url = '/' } = request;
    const rest = restCalls.find(([verb, path]) => verb === method && path.test(url))?.[2];
    if (url !== '/' && rest === undefined) return this.serveOutside(request, body, response);

    const isQuery = request.headers['content-type']?.includes('urlencoded') ?? false;
    const input: Input = isQuery
      ? Object.fromEntries(new URLSearchParams(body))
      : {
          ...Object.fromEntries(new URL(url, this.url).searchParams),
          ...(JSON.parse(body || '{}') as Input),
        };
    const operation = isQuery
      ? String(input.Action)
      : (rest ?? String(request.headers['x-amz-target']).split('.').at(-1) ?? '');
    const trouble = this.clockTrouble(request) ?? this.troubleOf(operation);
    if (trouble !== undefined) return refuse(response, trouble, isQuery);
    this.calls.push({ operation, input });
    const answer = this.answers[operation]?.(input);
    if (answer === undefined) {
      return refuse(response, { status: 400, code: `AccessDeniedException` }, isQuery);
    }
    if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
    else if (typeof answer.__type === 'string')
      refuse(response, { status: 400, code: answer.__type }, isQuery);
    else {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    }
  }

  /** CloudFormation takes answers, tasks show pages. */
  private serveOutside(request: IncomingMessage, body: string, response: ServerResponse): void {
    // When nothing of AWS works, what went wrong is told all the same.
    const isTold = request.method === 'PUT' && this.always;
    const trouble = isTold ? undefined : this.troubleOf(`outside ${request.url}`);
    if (trouble !== undefined) {
      response.writeHead(trouble.status === 400 ? 503 : trouble.status).end();
      return;
    }
    this.told.push(request.method === 'PUT' ? (JSON.parse(body) as Input) : { page: request.url });
    response.writeHead(200).end();
  }

  private troubleOf(operation: string): Trouble | undefined {
    if (this.trouble === undefined || (!this.always && this.troubled.has(operation))) return undefined;
    this.troubled.add(operation);
    return this.trouble;
  }

  private clockTrouble({ headers }: IncomingMessage): Trouble | undefined {
    const signed = String(headers['x-amz-date'] ?? '').replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    return Math.abs(Date.parse(signed) - this.now().getTime()) > longestSkew ? skewed : undefined;
  }
}

function refuse(response: ServerResponse, { status, code }: Trouble, isQuery: boolean): void {
  if (isQuery) {
    const errors = `<Error><Code>${code}</Code><Message>no</Message></Error>`;
    response.writeHead(status, { 'content-type': 'text/xml' });
    // EC2 writes errors in one way, every other service of this kind in another.
    response.end(
      `<ErrorResponse><Errors>${errors}</Errors>${errors}<RequestID>1</RequestID></ErrorResponse>`,
    );
    return;
  }
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: code, message: 'no' }));
}
