import { request } from 'node:http';

/** Where the pages of a shop are asked for, and under which names. */
export interface SmokeSettings {
  /** The container's. */
  readonly port: number;
  /** Host header of customers' requests. */
  readonly host: string;
  /** Host header of staff's requests, with its port. */
  readonly adminHost: string;
  readonly pages: readonly SmokePage[];
}

export interface SmokePage {
  /** What a person calls it, and the same page in every report. */
  readonly name: string;
  /** With its query; where `link` is given, of the page that holds the link. */
  readonly path: string;
  /** Pattern whose first group is the path of the page, on the page at `path`. */
  readonly link?: string;
  readonly host?: 'admin';
  /** Whether it has to answer 200, whatever the image before answered. */
  readonly required?: true;
}

/** What one task answered for one page. */
export interface SmokeAnswer {
  readonly address: string;
  readonly page: string;
  readonly required: boolean;
  /** HTTP status, after redirects within the shop; 0 without an answer. */
  readonly status: number;
  readonly detail: string;
}

const limitMilliseconds = 20_000;
const largestBody = 8 * 1024 * 1024;
const mostRedirects = 5;

/**
 * Asks each task of the shop for its pages, from inside the VPC and past the edge: no rule that judges visitors (bots,
 * countries, rates) stands between, and what is judged is the image and nothing else.
 *
 * @param addresses private IPv4 addresses of the tasks
 */
export async function askTasks(
  addresses: readonly string[],
  settings: SmokeSettings,
  milliseconds = limitMilliseconds,
): Promise<SmokeAnswer[]> {
  return Promise.all(
    addresses.flatMap((address) =>
      settings.pages.map(async (page): Promise<SmokeAnswer> => {
        const { status, detail } = await askPage(address, page, settings, milliseconds);
        return { address, page: page.name, required: page.required ?? false, status, detail };
      }),
    ),
  );
}

/**
 * What is wrong with an image: a required page that is not 200, another that the image before answered and this one
 * does not, and any that ends in an error of the server.
 *
 * @param before what the previous image answered, moments ago
 * @param after empty when no task of the new image could be found
 */
export function smokeProblems(before: readonly SmokeAnswer[], after: readonly SmokeAnswer[]): string[] {
  if (after.length === 0) return ['no task of the new image runs'];
  const worked = new Set(before.filter(isGood).map(({ page }) => page));
  return after
    .filter((answer) =>
      answer.required
        ? answer.status !== 200
        : !isGood(answer) && (worked.has(answer.page) || isError(answer)),
    )
    .map(({ address, page, detail }) => `${page} of the task ${address} ${detail}`);
}

function isGood({ status }: SmokeAnswer): boolean {
  return status >= 200 && status < 400;
}

function isError({ status }: SmokeAnswer): boolean {
  return status === 0 || status >= 500;
}

interface PageAnswer {
  readonly status: number;
  readonly detail: string;
  readonly body: string;
}

async function askPage(
  address: string,
  page: SmokePage,
  settings: SmokeSettings,
  milliseconds: number,
): Promise<PageAnswer> {
  const target = {
    address,
    port: settings.port,
    host: page.host === 'admin' ? settings.adminHost : settings.host,
    signal: AbortSignal.timeout(milliseconds),
  };
  const first = await follow(target, page.path);
  if (page.link === undefined || !(first.status >= 200 && first.status < 400)) return first;
  const [, path] = new RegExp(page.link).exec(first.body.replaceAll('\\/', '/')) ?? [];
  // Nothing to sell is no fault of an image; that there was something a moment ago shows in the comparison.
  return path === undefined ? { ...first, status: 404, detail: 'is not to be found' } : follow(target, path);
}

interface Target {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly signal: AbortSignal;
}

async function follow(target: Target, path: string): Promise<PageAnswer> {
  let next = path;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(target, next).catch((error: unknown) => ({
      status: 0,
      location: undefined,
      body: '',
      why: error instanceof Error ? error.message : String(error),
    }));
    const { status, location, body } = answer;
    if ('why' in answer) return { status: 0, detail: `(${next}) does not answer: ${answer.why}`, body };
    const detail = `(${next}) answers ${status}`;
    if (status < 300 || status >= 400 || location === undefined) return { status, detail, body };
    const leadsTo = URL.canParse(location, `https://${target.host}${next}`)
      ? new URL(location, `https://${target.host}${next}`)
      : undefined;
    // What the shop sends elsewhere is for a browser to follow.
    if (leadsTo?.host !== new URL(`https://${target.host}`).host) {
      return { status, detail: `${detail} and leads to ${location}`, body };
    }
    next = `${leadsTo.pathname}${leadsTo.search}`;
  }
  return { status: 0, detail: `(${path}) leads in circles`, body: '' };
}

/** As the load balancer would ask, which alone speaks to the tasks otherwise. */
async function ask(
  { address, port, host, signal }: Target,
  path: string,
): Promise<{ readonly status: number; readonly location: string | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path,
      agent: false,
      signal,
      headers: {
        host,
        accept: 'text/html, application/json',
        'accept-language': 'ja,en',
        'user-agent': 'secure-shop-patch-check/2.0',
        'x-forwarded-proto': 'https',
        'x-forwarded-port': new URL(`https://${host}`).port || '443',
      },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > largestBody) asked.destroy(new Error(`more than ${largestBody} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      // A page that breaks off half-way did not work.
      response.on('aborted', () => reject(new Error('breaks off')));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.end();
  });
}
