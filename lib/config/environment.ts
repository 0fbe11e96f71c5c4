import { zonesOf } from './regions.ts';
import type { accountServices, hubStandards } from './schema/detection.ts';
import { hoursOf } from './schema/rotation.ts';
import type { ParsedEnvironment, Tier } from './schema.ts';

type ParsedAdmin = ParsedEnvironment['admin'];
type ParsedVpn = ParsedAdmin['vpn'];

/** Days and hours in the time zone of the shop. */
export type Contractor = NonNullable<ParsedEnvironment['contractor']>;
export type BusinessHours = NonNullable<ParsedVpn['hours']>;

/** What an account has once per region, such as `guardduty`. */
export type AccountService = (typeof accountServices)[number];

export type HubStandard = (typeof hubStandards)[number];

/** How mails leave the shop. */
export type Mail =
  | { readonly kind: 'none' }
  | { readonly kind: 'ses'; readonly from: string }
  | {
      readonly kind: 'smtp';
      readonly host: string;
      readonly port: number;
      readonly from: string;
      /** ARN of an existing secret with the login. Undefined: the environment makes one. */
      readonly secret?: string | undefined;
    };

/** One environment with every default filled in, those that depend on the tier, region or domain included. */
export interface Environment
  extends Omit<
    ParsedEnvironment,
    'network' | 'admin' | 'rotation' | 'detection' | 'mail' | 'budget' | 'database' | 'customerData'
  > {
  /** Its key in `environments`, such as `production`. */
  readonly name: string;
  /** Host names under which customers see the shop, the one it calls itself first. */
  readonly hosts: readonly [string, ...string[]];
  readonly network: Omit<ParsedEnvironment['network'], 'availabilityZones'> & {
    /** Two or three full names, such as `ap-northeast-1a`: where load balancer, databases and media are. */
    readonly availabilityZones: string[];
    /** Those of them in which tasks and functions run, and reach out: in tier `starter` the first alone. */
    readonly workloadZones: string[];
    /** The three zones that have subnets, in alphabetical order: the same ones whatever the tier. */
    readonly subnetZones: string[];
  };
  readonly admin: Omit<ParsedAdmin, 'host' | 'vpn'> & {
    readonly host: string;
    readonly vpn: Omit<ParsedVpn, 'hours'> & {
      /** Undefined: open at any time. */
      readonly hours: BusinessHours | undefined;
    };
  };
  readonly rotation: ParsedEnvironment['rotation'] & {
    readonly everyHours: number;
    /** The window's first hour in UTC: Secrets Manager opens windows on the hour. */
    readonly windowStartHour: number;
  };
  readonly customerData: ParsedEnvironment['customerData'] & { readonly screens: 'closed' | 'open' };
  /** Undefined: a custom platform sends over HTTPS, or not at all. */
  readonly mail: Mail | undefined;
  readonly detection: {
    /** Whether this environment turns on what exists once per account and region, unless it is `existing`. */
    readonly accountServices: 'create' | 'existing';
    /** What is made here. */
    readonly makes: readonly AccountService[];
    /** What watches and is not made here: the account has it, or another environment makes it. */
    readonly existing: readonly AccountService[];
    /** Of Security Hub, where it is made here. */
    readonly standards: readonly HubStandard[];
    /** Whether the rules of AWS Config are made here, whoever made its recorder. */
    readonly asksConfig: boolean;
    /** Whether it tells of the findings of its account and region, which one environment of them does. */
    readonly tells: boolean;
  };
  readonly database: Omit<ParsedEnvironment['database'], 'kind' | 'standby'> & {
    readonly kind: 'instance' | 'aurora';
    /** Of an instance: one in another zone. */
    readonly standby: boolean;
  };
  readonly budget: {
    /** US dollars that a month of the account may cost. */
    readonly monthly: number;
    /** Of the account, whose anomalies are told. */
    readonly anomalyMonitorArn?: string | undefined;
  };
}

/**
 * What `secure-shop cost` estimates for an environment of each tier in Tokyo, and a third more, in US dollars a month.
 * A test holds these beside the estimates.
 */
const usualBudget: Record<Tier, number> = { starter: 275, standard: 575, 'high-availability': 1210 };

/** The smallest shops work in office hours; a VPN that is closed at night needs no watching then. */
const officeHours: BusinessHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '08:00',
  to: '20:00',
  closedOn: [],
};

export function resolveEnvironments(
  parsed: Readonly<Record<string, ParsedEnvironment>>,
): Readonly<Record<string, Environment>> {
  const watched = new Set<string>();
  const tellers = tellersOf(parsed);
  const resolved = Object.entries(parsed).map(([name, environment]): [string, Environment] => {
    const place = `${environment.account} ${environment.region}`;
    const accountServices =
      environment.detection.accountServices ?? (watched.has(place) ? 'existing' : 'create');
    watched.add(place);
    const monthly = environment.budget.monthly ?? usualBudgetOf(environment.account, parsed);
    const detection = resolveDetection(environment.detection, accountServices, tellers.has(name));
    return [
      name,
      { ...resolveEnvironment(name, environment, detection), budget: { ...environment.budget, monthly } },
    ];
  });
  return Object.fromEntries(resolved);
}

function resolveDetection(
  { existing: written, config, securityHub }: ParsedEnvironment['detection'],
  accountServices: 'create' | 'existing',
  tells: boolean,
): Environment['detection'] {
  const hub = securityHub !== undefined && !written.includes('security-hub');
  const wanted: readonly AccountService[] = [
    'guardduty',
    'access-analyzer',
    ...(hub ? (['security-hub'] as const) : []),
    // What a standard asks, it asks of what the recorder holds.
    ...(config || hub ? (['config'] as const) : []),
  ];
  const makes = accountServices === 'create' ? wanted.filter((service) => !written.includes(service)) : [];
  return {
    accountServices,
    makes,
    existing: [...new Set([...written, ...wanted])].filter((service) => !makes.includes(service)),
    standards: makes.includes('security-hub') ? (securityHub?.standards ?? []) : [],
    asksConfig: config && tells,
    tells,
  };
}

/** Of each account and region the environment that makes the services, or the first where none does. */
function tellersOf(parsed: Readonly<Record<string, ParsedEnvironment>>): ReadonlySet<string> {
  const tellers = new Map<string, string>();
  const makesLast = (mode: string | undefined) => (mode === 'existing' ? 1 : 0);
  const ordered = Object.entries(parsed).sort(
    ([, one], [, other]) =>
      makesLast(one.detection.accountServices) - makesLast(other.detection.accountServices),
  );
  for (const [name, { account, region }] of ordered) {
    const place = `${account} ${region}`;
    tellers.set(place, tellers.get(place) ?? name);
  }
  return new Set(tellers.values());
}

/** A budget is the account's, whatever else is in it. */
function usualBudgetOf(account: string, parsed: Readonly<Record<string, ParsedEnvironment>>): number {
  return Object.values(parsed)
    .filter((environment) => environment.account === account)
    .reduce((sum, { tier }) => sum + usualBudget[tier], 0);
}

function resolveEnvironment(
  name: string,
  parsed: ParsedEnvironment,
  detection: Environment['detection'],
): Omit<Environment, 'budget'> {
  const { network, admin, rotation } = parsed;
  const zones = [...new Set([...(network.availabilityZones ?? []), ...zonesOf(parsed.region)])];
  const zoneCount = parsed.tier === 'high-availability' ? 3 : 2;
  return {
    ...parsed,
    name,
    hosts: parsed.dns === 'now' ? [parsed.domain, ...parsed.aliases] : [previewHost(parsed.domain)],
    network: {
      ...network,
      availabilityZones: zones.slice(0, zoneCount),
      workloadZones: zones.slice(0, parsed.tier === 'starter' ? 1 : zoneCount),
      subnetZones: zones.slice(0, 3).sort(),
    },
    admin: {
      ...admin,
      host: admin.host ?? defaultAdminHost(parsed.domain),
      vpn: { ...admin.vpn, hours: admin.vpn.hours ?? (parsed.tier === 'starter' ? officeHours : undefined) },
    },
    database: {
      ...parsed.database,
      kind: parsed.database.kind ?? (parsed.tier === 'starter' ? 'instance' : 'aurora'),
      standby: parsed.database.standby ?? parsed.tier !== 'starter',
    },
    customerData: {
      ...parsed.customerData,
      screens: parsed.customerData.screens ?? defaultScreens(parsed),
    },
    mail: resolveMail(parsed),
    detection,
    rotation: {
      ...rotation,
      everyHours: hoursOf(rotation.every),
      windowStartHour: Number(rotation.windowStart.slice(0, 2)),
    },
  };
}

/** Where there is a desk, or somebody named what to close, nothing leaves beside it. */
export function defaultScreens({
  exports,
  customerData,
}: {
  readonly exports?: object | undefined;
  readonly customerData?: { readonly exportPaths?: readonly unknown[] | undefined } | undefined;
}): 'closed' | 'open' {
  return exports || (customerData?.exportPaths ?? []).length > 0 ? 'closed' : 'open';
}

export function previewHost(domain: string): string {
  return `preview.${domain}`;
}

export function defaultAdminHost(domain: string): string {
  return `admin.${domain}`;
}

function resolveMail({ mail, domain }: ParsedEnvironment): Mail | undefined {
  if (mail === undefined) return undefined;
  if (mail === 'none') return { kind: 'none' };
  if ('provider' in mail) return { kind: 'ses', from: mail.from ?? `shop@${domain}` };
  return { kind: 'smtp', ...mail };
}
