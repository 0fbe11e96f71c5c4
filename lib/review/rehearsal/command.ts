import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Origin, RequestInput } from '../../checks/model/requests/request.ts';
import { print, printJsonLine } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, UserError } from '../../cli/user-error.ts';
import { chooseEnvironment, unknownEnvironment } from '../../config/choose-environment.ts';
import type { Rehearsal, RehearsalEnvironment, Rehearser } from './rehearse.ts';

interface TryOptions extends ShopOptions {
  readonly from?: Origin;
  readonly method?: string;
  readonly header: readonly string[];
  readonly body?: string;
  readonly file?: string;
  readonly json?: boolean;
  readonly assembly?: string;
}

/** `secure-shop try`: which rule would answer a request, before anything is deployed. */
export function tryCommand(): Command {
  return shopOptions(new Command('try'), 'when left out, the host of the URL tells')
    .description(
      'Answers from the synthesized templates which rule decides on a request, and with what status. The request target is taken as written. Managed rule groups are named as "may block".',
    )
    .argument('[url]', 'URL to try, such as "https://shop.example.jp/wp-admin/"')
    .addOption(
      new Option(
        '--from <where>',
        'where the request comes from: "browser" is the secure browser, "check" the look at a new image',
      ).choices(['internet', 'vpn', 'browser', 'check']),
    )
    .option('--method <method>', 'HTTP method (default: GET, or POST with a body)')
    .option(
      '--header <header>',
      '"Name: value"; may be repeated',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--body <text>', 'body as it is sent; without it, what a POST holds is not known')
    .option('--file <file>', 'many requests: one {"url", "method"?, "headers"?, "body"?, "from"?} a line')
    .option('--json', 'one verdict {"url", "verdict", "status", "by", "limits", "cache"} a line')
    .option('--assembly <folder>', 'read templates that cdk synth wrote, instead of synthesizing')
    .action(async (url: string | undefined, options: TryOptions) => {
      const [requests, rehearserOf] = await checkAll(
        () => requestsOf(url, options),
        () => openRehearser(options),
      );
      const rehearser = await rehearserOf();
      const rehearsals = requests.map((request) => rehearser.rehearse(request));
      if (options.json) for (const { verdict } of rehearsals) printJsonLine(verdict);
      else print(...rehearsals.map(describe));
    });
}

async function requestsOf(url: string | undefined, options: TryOptions): Promise<RequestInput[]> {
  if ((url === undefined) === (options.file === undefined)) {
    throw new UserError(['Write either one URL to try, or --file with many.']);
  }
  const [{ parseRequest }, { parseRequestsFile }] = await Promise.all([
    import('../../checks/model/requests/request.ts'),
    import('./requests-file.ts'),
  ]);
  if (options.file !== undefined) {
    return parseRequestsFile(readRequests(options.file), options.file).map((request) => ({
      ...request,
      from: request.from ?? options.from,
    }));
  }
  const request = {
    url: url ?? '',
    method: options.method ?? (options.body === undefined ? undefined : 'POST'),
    headers: parseHeaders(options.header),
    body: options.body,
    from: options.from,
  };
  parseRequest(request);
  return [request];
}

function readRequests(file: string): string {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new UserError([`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
  if (isUtf8(content)) return content.toString('utf8');
  const lines = content.toString('latin1').split('\n');
  throw new UserError(
    lines.flatMap((line, index) =>
      isUtf8(Buffer.from(line, 'latin1')) ? [] : [`${file}:${index + 1}: not UTF-8, which JSON must be`],
    ),
  );
}

function parseHeaders(written: readonly string[]): Record<string, string> {
  const headers = written.map((header) => /^([^:\s]+):\s*(.*)$/s.exec(header));
  const problems = written
    .filter((_, index) => !headers[index])
    .map((header) => `--header "${header}": write "Name: value", such as "Host: shop.example.jp"`);
  if (problems.length > 0) throw new UserError(problems);
  return Object.fromEntries(headers.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
}

/** A mistake shows before the templates are made, which takes seconds. */
async function openRehearser({
  config,
  environment,
  assembly,
}: TryOptions): Promise<() => Promise<Rehearser>> {
  const [{ Rehearser }, { environmentsOfAssembly, synthesizedEnvironments }, { loadShop }] =
    await Promise.all([import('./rehearse.ts'), import('./templates.ts'), import('../../config/load.ts')]);
  const shop = assembly ? undefined : await loadShop(config);
  if (shop) {
    if (environment !== undefined) chooseEnvironment(shop, environment);
    return async () => new Rehearser(named(await synthesizedEnvironments(shop), environment));
  }
  const environments = await environmentsOfAssembly(assembly ?? '');
  const known = environments.map(({ name }) => name);
  if (environment !== undefined && !known.includes(environment))
    throw unknownEnvironment(environment, known, assembly ?? '');
  return async () => new Rehearser(named(environments, environment));
}

function named(
  all: readonly RehearsalEnvironment[],
  name: string | undefined,
): readonly RehearsalEnvironment[] {
  return name === undefined ? all : all.filter((each) => each.name === name);
}

function describe({ verdict, hops }: Rehearsal): string {
  const width = Math.max(...hops.map(({ at }) => at.length));
  const status = verdict.status === null ? '' : ` ${verdict.status}`;
  return [
    verdict.url,
    ...hops.map(({ at, says }) => `  ${at.padEnd(width)}  ${says}`),
    `  => ${verdict.verdict}${status}, by ${verdict.by}`,
  ]
    .map(printable)
    .join('\n');
}

/** A URL may hold control characters; a terminal must not obey them. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
