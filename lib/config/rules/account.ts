import { found, pathText, quote } from '../problem.ts';
import {
  type EnvironmentDraft,
  environmentPath,
  type NamedEnvironment,
  type Path,
  type Report,
} from './rule.ts';

/** What an ARN names must lie in the environment's own account, and where its user looks for it. */
export function checkArns(name: string, environment: EnvironmentDraft, report: Report): void {
  const { account, region, certificates, admin, patching, budget } = environment;
  const check = (
    arn: string | undefined,
    wantedRegion: string | undefined,
    use: string,
    ...path: Path
  ): void => {
    if (arn === undefined) return;
    const [, , , arnRegion, arnAccount] = arn.split(':');
    const here = environmentPath(name, ...path);
    const wrongRegion = wantedRegion !== undefined && arnRegion !== wantedRegion;
    const wrongAccount = account !== undefined && arnAccount !== account;
    if (!wrongRegion && !wrongAccount) return;
    const places = [
      ...(wrongRegion ? [`region ${arnRegion}`] : []),
      ...(wrongAccount ? [`account ${arnAccount}`] : []),
    ];
    const wanted = [
      ...(wrongRegion ? [`region ${wantedRegion}`] : []),
      ...(wrongAccount ? [`account ${account}`] : []),
    ];
    report(here, `found an ARN of ${places.join(' and ')}; ${use} must be of ${wanted.join(' and ')}`);
  };
  check(certificates?.edgeArn, 'us-east-1', "CloudFront's certificate", 'certificates', 'edgeArn');
  check(
    certificates?.loadBalancerArn,
    region,
    "the load balancer's certificate",
    'certificates',
    'loadBalancerArn',
  );
  check(certificates?.adminArn, region, "the admin host's certificate", 'certificates', 'adminArn');
  check(admin?.vpn?.certificateArn, region, "the VPN server's certificate", 'admin', 'vpn', 'certificateArn');
  check(admin?.vpn?.samlProviderArn, undefined, 'the SAML provider', 'admin', 'vpn', 'samlProviderArn');
  check(patching?.source?.connectionArn, undefined, 'the connection', 'patching', 'source', 'connectionArn');
  check(budget?.anomalyMonitorArn, undefined, 'the monitor', 'budget', 'anomalyMonitorArn');
}

/** A hosted zone has one name, and its records can be written from its own account only. */
export function checkHostedZones(environments: readonly NamedEnvironment[], report: Report): void {
  const byName = new Map<string, NamedEnvironment>();
  const byId = new Map<string, NamedEnvironment>();
  for (const named of environments) {
    const { id, name } = named[1].hostedZone ?? {};
    if (id === undefined) continue;
    if (name !== undefined) checkZoneId(named, { id, name }, remembered(byName, name, named), report);
    const first = remembered(byId, id, named);
    if (first !== named) checkSharedZone(named, first, report);
  }
}

/** @returns the first environment under the key, which is this one when there was none */
function remembered(
  seen: Map<string, NamedEnvironment>,
  key: string,
  environment: NamedEnvironment,
): NamedEnvironment {
  const first = seen.get(key) ?? environment;
  seen.set(key, first);
  return first;
}

function checkZoneId(
  [environment]: NamedEnvironment,
  { id, name }: { readonly id: string; readonly name: string },
  [firstEnvironment, { hostedZone }]: NamedEnvironment,
  report: Report,
): void {
  if (hostedZone?.id === undefined || hostedZone.id === id) return;
  report(
    environmentPath(environment, 'hostedZone', 'id'),
    `${found(id)}, but ${pathText(environmentPath(firstEnvironment, 'hostedZone'))} says that "${name}" is ${hostedZone.id}, and the Internet asks one of them; write the same id, or the zone of a name below, such as "${environment}.${name}"`,
  );
}

/** Two environments that name one zone: it has one name and one account in both. */
function checkSharedZone(
  [environment, { hostedZone, account }]: NamedEnvironment,
  [firstEnvironment, first]: NamedEnvironment,
  report: Report,
): void {
  const [id, name, firstName] = [hostedZone?.id, hostedZone?.name, first.hostedZone?.name];
  if (name !== undefined && firstName !== undefined && name !== firstName) {
    report(
      environmentPath(environment, 'hostedZone', 'name'),
      `${found(name)}, but ${pathText(environmentPath(firstEnvironment, 'hostedZone'))} says that ${id} is "${firstName}"; write the same name or another id`,
    );
  }
  if (account !== undefined && first.account !== undefined && account !== first.account) {
    report(
      environmentPath(environment, 'hostedZone', 'id'),
      `${found(id)}, which ${pathText(environmentPath(firstEnvironment))} uses from account ${first.account}; a hosted zone belongs to one account: write one of account ${account}, such as a delegated zone for "${environment}"`,
    );
  }
}

/** Whoever has a certificate for one VPN would pass the first check of the other. */
export function checkVpnCertificates(environments: readonly NamedEnvironment[], report: Report): void {
  const owners = new Map<string, string>();
  for (const [name, { admin }] of environments) {
    const arn = admin?.vpn?.certificateArn;
    if (arn === undefined) continue;
    const owner = owners.get(arn);
    owners.set(arn, owner ?? name);
    if (owner === undefined) continue;
    report(
      environmentPath(name, 'admin', 'vpn', 'certificateArn'),
      `found the certificate of ${pathText(environmentPath(owner))}; write one of its own, as \`secure-shop vpn init --environment ${name}\` prints it`,
    );
  }
}

/** What of `detection` the environment that makes the services of an account makes for all environments in it. */
const madeOnce = ['config', 'securityHub'] as const;

/** GuardDuty and its like exist once per account and region: a second `create` would fail at deploy. */
export function checkAccountServices(environments: readonly NamedEnvironment[], report: Report): void {
  const creators = new Map<string, NamedEnvironment>();
  for (const named of environments) {
    const [name, { account, region, detection }] = named;
    if (account === undefined || region === undefined || detection?.accountServices === 'existing') continue;
    const place = `account ${account}, region ${region}`;
    const [creator, made] = remembered(creators, place, named);
    if (creator === name) continue;
    const its = pathText(environmentPath(creator));
    if (detection?.accountServices === 'create') {
      report(
        environmentPath(name, 'detection', 'accountServices'),
        `found "create", but ${its} creates them in ${place} already; write "existing" or remove it`,
      );
    }
    for (const service of madeOnce) {
      if (!detection?.[service] || made.detection?.[service]) continue;
      report(
        environmentPath(name, 'detection', service),
        `found a service that ${its} would have to make for ${place}; write it there, or accountServices: 'existing' here when the account has it already`,
      );
    }
  }
}

/** Its own account would let in whoever may assume roles there, the shop's tasks among them. */
export function checkContractor(
  name: string,
  { account, contractor }: EnvironmentDraft,
  report: Report,
): void {
  if (account === undefined || contractor?.account !== account) return;
  report(
    environmentPath(name, 'contractor', 'account'),
    `${found(account)}, which is the shop's own; write the account of the contractor, or name its people in admin.people`,
  );
}

/** Copies in the same account are lost with it, whoever operates holds none (OPS1), and what may be deleted is copied nowhere. */
export function checkBackupAccount(
  name: string,
  { account, backups, contractor, disposable }: EnvironmentDraft,
  report: Report,
): void {
  const second = backups?.account;
  if (second === undefined) return;
  const path = environmentPath(name, 'backups', 'account');
  if (second === account)
    report(path, `${found(second)}, which is the shop's own; write the id of a second account, or remove it`);
  if (second === contractor?.account)
    report(
      path,
      `${found(second)}, the account of the contractor, who would hold a copy of every customer; write the id of an account that nobody works in`,
    );
  if (disposable === true)
    report(path, `${found(second)}, and backups of a disposable environment are copied nowhere; remove it`);
}

/** Whoever calls it that does not want it deleted. */
const productionNames = /(^|-)(production|prod|prd|live|honban)(-|$)/;
const notProduction = /(^|-)(pre|non|not|test)-/;

export function checkDisposable(name: string, environment: EnvironmentDraft, report: Report): void {
  if (environment.disposable !== true) return;
  if (productionNames.test(name) && !notProduction.test(name)) {
    report(
      environmentPath(name, 'disposable'),
      `found true in ${quote(name)}; a production environment keeps its data: remove it, or name the environment "staging"`,
    );
  }
}
