import { constructPath, dataClassOf, isConstruct, readersOf } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, hasUnknown, map, text } from '../values.ts';
import { passedRoleUses, readActions, roleEdits, selfGrantActions } from './access-tables.ts';
import { type Answer, both, not } from './answers.ts';
import { coversAction, type Statement, statementsOf } from './policies.ts';
import { type Principal, principalOf } from './principals.ts';
import { arnToken, matchesResource } from './resource-arns.ts';
import { encryptionKeys, resourcePolicyStatements } from './resource-policies.ts';
import { isForeignAccount, isRestricted } from './restrictions.ts';
import { conditionsMet } from './statement-conditions.ts';

/** One way in which a principal reads a target. */
export interface Grant {
  readonly principal: Principal;
  readonly target: Resource;
  readonly action: string;
  /** Where the permission is written; for a chain, its last step. */
  readonly source: Resource;
  /** Roles taken over on the way, nearest first; empty when direct. */
  readonly via: readonly string[];
  readonly decided: boolean;
}

export interface MatrixRow {
  readonly principal: string;
  readonly target: {
    /** Construct path, or stack and logical id where only a template is known. */
    readonly name: string;
    readonly type: string;
  };
  readonly action: string;
  readonly how: string;
  /** Undefined when the target declares no readers. */
  readonly declared: boolean | undefined;
  readonly decided: boolean;
}

/** How many roles are taken over in a row; attackers rarely need more, and readers cannot follow more. */
const mostTakeovers = 3;

/** A way in which one principal comes to act as a role. */
interface Takeover {
  readonly by: Principal;
  readonly role: Principal;
  readonly how: string;
  readonly source: Resource;
  readonly decided: boolean;
}

/** Who can read what, from identity and resource policies together. */
export class Access {
  readonly graph: EnvironmentGraph;
  readonly principals: readonly Principal[];
  private readonly resourcePolicies = new Map<Resource, Statement[]>();
  /** By the role that is taken over. */
  private readonly takeovers: ReadonlyMap<Principal, readonly Takeover[]>;
  private readonly namesByPath = new Map<string, readonly string[]>();
  private readonly outsiders = new Map<string, Principal>();
  private readonly arns = new Map<Principal, readonly string[]>();
  private readonly statementsByAction = new Map<Principal, Map<string, readonly Statement[]>>();
  private readonly grantsByTarget = new Map<Resource, readonly Grant[]>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.principals = graph
      .ofType('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group')
      .map((role) => principalOf(role, graph));
    this.takeovers = this.findTakeovers();
  }

  /** Everything whose readers matter: secrets, keys, and stores that hold customer data. */
  targets(): readonly Resource[] {
    return this.graph.ofType(...Object.keys(readActions)).filter((resource) => {
      const dataClass = dataClassOf(resource);
      if (resource.type === 'AWS::S3::Bucket' || resource.type === 'AWS::SQS::Queue') {
        return dataClass === 'customer-data' || dataClass === 'credentials';
      }
      return dataClass === undefined || dataClass === 'customer-data' || dataClass === 'credentials';
    });
  }

  /** Every principal that can read the target, directly or through roles it can take over. */
  readersOf(target: Resource): readonly Grant[] {
    const known = this.grantsByTarget.get(target);
    if (known) return known;
    const grants = this.directGrants(target);
    const seen = new Set(grants.map((grant) => grant.principal));
    let frontier: readonly Grant[] = grants;
    for (let step = 0; step < mostTakeovers && frontier.length > 0; step++) {
      const next: Grant[] = [];
      for (const grant of frontier) {
        for (const takeover of this.takeovers.get(grant.principal) ?? []) {
          if (seen.has(takeover.by)) continue;
          seen.add(takeover.by);
          next.push({
            ...grant,
            principal: takeover.by,
            source: takeover.source,
            via: [`${takeover.how} ${takeover.role.name}`, ...grant.via],
            decided: grant.decided && takeover.decided,
          });
        }
      }
      grants.push(...next);
      frontier = next;
    }
    this.grantsByTarget.set(target, grants);
    return grants;
  }

  /**
   * Who is given reading by an identity policy, whatever the target's own policy then says to it: that one may be
   * opened tomorrow, and the permission is already there.
   */
  grantedReaders(target: Resource): readonly Omit<Grant, 'via'>[] {
    const read = readActions[target.type];
    if (!read) return [];
    return this.principals.flatMap((principal) => {
      for (const action of read.actions) {
        const allowed = this.allows(principal, action, target, read.suffix);
        if (allowed)
          return [{ principal, target, action, source: allowed.source, decided: allowed.answer === 'yes' }];
      }
      return [];
    });
  }

  /**
   * Construct paths that may read the target: those it declares, for a key also those that the stores encrypted
   * with it declare, and for a secret the function that rotates it. Undefined when nothing is declared.
   */
  declaredReaders(target: Resource): ReadonlySet<string> | undefined {
    const own = readersOf(target);
    const paths = new Set((own ?? []).flatMap((path) => [path, ...this.namesOf(path)]));
    let declared = own !== undefined;
    if (target.type === 'AWS::KMS::Key') {
      for (const store of this.storesEncryptedWith(target)) {
        const readers = this.declaredReaders(store);
        if (!readers) continue;
        declared = true;
        for (const path of readers) paths.add(path);
      }
    }
    for (const schedule of this.graph.ofType('AWS::SecretsManager::RotationSchedule')) {
      if (this.graph.target(schedule.properties.SecretId, target.type) !== target) continue;
      const rotation = this.graph.target(schedule.properties.RotationLambdaARN, 'AWS::Lambda::Function');
      const role = rotation && this.graph.target(rotation.properties.Role, 'AWS::IAM::Role');
      if (role) paths.add(constructPath(role));
    }
    return declared ? paths : undefined;
  }

  /** What principals under a declared path are called here: the same path, or less in templates without paths. */
  private namesOf(path: string): readonly string[] {
    const known = this.namesByPath.get(path);
    if (known) return known;
    const names = this.principals
      .filter(({ resource }) => resource && isConstruct(path, resource))
      .map(({ name }) => name);
    this.namesByPath.set(path, names);
    return names;
  }

  matrix(): readonly MatrixRow[] {
    return this.targets().flatMap((target) => {
      const declared = this.declaredReaders(target);
      return this.readersOf(target).map((grant) => ({
        principal: grant.principal.name,
        target: { name: constructPath(target), type: target.type },
        action: grant.action,
        how: grant.via.length === 0 ? 'direct' : `via ${grant.via.join(', then ')}`,
        declared: declared?.has(grant.principal.name),
        decided: grant.decided,
      }));
    });
  }

  /**
   * Whether a role's own policies let it make a call, on a target when one is given. For asking whether something that
   * must work can work: what is not known here counts as allowed.
   */
  may(role: Resource, action: string, target?: Resource): boolean {
    const principal = this.principals.find((each) => each.resource === role);
    if (!principal || principal.unknownPolicies.length > 0) return true;
    if (target) return this.allows(principal, action, target, '') !== undefined;
    return this.allowsAnywhere(principal, action);
  }

  /** Statements of the resource policy that guards a target, wherever it is written. */
  policyOf(target: Resource): readonly Statement[] {
    const known = this.resourcePolicies.get(target);
    if (known) return known;
    const { graph } = this;
    const attached = (type: string, property: string): Statement[] =>
      graph.referring(target, type, property).flatMap((policy) => resourcePolicyStatements(policy, graph));
    const statements = [
      ...resourcePolicyStatements(target, graph),
      ...(target.type === 'AWS::S3::Bucket' ? attached('AWS::S3::BucketPolicy', 'Bucket') : []),
      ...(target.type === 'AWS::SecretsManager::Secret'
        ? attached('AWS::SecretsManager::ResourcePolicy', 'SecretId')
        : []),
      ...(target.type === 'AWS::SQS::Queue' ? this.queuePolicies(target) : []),
    ];
    this.resourcePolicies.set(target, statements);
    return statements;
  }

  /** Stores whose encryption names the key. */
  storesEncryptedWith(key: Resource): readonly Resource[] {
    return this.graph
      .ofType(...Object.keys(readActions))
      .filter(
        (store) =>
          store !== key && encryptionKeys(store).some((value) => this.graph.target(value, key.type) === key),
      );
  }

  // ------------------------------------------------------------------------------------------------ identity

  /** Whether identity policies allow the action, and the statement that does. */
  private allows(
    principal: Principal,
    action: string,
    target: Resource,
    suffix: string,
  ): { answer: Answer; source: Resource } | undefined {
    const arns = this.arnsOf(principal);
    const about = (statement: Statement): Answer =>
      both(coversAction(statement, action), this.coversResource(statement, target, suffix));
    let best: { answer: Answer; source: Resource } | undefined;
    for (const statement of this.statementsAbout(principal, action)) {
      if (statement.effect === 'Deny') {
        if (both(about(statement), conditionsMet(statement.conditions, arns)) === 'yes') return undefined;
        continue;
      }
      if (isBoundToAwsServices(statement, action)) continue;
      const covered = about(statement);
      if (covered === 'no' || conditionsMet(statement.conditions, arns) === 'no') continue;
      // An Allow under a condition that cannot be decided counts as allowed.
      if (!best || covered === 'yes') best = { answer: covered, source: statement.source };
    }
    if (!best && principal.unknownPolicies.length > 0 && principal.resource) {
      return { answer: 'unknown', source: principal.resource };
    }
    return best;
  }

  /** Most statements are about other actions; which are not is asked once for each action, not for each target. */
  private statementsAbout(principal: Principal, action: string): readonly Statement[] {
    const byAction = this.statementsByAction.get(principal) ?? new Map<string, readonly Statement[]>();
    this.statementsByAction.set(principal, byAction);
    const known = byAction.get(action);
    if (known) return known;
    const about = principal.statements.filter((statement) => coversAction(statement, action) !== 'no');
    byAction.set(action, about);
    return about;
  }

  private coversResource(statement: Statement, target: Resource, suffix: string): Answer {
    const among = (patterns: readonly string[]): Answer => {
      let answer: Answer = 'no';
      for (const pattern of patterns) {
        const match = matchesResource(pattern, target, suffix, this.graph);
        if (match === 'yes') return 'yes';
        if (match === 'unknown') answer = 'unknown';
      }
      return answer;
    };
    if (statement.notResources) return not(among(statement.notResources));
    return among(statement.resources);
  }

  // ------------------------------------------------------------------------------------------------ reading

  private directGrants(target: Resource): Grant[] {
    const read = readActions[target.type];
    if (!read) return [];
    const actions = [...read.actions, ...(selfGrantActions[target.type] ?? [])];
    const policy = this.policyOf(target);
    const isKey = target.type === 'AWS::KMS::Key';
    const grants = new Map<Principal, Grant>();
    const add = (principal: Principal, action: string, source: Resource, decided: boolean) => {
      const before = grants.get(principal);
      if (!before || (!before.decided && decided)) {
        grants.set(principal, { principal, target, action, source, via: [], decided });
      }
    };
    for (const action of actions) {
      const suffix = action.startsWith('s3:Put') ? '' : read.suffix;
      // A key obeys identity policies only where its own policy hands the decision to the account.
      const delegated =
        !isKey ||
        policy.some(
          (s) => s.effect === 'Allow' && this.namesOwnAccount(s) && coversAction(s, action) !== 'no',
        );
      for (const principal of this.principals) {
        if (this.denied(policy, principal, action)) continue;
        const allowed = delegated ? this.allows(principal, action, target, suffix) : undefined;
        if (allowed) add(principal, action, allowed.source, allowed.answer === 'yes');
      }
      for (const statement of policy) {
        if (statement.effect !== 'Allow' || coversAction(statement, action) === 'no') continue;
        if (isBoundToAwsServices(statement, action)) continue;
        for (const principal of this.named(statement)) {
          if (!this.denied(policy, principal, action)) {
            add(principal, action, statement.source, coversAction(statement, action) === 'yes');
          }
        }
      }
    }
    return [...grants.values()];
  }

  private denied(policy: readonly Statement[], principal: Principal, action: string): boolean {
    const arns = this.arnsOf(principal);
    return policy.some((statement) => {
      if (statement.effect !== 'Deny' || coversAction(statement, action) !== 'yes') return false;
      if (conditionsMet(statement.conditions, arns) !== 'yes') return false;
      if (statement.notPrincipals) {
        return !Object.values(statement.notPrincipals)
          .flat()
          .some((named) => named === '*' || arns.includes(named));
      }
      const named = Object.values(statement.principals ?? {}).flat();
      return named.some((value) => value === '*' || arns.includes(value));
    });
  }

  /** Principals that a resource policy's Allow names, the account's own root aside: it only delegates. */
  private named(statement: Statement): Principal[] {
    if (statement.notPrincipals) return [this.outsider('anyone but those named')];
    const found: Principal[] = [];
    for (const value of statement.principals?.AWS ?? []) {
      const role = this.principals.find((principal) => this.arnsOf(principal).includes(value));
      if (role) found.push(role);
      else if (value === '*') {
        if (!isRestricted(statement.conditions, this.graph)) found.push(this.outsider('anyone'));
        else found.push(...this.principals.filter((p) => this.mayMeet(statement, p)));
      } else if (isForeignAccount(value, this.graph.account)) found.push(this.outsider(`account ${value}`));
      else if (hasUnknown(value)) found.push(this.outsider('a principal known only after deployment'));
    }
    return found;
  }

  /** Whether a `*` tied down by `aws:PrincipalArn` still lets this role in. */
  private mayMeet(statement: Statement, principal: Principal): boolean {
    if (!principal.resource) return false;
    const keys = Object.values(statement.conditions).flatMap((clause) => Object.keys(map(clause)));
    return (
      keys.some((key) => key.toLowerCase() === 'aws:principalarn') &&
      conditionsMet(statement.conditions, this.arnsOf(principal)) !== 'no'
    );
  }

  private namesOwnAccount(statement: Statement): boolean {
    return (statement.principals?.AWS ?? []).some(
      (value) =>
        (/^arn:[^:]*:iam::.*:root$/.test(value) && !isForeignAccount(value, this.graph.account)) ||
        value === this.graph.account ||
        value === '*',
    );
  }

  /** The ARN of a role, by reference and, where the role is named by hand, as others may write it. */
  private arnsOf(principal: Principal): readonly string[] {
    const known = this.arns.get(principal);
    if (known) return known;
    const arns = this.spellArns(principal);
    this.arns.set(principal, arns);
    return arns;
  }

  private spellArns({ resource }: Principal): readonly string[] {
    if (!resource) return [];
    const name = text(resource.properties.RoleName);
    const path = text(resource.properties.Path) ?? '/';
    return name === undefined || hasUnknown(name)
      ? [arnToken(resource)]
      : [arnToken(resource), `arn:aws:iam::${this.graph.account ?? '*'}:role${path}${name}`];
  }

  /** Roles that a list of ARNs means, and the ARNs of roles that are not in the templates. */
  rolesNamed(arns: readonly string[]): {
    readonly roles: readonly Resource[];
    readonly others: readonly string[];
  } {
    const roles: Resource[] = [];
    const others: string[] = [];
    for (const arn of arns) {
      const role = this.principals.find((principal) => this.arnsOf(principal).includes(arn))?.resource;
      if (role) roles.push(role);
      else others.push(arn);
    }
    return { roles, others };
  }

  private outsider(name: string): Principal {
    const known = this.outsiders.get(name);
    if (known) return known;
    const made: Principal = { name, resource: undefined, statements: [], unknownPolicies: [] };
    this.outsiders.set(name, made);
    return made;
  }

  private queuePolicies(queue: Resource): Statement[] {
    return this.graph
      .referring(queue, 'AWS::SQS::QueuePolicy', 'Queues')
      .flatMap((policy) => resourcePolicyStatements(policy, this.graph));
  }

  // ---------------------------------------------------------------------------------------------- takeovers

  /** Who can act as which role, in one step. */
  private findTakeovers(): ReadonlyMap<Principal, readonly Takeover[]> {
    const byRole = new Map<Principal, Takeover[]>();
    for (const role of this.principals) {
      const { resource } = role;
      if (resource?.type !== 'AWS::IAM::Role') continue;
      const trust = statementsOf(resource, resource.properties.AssumeRolePolicyDocument, this.graph).filter(
        (statement) => statement.effect === 'Allow',
      );
      const found: Takeover[] = [];
      byRole.set(role, found);
      const services = new Set(trust.flatMap((statement) => statement.principals?.Service ?? []));
      for (const by of this.trusted(trust)) {
        if (by !== role) found.push({ by, role, how: 'assuming', source: resource, decided: true });
      }
      const trustsAccount = trust.some((statement) => this.namesOwnAccount(statement));
      const functions = this.graph
        .ofType('AWS::Lambda::Function')
        .filter((code) => this.graph.target(code.properties.Role, resource.type) === resource);
      for (const by of this.principals) {
        if (by === role) continue;
        const how = this.takeover(by, resource, services, trustsAccount, functions);
        if (how) found.push({ by, role, ...how });
      }
    }
    return byRole;
  }

  private trusted(trust: readonly Statement[]): Principal[] {
    return trust.flatMap((statement) => {
      const federated = statement.principals?.Federated ?? [];
      return [
        ...this.named(statement),
        ...(federated.length > 0 && Object.keys(statement.conditions).length === 0
          ? [this.outsider(`anyone signed in through ${federated.join(', ')}`)]
          : []),
      ];
    });
  }

  private takeover(
    by: Principal,
    resource: Resource,
    services: ReadonlySet<string>,
    trustsAccount: boolean,
    functions: readonly Resource[],
  ): { how: string; source: Resource; decided: boolean } | undefined {
    const can = (action: string, target: Resource) => this.allows(by, action, target, '');
    const edit = roleEdits
      .map((action) => can(action, resource))
      .find((allowed) => allowed?.answer === 'yes');
    if (edit) return { how: 'rewriting the policies of', source: edit.source, decided: true };
    if (trustsAccount) {
      const assume = can('sts:AssumeRole', resource);
      if (assume) return { how: 'assuming', source: assume.source, decided: assume.answer === 'yes' };
    }
    const pass = can('iam:PassRole', resource);
    if (pass?.answer === 'yes') {
      for (const use of passedRoleUses) {
        if (!services.has(use.service)) continue;
        if (use.actions.some((action) => this.allowsAnywhere(by, action))) {
          return { how: `running code (${use.service}) as`, source: pass.source, decided: true };
        }
      }
    }
    for (const code of functions) {
      const update = can('lambda:UpdateFunctionCode', code);
      if (update?.answer === 'yes')
        return { how: 'replacing the code of a function of', source: update.source, decided: true };
    }
    if (services.has('ecs-tasks.amazonaws.com')) {
      const shell = by.statements.find(
        (s) => s.effect === 'Allow' && coversAction(s, 'ecs:ExecuteCommand') === 'yes',
      );
      if (shell) return { how: 'opening a shell in a task of', source: shell.source, decided: true };
    }
    return undefined;
  }

  private allowsAnywhere(principal: Principal, action: string): boolean {
    return this.statementsAbout(principal, action).some(
      (statement) => statement.effect === 'Allow' && coversAction(statement, action) === 'yes',
    );
  }
}

/** Grants that only an AWS service can use on the principal's behalf give nobody the data. */
function isBoundToAwsServices(statement: Statement, action: string): boolean {
  return (
    action === 'kms:CreateGrant' &&
    Object.values(statement.conditions).some((keys) =>
      Object.entries(map(keys)).some(
        ([key, value]) => key.toLowerCase() === 'kms:grantisforawsresource' && asWritten(value) === 'true',
      ),
    )
  );
}
