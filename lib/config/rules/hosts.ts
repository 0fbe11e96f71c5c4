import { defaultAdminHost, previewHost } from '../environment.ts';
import { found, pathText } from '../problem.ts';
import {
  type EnvironmentDraft,
  environmentPath,
  type NamedEnvironment,
  type Path,
  type Report,
} from './rule.ts';

interface Host {
  readonly name: string;
  readonly path: Path;
  /** Whether the config leaves the name to its default. */
  readonly byDefault: boolean;
}

/**
 * Each host name belongs to one environment and one use. CloudFront takes an alternate domain name once in all
 * of AWS, and the records of two environments would overwrite each other.
 */
export function checkHosts(environments: readonly NamedEnvironment[], report: Report): void {
  const taken = new Map<string, Host>();
  for (const [name, environment] of environments) {
    for (const host of hostsOf(name, environment)) {
      checkZone(host, environment, report);
      const owner = taken.get(host.name);
      taken.set(host.name, owner ?? host);
      // Two default admin hosts are equal only if the domains are, which are reported.
      if (owner === undefined || (owner.byDefault && host.byDefault)) continue;
      const advice = anotherName(host);
      report(host.path, `${foundHost(host)}, which is ${pathText(owner.path)} already; ${advice}`);
    }
  }
  for (const [name, environment] of environments) {
    checkWwwForm(name, environment, taken, report);
    checkPreview(environment, taken, report);
    checkAbove(name, environment, report);
  }
}

/** The admin host is a private zone of the VPC, which hides every public name below it. */
function checkAbove(name: string, environment: EnvironmentDraft, report: Report): void {
  const { admin, domain, aliases = [], mail } = environment;
  const host = admin?.host;
  const mailHost = typeof mail === 'object' && 'host' in mail ? mail.host : undefined;
  const hidden = [domain, ...aliases, mailHost].find((other) => other?.endsWith(`.${host}`));
  if (host === undefined || hidden === undefined) return;
  report(
    environmentPath(name, 'admin', 'host'),
    `${found(host)}, which would hide "${hidden}" from the shop; write a name of its own${domain === undefined ? '' : `, such as "${defaultAdminHost(domain)}"`}`,
  );
}

function hostsOf(name: string, environment: EnvironmentDraft): readonly Host[] {
  const { domain, aliases = [], admin } = environment;
  const adminHost = admin?.host ?? (domain === undefined ? undefined : defaultAdminHost(domain));
  const hosts = [
    { name: domain, path: environmentPath(name, 'domain'), byDefault: false },
    ...aliases.map((alias, index) => ({
      name: alias,
      path: environmentPath(name, 'aliases', index),
      byDefault: false,
    })),
    { name: adminHost, path: environmentPath(name, 'admin', 'host'), byDefault: admin?.host === undefined },
  ];
  return hosts.filter((host): host is Host => host.name !== undefined);
}

function checkZone(host: Host, environment: EnvironmentDraft, report: Report): void {
  const zone = environment.hostedZone?.name;
  if (zone === undefined || host.name === zone || host.name.endsWith(`.${zone}`)) return;
  // The domain is at fault then, and reported itself.
  if (host.byDefault) return;
  report(host.path, `${found(host.name)}; write a name in the hosted zone "${zone}", such as "shop.${zone}"`);
}

/** Customers type either form and expect the same shop. */
function checkWwwForm(
  name: string,
  environment: EnvironmentDraft,
  taken: ReadonlyMap<string, Host>,
  report: Report,
): void {
  const { domain } = environment;
  if (domain === undefined) return;
  const otherForm = domain.startsWith('www.') ? domain.slice('www.'.length) : `www.${domain}`;
  const owner = taken.get(otherForm);
  if (owner === undefined || owner.path[1] === name || owner.path.at(-1) !== 'domain') return;
  if (domain.startsWith('www.')) {
    report(
      environmentPath(name, 'domain'),
      `${found(domain)}, the www form of ${pathText(owner.path)}, where customers expect the same shop; write another name, such as "${name}.${otherForm}"`,
    );
  }
}

/** Under it a shop is shown whose domain still leads elsewhere, with a certificate and records of its own. */
function checkPreview({ domain }: EnvironmentDraft, taken: ReadonlyMap<string, Host>, report: Report): void {
  const owner = domain === undefined ? undefined : taken.get(previewHost(domain));
  if (owner === undefined) return;
  report(
    owner.path,
    `${foundHost(owner)}, which shows "${domain}" while dns is "later"; ${anotherName(owner)}`,
  );
}

function foundHost(host: Host): string {
  return host.byDefault ? `missing, and its default would be "${host.name}"` : found(host.name);
}

function anotherName(host: Host): string {
  if (host.path.includes('aliases')) return 'remove it or write another name';
  return host.byDefault ? 'write another private name' : 'write another name';
}
