import { createHash } from 'node:crypto';
import type { Browser, BrowserContext, CDPSession, Page, Request, Response } from 'playwright-core';
import { type Markup, markupOf } from './markup.ts';
import type { HostUse, PageFacts, SeenScript } from './page-facts.ts';
import { structureOf } from './script-structure.ts';
import { addressesInStyle } from './styles.ts';

export interface Visit {
  /** Address of the shop, such as `https://shop.example.jp`. */
  readonly origin: string;
  /** Paths in the order of a customer's way to pay, such as `/?add-to-cart=12` and `/checkout`. */
  readonly paths: readonly string[];
  /** Milliseconds that the page gets after it has loaded: what skimmers do, they do late. @default 3000 */
  readonly settle?: number;
}

/**
 * Reads the payment page as a customer's browser does: every script that runs, also made by another one, every host that
 * is asked, and what the finished page holds.
 *
 * @throws Error when a page does not answer, or with a status of 400 or above
 */
export async function observe(browser: Browser, visit: Visit): Promise<PageFacts> {
  const context = await browser.newContext();
  try {
    const traffic = new Traffic(context, new URL(visit.origin).host);
    const page = await context.newPage();
    const scripts = await ScriptsRun.of(page, visit.origin);
    const seen: Markup[] = [];
    let headers: Record<string, string> = {};
    for (const path of visit.paths) {
      const response = await page.goto(new URL(path, visit.origin).href, {
        waitUntil: 'load',
        timeout: 30_000,
      });
      if (!response || response.status() >= 400)
        throw new Error(
          `${path} answered ${response?.status() ?? 'nothing'}: the payment page cannot be read`,
        );
      await page.waitForTimeout(visit.settle ?? 3000);
      headers = protectiveHeaders(await response.allHeaders());
      seen.push(await scripts.markup());
    }
    const found = await scripts.read();
    return factsOf(visit.origin, { traffic, found, seen, headers, context, page });
  } finally {
    await context.close();
  }
}

// ------------------------------------------------------------------------------------------------------- traffic

const uses: Readonly<Record<string, HostUse>> = {
  script: 'script',
  document: 'frame',
  xhr: 'connection',
  fetch: 'connection',
  websocket: 'connection',
  eventsource: 'connection',
  ping: 'connection',
};

/** Whom the page asks, also in frames and by service workers. */
class Traffic {
  readonly hosts = new Set<string>();
  /** Addresses of the pages themselves: code of such an address stands in the page. */
  readonly documents = new Set<string>();

  constructor(context: BrowserContext, own: string) {
    const note = (use: HostUse, address: string) => {
      const { host, protocol } = new URL(address);
      if (/^(https?|wss?):$/.test(protocol) && host !== own) this.hosts.add(`${use} ${host}`);
    };
    context.on('request', (request: Request) => note(uses[request.resourceType()] ?? 'other', request.url()));
    context.on('response', (response: Response) => {
      if (response.request().resourceType() === 'document') this.documents.add(withoutHash(response.url()));
      const { location, refresh } = response.headers();
      if (location !== undefined) note('other', new URL(location, response.url()).href);
      // A header that leads on as the element of this name does, after seconds that nobody waits here.
      const led = refresh?.replace(/^[^;,]*[;,]?\s*(url\s*=)?\s*["']?/i, '').replace(/["']$/, '');
      if (led && URL.canParse(led, response.url())) note('frame', new URL(led, response.url()).href);
    });
    context.on('page', (page) => page.on('websocket', (socket) => note('connection', socket.url())));
  }
}

// ------------------------------------------------------------------------------------------------------- scripts

interface ParsedScript {
  readonly url: string;
  readonly code: string;
}

/** Every script that the engine compiles for the page's own world, by the protocol with which debuggers ask. */
class ScriptsRun {
  private readonly pending: Promise<ParsedScript | undefined>[] = [];
  private readonly styles: Promise<string>[] = [];
  private readonly session: CDPSession;

  private constructor(session: CDPSession) {
    this.session = session;
  }

  static async of(page: Page, origin: string): Promise<ScriptsRun> {
    const session = await page.context().newCDPSession(page);
    const run = new ScriptsRun(session);
    const worlds = new Map<number, string>();
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { isDefault, type } = (context.auxData ?? {}) as { isDefault?: boolean; type?: string };
      if (isDefault !== false && type !== 'isolated') worlds.set(context.id, context.origin);
    });
    session.on('Debugger.scriptParsed', ({ scriptId, url, executionContextId, executionContextAuxData }) => {
      const { isDefault } = (executionContextAuxData ?? {}) as { isDefault?: boolean };
      // A frame of the provider is the provider's; one without an origin runs with the page's rights.
      const world = worlds.get(executionContextId) ?? origin;
      const foreign = /^https?:/.test(world) && new URL(world).origin !== new URL(origin).origin;
      if (isDefault === false || foreign) return;
      run.pending.push(
        session
          .send('Debugger.getScriptSource', { scriptId })
          .then(({ scriptSource }) => ({ url, code: scriptSource }))
          // Gone with its page before it could be read: it was read when it was there, or is on the next visit.
          .catch(() => undefined),
      );
    });
    session.on('CSS.styleSheetAdded', ({ header }) => {
      run.styles.push(
        session
          .send('CSS.getStyleSheetText', { styleSheetId: header.styleSheetId })
          .then(({ text }) => text)
          .catch(() => ''),
      );
    });
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    await session.send('Runtime.enable');
    await session.send('Debugger.enable');
    return run;
  }

  /** What the page holds at this moment. */
  async markup(): Promise<Markup> {
    const { root } = await this.session.send('DOM.getDocument', { depth: -1, pierce: true });
    return markupOf(root);
  }

  async read(): Promise<{ readonly scripts: readonly ParsedScript[]; readonly styles: readonly string[] }> {
    const [scripts, styles] = await Promise.all([Promise.all(this.pending), Promise.all(this.styles)]);
    await this.session.detach();
    return { scripts: scripts.flatMap((script) => script ?? []), styles };
  }
}

function seenScript(
  { url, code }: ParsedScript,
  origin: string,
  pages: ReadonlySet<string>,
): SeenScript | undefined {
  if (code === '' || /^(__playwright|pptr:|debugger:|playwright)/.test(url)) return undefined;
  const structure = structureOf(code);
  if (url === '' || /^(blob|data|javascript|about):/.test(url)) return { source: 'generated', ...structure };
  if (pages.has(withoutHash(url))) return { source: 'inline', ...structure };
  if (!/^https?:/.test(url)) return { source: 'generated', ...structure };
  return {
    source: scriptAddress(url, origin),
    hash: createHash('sha256').update(code).digest('hex'),
    // What a file says is in its hash.
    names: [],
  };
}

const withoutHash = (url: string) => url.replace(/#.*$/, '');
const cacheBuster = /^(v|ver|version|_|t|ts|cb|hash)$/;

/** The name of a file: query parts that only defeat caches are no part of it, others choose what comes. */
export function scriptAddress(url: string, origin: string): string {
  const address = new URL(url);
  for (const key of [...address.searchParams.keys()])
    if (cacheBuster.test(key)) address.searchParams.delete(key);
  address.hash = '';
  return address.origin === new URL(origin).origin ? `${address.pathname}${address.search}` : address.href;
}

// --------------------------------------------------------------------------------------------------------- facts

const guarding = [
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
];

function protectiveHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    guarding.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value.replace(/'nonce-[^']*'/g, "'nonce'").trim()]];
    }),
  );
}

interface Collected {
  readonly traffic: Traffic;
  readonly found: { readonly scripts: readonly ParsedScript[]; readonly styles: readonly string[] };
  readonly seen: readonly Markup[];
  readonly headers: Record<string, string>;
  readonly context: BrowserContext;
  readonly page: Page;
}

function factsOf(origin: string, { traffic, found, seen, headers, context, page }: Collected): PageFacts {
  const own = new URL(origin);
  const short = (address: string): string => {
    if (/^(data|blob|javascript|about):/.test(address)) return `${address.split(':')[0]}: ${hashOf(address)}`;
    const url = new URL(address, origin);
    return url.origin === own.origin ? url.pathname : `${url.origin}${url.pathname}`;
  };
  const ownPage = (address: string) => {
    const url = new URL(address);
    return `${url.origin}${url.pathname}`;
  };
  const scripts = [
    ...found.scripts.flatMap((script) => seenScript(script, origin, traffic.documents) ?? []),
    ...seen
      .flatMap(({ imports }) => imports)
      .map((text) => ({ source: 'inline', ...structureOf(`(${text})`) })),
  ];
  const addresses = seen.flatMap((each) => [
    ...each.addresses,
    ...each.forms.map(({ target }) => ({ use: 'form' as const, url: target })),
    ...each.frames.map(({ src }) => ({ use: 'frame' as const, url: src })),
  ]);
  const styled = found.styles.flatMap(addressesInStyle).map((url) => ({ use: 'other' as const, url }));
  const hosts = [...addresses, ...styled].flatMap(({ use, url }) => {
    if (!/^(https?|wss?):/.test(url)) return [];
    const { host } = new URL(url);
    return host === own.host ? [] : [`${use} ${host}`];
  });
  const frames = seen.flatMap((each) => each.frames);
  return {
    scripts: uniqueScripts(scripts),
    hosts: unique([...traffic.hosts, ...hosts]),
    forms: unique(
      seen.flatMap(({ forms }) =>
        forms.map(({ method, target }) => `${method} ${short(target)}${askedFor(target, origin)}`),
      ),
    ),
    frames: unique(
      frames.map(({ src, srcdoc }) => (srcdoc === '' ? short(src) : `srcdoc: ${hashOf(srcdoc)}`)),
    ),
    handlers: unique(seen.flatMap(({ handlers }) => handlers.map(handlerStructure))),
    cardFields: unique(seen.flatMap(({ cardFields }) => cardFields)),
    workers: unique(
      [
        ...context.serviceWorkers().map((worker) => worker.url()),
        ...page.workers().map((worker) => worker.url()),
      ].map((url) => (/^https?:/.test(url) ? ownPage(url).replace(own.origin, '') : short(url))),
    ),
    headers,
  };
}

/** Parts of a query by name: which of them are there may decide who takes a form; what they say changes with each visit. */
function askedFor(target: string, origin: string): string {
  if (!URL.canParse(target, origin)) return '';
  const names = unique([...new URL(target, origin).searchParams.keys()]).filter(
    (key) => !cacheBuster.test(key),
  );
  return names.length === 0 ? '' : `?${names.join('&')}`;
}

/** Markup that does something, as `name hash`: what it does counts, not the numbers in it. */
function handlerStructure(handler: string): string {
  const [name = '', ...rest] = handler.split('=');
  const code = rest.join('=').replace(/^\s*javascript:/i, '');
  return `${name.toLowerCase()} ${structureOf(code).hash.slice(0, 32)}`;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

function uniqueScripts(scripts: readonly SeenScript[]): readonly SeenScript[] {
  const byName = new Map(scripts.map((script) => [`${script.source} ${script.hash}`, script]));
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, script]) => script);
}
