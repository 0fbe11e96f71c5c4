import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Input = Readonly<Record<string, unknown>>;
/** What an operation answers: JSON as an object, XML as text. */
export type Answers = Readonly<Record<string, (input: Input) => Input | string>>;

/** An error; or the connection breaks off, before AWS has done anything or after. */
export type Trouble = Refusal | 'breaks off' | 'answer is lost';

interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface Misfortune {
  /** What the first call of each operation meets. */
  readonly first?: Trouble;
  /** What every call meets. */
  readonly always?: Trouble;
  /** An operation that the role may not call. */
  readonly denies?: string;
  /** An operation whose answer lacks everything that it may lack. */
  readonly empties?: string;
  /** After how many calls the function is killed: the last is carried out, and its answer never arrives. */
  readonly killedAfter?: number;
}

/** What is called by method and path; several services call their lists of findings by the same name. */
const restCalls: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/schedules\//, 'GetSchedule'],
  ['POST', /^\/schedules\//, 'CreateSchedule'],
  ['PUT', /^\/schedules\//, 'UpdateSchedule'],
  ['DELETE', /^\/schedules\//, 'DeleteSchedule'],
  ['GET', /^\/detector(\?|$)/, 'ListDetectors'],
  ['GET', /^\/detector\/[^/]+$/, 'GetDetector'],
  ['POST', /^\/detector\/[^/]+\/findings$/, 'ListFindings'],
  ['POST', /^\/findings$/, 'GetFindings'],
  ['POST', /^\/standards\/get$/, 'GetEnabledStandards'],
  ['GET', /^\/analyzer(\?|$)/, 'ListAnalyzers'],
  ['POST', /^\/finding$/, 'AccessAnalyzer:ListFindings'],
  ['POST', /^\/status\/batch\/get$/, 'BatchGetAccountStatus'],
  ['POST', /^\/findings\/list$/, 'Inspector2:ListFindings'],
  ['GET', /^\/macie$/, 'GetMacieSession'],
  ['POST', /^\/findings\/statistics$/, 'GetFindingStatistics'],
  ['GET', /^\/copy-jobs\?/, 'ListCopyJobs'],
  ['PUT', /^\/exports\//, 'PutObject'],
  ['GET', /^\/[^/?]+\/?\?(.*&)?list-type=2/, 'ListObjectsV2'],
  ['GET', /x-id=GetObject/, 'GetObject'],
  ['GET', /^\/restore-jobs\?/, 'ListRestoreJobs'],
  ['PUT', /^\/restore-jobs\/[^/]+\/validations$/, 'PutRestoreValidationResult'],
];

/** S3 speaks XML, and has no body of JSON. */
const ofObjects: ReadonlySet<string> = new Set(['PutObject', 'ListObjectsV2', 'GetObject']);

const denied: Refusal = { status: 400, code: 'AccessDeniedException' };
const skewed: Refusal = { status: 403, code: 'RequestTimeTooSkewed' };
/** AWS refuses what was signed longer ago, or is signed for later. */
const longestSkew = 5 * 60_000;

/**
 * The services of AWS, CloudFormation's address for answers and the tasks of a shop, all on one port of loopback. Any
 * misfortune of a bad day can be played; the clock is AWS's own.
 */
export class BadAws {
  readonly calls: { readonly operation: string; readonly input: Input }[] = [];
  /** What custom resources told CloudFormation, and what tasks were asked for. */
  readonly told: Input[] = [];
  answers: Answers = {};
  /** Resolves when the function was killed. */
  killed: Promise<void> = Promise.resolve();

  private readonly now: () => Date;
  private readonly server: Server;
  private readonly troubled = new Set<string>();
  private misfortune: Misfortune = {};
  private kill: () => void = () => {};

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

  /** What was killed waits on for its answer: whoever hung up on it would bring it back to life. */
  close(): void {
    this.server.closeIdleConnections();
    this.server.close();
    this.server.unref();
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get trouble(): Trouble | undefined {
    return this.misfortune.always ?? this.misfortune.first;
  }

  /** Begins anew. */
  play(answers: Answers, misfortune: Misfortune = {}): void {
    this.answers = answers;
    this.calls.length = 0;
    this.told.length = 0;
    this.goOn(misfortune);
  }

  /** With what is as it has become. */
  goOn(misfortune: Misfortune = {}): void {
    this.misfortune = misfortune;
    this.troubled.clear();
    this.killed = new Promise((resolve) => {
      this.kill = resolve;
    });
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
          ...(ofObjects.has(rest ?? '') ? { Key: url } : (JSON.parse(body || '{}') as Input)),
        };
    const isXml = isQuery || ofObjects.has(rest ?? '');
    const operation = isQuery
      ? String(input.Action)
      : (rest ?? String(request.headers['x-amz-target']).split('.').at(-1) ?? '');
    const trouble = this.clockTrouble(request) ?? this.troubleOf(operation);
    if (trouble === 'breaks off') return void response.destroy();
    if (typeof trouble === 'object') return refuse(response, trouble, isXml);
    this.calls.push({ operation, input });
    const answer = this.answers[operation]?.(input);
    if (this.calls.length === this.misfortune.killedAfter) {
      request.socket.unref();
      return this.kill();
    }
    if (trouble === 'answer is lost') return void response.destroy();
    if (answer === undefined) return refuse(response, denied, isXml);
    if (this.misfortune.empties === operation) return void response.end(isXml ? '<Response/>' : '{}');
    if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
    else if (typeof answer.__type === 'string')
      refuse(response, { status: 400, code: answer.__type }, isQuery, answer.message);
    else {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    }
  }

  /** CloudFormation takes answers, tasks show pages. */
  private serveOutside(request: IncomingMessage, body: string, response: ServerResponse): void {
    // When nothing of AWS works, what went wrong is told all the same.
    const isTold = request.method === 'PUT' && this.misfortune.always !== undefined;
    const trouble = isTold ? undefined : this.troubleOf(`outside ${request.url}`);
    if (typeof trouble === 'object') {
      response.writeHead(trouble.status === 400 ? 503 : trouble.status).end();
      return;
    }
    if (trouble === 'breaks off') return void response.destroy();
    this.told.push(request.method === 'PUT' ? (JSON.parse(body) as Input) : { page: request.url });
    if (trouble === 'answer is lost') response.destroy();
    else response.writeHead(200).end();
  }

  private troubleOf(operation: string): Trouble | undefined {
    const { first, always, denies } = this.misfortune;
    if (denies === operation) return denied;
    if (always !== undefined) return always;
    if (this.troubled.has(operation)) return undefined;
    this.troubled.add(operation);
    return first;
  }

  private clockTrouble({ headers }: IncomingMessage): Refusal | undefined {
    const signed = String(headers['x-amz-date'] ?? '').replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    return Math.abs(Date.parse(signed) - this.now().getTime()) > longestSkew ? skewed : undefined;
  }
}

function refuse(
  response: ServerResponse,
  { status, code }: Refusal,
  isQuery: boolean,
  message: unknown = 'no',
): void {
  if (isQuery) {
    const errors = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.writeHead(status, { 'content-type': 'text/xml' });
    // EC2 writes errors in one way, every other service of this kind in another.
    response.end(
      `<ErrorResponse><Errors>${errors}</Errors>${errors}<RequestID>1</RequestID></ErrorResponse>`,
    );
    return;
  }
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: code, message }));
}
