import { CfnResource, Stack, type Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type DataClass, declarationKeys } from './keys.ts';

/** Which environment of which shop the stacks are. */
export interface EnvironmentDeclaration {
  /** Name of the shop, such as `hana-candles`. */
  readonly shop: string;
  /** Name of the environment, such as `production`. */
  readonly environment: string;
  /** Whether everything may be deleted: relaxes protection against deletion, and nothing else. */
  readonly disposable: boolean;
  /** Resource types that the account already has, outside these templates. @default none */
  readonly existing?: readonly string[];
}

/** Marks the stacks of an environment as one shop, so that the checks also report what is absent. */
export function declareEnvironment(scope: Stage | Stack, declaration: EnvironmentDeclaration): void {
  const stacks = Stack.isStack(scope) ? [scope] : scope.node.findAll().filter(Stack.isStack);
  for (const stack of stacks) {
    stack.templateOptions.metadata = {
      ...stack.templateOptions.metadata,
      [declarationKeys.environment]: {
        ...declaration,
        ...(Token.isUnresolved(stack.account) ? {} : { account: stack.account }),
        ...(Token.isUnresolved(stack.region) ? {} : { region: stack.region }),
      },
    };
  }
}

/**
 * Which data a store, or a key, holds: each class but `public` has a key of its own, and readers of its own.
 *
 * @throws Error as every declaration here, when the construct makes no resource that could carry it
 */
export function declareDataClass(construct: IConstruct, dataClass: DataClass): void {
  resourceOf(construct).addMetadata(declarationKeys.dataClass, dataClass);
}

/**
 * The kind of store whose data was moved into this one, by somebody who followed the runbook.
 *
 * @param kind the type of the old one's resource, such as `AWS::RDS::DBCluster`
 */
export function declareMovedFrom(store: IConstruct, kind: string): void {
  resourceOf(store).addMetadata(declarationKeys.movedFrom, kind);
}

/**
 * Allows `reader` to read `store`, or to decrypt with it when it is a key. The grant itself stays where it is:
 * the checks report every principal that can read without having been declared.
 *
 * @param reader the role, or a construct with a role such as a function or a task definition
 * @param reason one sentence, which the report shows
 */
export function declareReader(store: IConstruct, reader: IConstruct, reason: string): void {
  const resource = resourceOf(store);
  const readers = (resource.getMetadata(declarationKeys.readers) ?? {}) as Record<string, string>;
  resource.addMetadata(declarationKeys.readers, { ...readers, [principalPath(reader)]: reason });
}

/**
 * Which paths of the shop nobody may reach from the Internet, on the construct that has to refuse them.
 *
 * @param paths `adminPaths` with everything below each, but for the `publicPaths`, which are exact: `/wp-admin`
 */
export function declareAdminPaths(
  construct: IConstruct,
  paths: { readonly adminPaths: readonly string[]; readonly publicPaths: readonly string[] },
): void {
  const resource = resourceOf(construct);
  resource.addMetadata(declarationKeys.adminPaths, paths.adminPaths);
  resource.addMetadata(declarationKeys.publicPaths, paths.publicPaths);
}

/** A request as an example of its kind. */
export interface SampleRequest {
  /** Path and query. */
  readonly url: string;
  /** @default GET */
  readonly method?: string;
  /** @default none */
  readonly body?: string;
}

/** Where passwords and cards are tried, on the web ACL that limits how often. A path stands for a POST to it. */
export function declareGuardedPaths(
  construct: IConstruct,
  requests: readonly (string | SampleRequest)[],
): void {
  resourceOf(construct).addMetadata(declarationKeys.guardedPaths, requests);
}

/** Functions for staff that hide behind a public path, on the web ACL that has to refuse them. */
export function declareRefusedRequests(construct: IConstruct, requests: readonly SampleRequest[]): void {
  resourceOf(construct).addMetadata(declarationKeys.refusedRequests, requests);
}

/** Screens of the admin host that hand out many customers at once, on the web ACL that has to refuse them to everybody. */
export function declareClosedScreens(
  construct: IConstruct,
  screens: {
    readonly host: string;
    /** Each with everything below it. */
    readonly paths: readonly string[];
    readonly requests: readonly SampleRequest[];
  },
): void {
  resourceOf(construct).addMetadata(declarationKeys.closedScreens, screens);
}

/** AWS's managed rule groups that the shop behind the web ACL needs, by their names: `AWSManagedRulesPHPRuleSet`. */
export function declareRuleGroups(construct: IConstruct, names: readonly string[]): void {
  resourceOf(construct).addMetadata(declarationKeys.ruleGroups, names);
}

/** From which countries the shop may be visited, on a web ACL or a distribution: two capitals of ISO 3166 each. */
export function declareCountries(construct: IConstruct, codes: readonly string[]): void {
  resourceOf(construct).addMetadata(declarationKeys.countries, codes);
}

/** Every name that the VPC may resolve, on the rule group of the DNS firewall: `api.example.com`, `*.example.com`. */
export function declareAllowedDomains(construct: IConstruct, domains: readonly string[]): void {
  resourceOf(construct).addMetadata(declarationKeys.allowedDomains, domains);
}

/** Who may connect to the VPN and when, on the function that decides; it holds the same under `RULES`. */
export function declareConnectionRules(
  handler: IConstruct,
  rules: { readonly people: readonly { readonly name: string }[]; readonly hours?: object | undefined },
): void {
  const people = rules.people.map(({ name }) => name);
  resourceOf(handler).addMetadata(declarationKeys.connectionRules, { people, hours: rules.hours });
}

/** The role of a firm that runs the shop from its own account (12 digits), until a moment such as `2027-03-31T15:00:00.000Z`. */
export function declareContractor(
  role: IConstruct,
  contract: { readonly account: string; readonly until: string },
): void {
  resourceOf(role).addMetadata(declarationKeys.contractor, contract);
}

/**
 * The second account (12 digits) that holds copies of backups, on the plan that copies, on the key of what is copied, and
 * on the function that counts copies.
 */
export function declareBackupAccount(construct: IConstruct, account: string): void {
  resourceOf(construct).addMetadata(declarationKeys.backupAccount, account);
}

/** A bucket of exports of customer data: copies that live for some days, and are read from some blocks (CIDR) only. */
export function declareExports(
  bucket: IConstruct,
  rules: { readonly days: number; readonly from: readonly string[] },
): void {
  declareDataClass(bucket, 'customer-data');
  resourceOf(bucket).addMetadata(declarationKeys.exports, rules);
}

/** The role of one person, who alone assumes it: the ARN of the user or role with which they sign in. */
export function declarePerson(role: IConstruct, signsInAs: string): void {
  resourceOf(role).addMetadata(declarationKeys.person, signsInAs);
}

/** The function that asks the tasks of the shop whether they work, from inside; it may reach them and nothing else. */
export function declareSmokeCheck(checker: IConstruct): void {
  resourceOf(checker).addMetadata(declarationKeys.smokeCheck, true);
}

/** Who hears what is sent to a topic, and nobody else does: mail addresses. */
export function declareSubscribers(topic: IConstruct, addresses: readonly string[]): void {
  resourceOf(topic).addMetadata(declarationKeys.subscribers, addresses);
}

/** For a secret whose value only its owner can change, such as one a payment provider issues; with the reason in a sentence. */
export function declareNoRotation(secret: IConstruct, reason: string): void {
  resourceOf(secret).addMetadata(declarationKeys.noRotation, reason);
}

function resourceOf(construct: IConstruct): CfnResource {
  const resource = construct.node.defaultChild ?? construct;
  if (CfnResource.isCfnResource(resource)) return resource;
  throw new Error(
    `${construct.node.path} has no resource of its own to carry the declaration: pass the construct that makes the resource`,
  );
}

/** The path of the role behind a construct; the templates hold the same path in `aws:cdk:path`. */
function principalPath(reader: IConstruct): string {
  const { role, taskRole } = reader as { role?: IConstruct; taskRole?: IConstruct };
  return (role ?? taskRole ?? reader).node.path;
}
