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
  const { account, region, certificates, admin, patching } = environment;
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
  check(admin?.vpn?.certificateArn, region, "the VPN server's certificate", 'admin', 'vpn', 'certificateArn');
  check(admin?.vpn?.samlProviderArn, undefined, 'the SAML provider', 'admin', 'vpn', 'samlProviderArn');
  check(patching?.source?.connectionArn, undefined, 'the connection', 'patching', 'source', 'connectionArn');
}

/** A hosted zone has one name, and its records can be written from its own account only. */
export function checkHostedZones(environments: readonly NamedEnvironment[], report: Report): void {
  const zones = new Map<string, NamedEnvironment>();
  const ids = new Map<string, { readonly id: string; readonly owner: string }>();
  for (const [name, environment] of environments) {
    const zone = environment.hostedZone;
    if (zone?.id === undefined) continue;
    if (zone.name !== undefined) {
      const known = ids.get(zone.name) ?? { id: zone.id, owner: name };
      ids.set(zone.name, known);
      if (known.id !== zone.id) {
        report(
          environmentPath(name, 'hostedZone', 'id'),
          `${found(zone.id)}, but ${pathText(environmentPath(known.owner, 'hostedZone'))} says that "${zone.name}" is ${known.id}, and the Internet asks one of them; write the same id, or the zone of a name below, such as "${name}.${zone.name}"`,
        );
      }
    }
    const first = zones.get(zone.id);
    if (first === undefined) {
      zones.set(zone.id, [name, environment]);
      continue;
    }
    const [firstName, firstEnvironment] = first;
    const firstZone = firstEnvironment.hostedZone?.name;
    if (zone.name !== undefined && firstZone !== undefined && zone.name !== firstZone) {
      report(
        environmentPath(name, 'hostedZone', 'name'),
        `${found(zone.name)}, but ${pathText(environmentPath(firstName, 'hostedZone'))} says that ${zone.id} is "${firstZone}"; write the same name or another id`,
      );
    }
    const { account } = environment;
    if (
      account !== undefined &&
      firstEnvironment.account !== undefined &&
      account !== firstEnvironment.account
    ) {
      report(
        environmentPath(name, 'hostedZone', 'id'),
        `${found(zone.id)}, which ${pathText(environmentPath(firstName))} uses from account ${firstEnvironment.account}; a hosted zone belongs to one account: write one of account ${account}, such as a delegated zone for "${name}"`,
      );
    }
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

/** GuardDuty and its like exist once per account and region: a second `create` would fail at deploy. */
export function checkAccountServices(environments: readonly NamedEnvironment[], report: Report): void {
  const creators = new Map<string, string>();
  for (const [name, environment] of environments) {
    const { account, region, detection } = environment;
    if (account === undefined || region === undefined || detection?.accountServices === 'existing') continue;
    const place = `account ${account}, region ${region}`;
    const creator = creators.get(place);
    if (creator === undefined) creators.set(place, name);
    else if (detection?.accountServices === 'create') {
      report(
        environmentPath(name, 'detection', 'accountServices'),
        `found "create", but ${pathText(environmentPath(creator))} creates them in ${place} already; write "existing" or remove it`,
      );
    }
  }
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
