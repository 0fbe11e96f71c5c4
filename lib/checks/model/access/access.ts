import { constructPath, dataClassOf } from '../declarations.ts';
import { doubtAbout, unknownsIn } from '../doubts.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, hasUnknown, map } from '../values.ts';
import { DeclaredReaders } from './declared-readers.ts';
import { type Decision, Evaluation, type Guard } from './evaluation.ts';
import { outsidersOf } from './outsiders.ts';
import type { Statement } from './policies.ts';
import { mayBeAccount } from './principal-match.ts';
import { outsider, type Principal, principalsOf } from './principals.ts';
import { arnOf, chosen } from './resource-arns.ts';
import { guardingStatements } from './resource-policies.ts';
import { afterSelfGrants, everything } from './self-grants.ts';
import { sharedWith } from './shares.ts';
import { guardRemovals, plainReading, readingCalls, storeTypes } from './stores.ts';
import { Takeovers } from './takeovers.ts';

/** One way in which a principal reads a target. */
export interface Grant {
  readonly principal: Principal;
  readonly target: Resource;
  readonly action: string;
  /** Where the permission is written; for a chain, its last step. */
  readonly source: Resource;
  /** Roles taken over on the way, nearest first; empty when direct. */
  readonly via: readonly string[];
  /** False when the templates leave open whether the principal can. */
  readonly decided: boolean;
  /** What it is left open by, where it is. */
  readonly doubt?: string | undefined;
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
  /** What it is left open by, where it is. */
  readonly doubt?: string | undefined;
}

/** Types that hold customer data in few templates: those that say so. */
const declaredOnly = ['AWS::SNS::Topic', 'AWS::Logs::LogGroup', 'AWS::SSM::Parameter'];

const selfGrant = 'rewriting policies';
const guardRemoval = 'taking away its policy';

/**
 * Who can read what, from identity and resource policies together. Whoever is not among the readers surely cannot,
 * whatever a deploy decides; a grant that is not `decided` depends on that.
 */
export class Access {
  readonly graph: EnvironmentGraph;
  readonly principals: readonly Principal[];
  private readonly evaluation: Evaluation;
  private readonly declaration: DeclaredReaders;
  private readonly takeovers: Takeovers;
  /** Principals as they are once they have given themselves what they can. */
  private readonly grown: ReadonlyMap<Principal, Principal>;
  private readonly guards = new Map<Resource, Guard>();
  private readonly granted = new Map<Resource, readonly Omit<Grant, 'via'>[]>();
  private readonly grantsByTarget = new Map<Resource, readonly Grant[]>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.principals = principalsOf(graph);
    this.evaluation = new Evaluation(graph);
    this.declaration = new DeclaredReaders(graph, this.principals);
    const asked = { principals: this.principals, graph, evaluation: this.evaluation };
    this.grown = new Map(this.principals.map((principal) => [principal, afterSelfGrants(principal, asked)]));
    this.takeovers = new Takeovers(graph, this.evaluation, [...this.grown.values()]);
  }

  /** Everything whose readers matter: secrets, keys, and stores that hold customer data, or may where nothing says so. */
  targets(): readonly Resource[] {
    const declares = this.graph.declaration !== undefined;
    return this.graph.ofType(...storeTypes).filter((resource) => {
      const dataClass = dataClassOf(resource);
      if (dataClass !== undefined) return dataClass === 'customer-data' || dataClass === 'credentials';
      return (
        !declaredOnly.includes(resource.type) &&
        !(declares && /^AWS::(S3::Bucket|SQS::Queue)$/.test(resource.type))
      );
    });
  }

  /** Every principal that can read the target, directly or through roles it can take over. */
  readersOf(target: Resource): readonly Grant[] {
    return remembered(this.grantsByTarget, target, () => this.findReaders(target));
  }

  private findReaders(target: Resource): readonly Grant[] {
    const grants = new Map<string, Grant>();
    // What is decided is followed first, so that no open way hides a sure one.
    const direct = this.directGrants(target);
    this.follow(
      direct.filter(({ decided }) => decided),
      true,
      grants,
    );
    this.follow([...grants.values(), ...direct], false, grants);
    return [...grants.values()];
  }

  private follow(from: readonly Grant[], decidedOnly: boolean, grants: Map<string, Grant>): void {
    let frontier = from.filter((grant) => !grants.has(grant.principal.name) || !decidedOnly);
    for (const grant of from) if (!grants.has(grant.principal.name)) grants.set(grant.principal.name, grant);
    while (frontier.length > 0) {
      const next: Grant[] = [];
      for (const grant of frontier) {
        for (const takeover of this.takeovers.of(this.grown.get(grant.principal) ?? grant.principal)) {
          if (grants.has(takeover.by.name) || (decidedOnly && !takeover.decided)) continue;
          const reached: Grant = {
            ...grant,
            principal: this.asListed(takeover.by),
            source: takeover.source,
            via: [`${takeover.how} ${takeover.role.name}`, ...grant.via],
            decided: grant.decided && takeover.decided,
            doubt:
              grant.doubt ?? (takeover.decided ? undefined : doubtAbout(takeover.source, [takeover.how])),
          };
          grants.set(takeover.by.name, reached);
          next.push(reached);
        }
      }
      frontier = next;
    }
  }

  private asListed(principal: Principal): Principal {
    return this.principals.find(({ resource }) => resource && resource === principal.resource) ?? principal;
  }

  /**
   * Who is given reading by an identity policy, whatever the target's own policy then refuses: that one may be opened
   * tomorrow, and the permission is already there.
   */
  grantedReaders(target: Resource): readonly Omit<Grant, 'via'>[] {
    return remembered(this.granted, target, () => this.findGranted(target));
  }

  private findGranted(target: Resource): readonly Omit<Grant, 'via'>[] {
    const calls = readingCalls(target, this.graph).filter(
      ({ action, after }) => plainReading(action) && after === undefined,
    );
    const { statements, delegates } = this.guardOf(target);
    const handingOver = statements.filter(
      ({ effect, principals }) => effect === 'Allow' && (principals?.AWS ?? []).every(mayBeAccount),
    );
    const guard = { statements: delegates ? handingOver : [], delegates };
    return this.principals.flatMap((principal) => {
      for (const { action, arn } of calls) {
        const decision = this.evaluation.decide(principal, { action, arn, target }, guard);
        if (decision)
          return [{ principal, target, action, source: decision.source, decided: decision.answer === 'yes' }];
      }
      return [];
    });
  }

  /** Construct paths that may read the target; undefined when nothing is declared. */
  declaredReaders(target: Resource): ReadonlySet<string> | undefined {
    return this.declaration.of(target);
  }

  /**
   * Who can read what, a row for each way.
   * @param targets what is asked about; those whose readers matter when left out
   */
  matrix(targets = this.targets()): readonly MatrixRow[] {
    return targets.flatMap((target) => {
      const declared = this.declaredReaders(target);
      return this.readersOf(target).map((grant) => ({
        principal: grant.principal.name,
        target: { name: constructPath(target), type: target.type },
        action: grant.action,
        how: grant.via.length === 0 ? 'direct' : `via ${grant.via.join(', then ')}`,
        declared: declared?.has(grant.principal.name),
        decided: grant.decided,
        ...(grant.doubt !== undefined && { doubt: grant.doubt }),
      }));
    });
  }

  /**
   * Whether a role's own policies let it make a call, on a target when one is given. For asking whether something that
   * must work can work: what is not known here counts as allowed.
   */
  may(role: Resource, action: string, target?: Resource): boolean {
    const principal = this.principals.find((each) => each.resource === role);
    if (!principal) return true;
    const arn = target ? arnOf(target, this.graph) : chosen;
    return this.evaluation.decide(principal, { action, arn, target }) !== undefined;
  }

  /** Whether any policy that somebody attaches to a role could let it make a call: what its boundary leaves. */
  couldBeLet(role: Resource, action: string, target?: Resource): boolean {
    const principal = this.principals.find((each) => each.resource === role);
    if (!principal) return true;
    const arn = target ? arnOf(target, this.graph) : chosen;
    const statements = [everything({ answer: 'yes', source: role })];
    return this.evaluation.decide({ ...principal, statements }, { action, arn, target }) !== undefined;
  }

  /** Statements of the resource policy that guards a target, wherever it is written. */
  policyOf(target: Resource): readonly Statement[] {
    return this.guardOf(target).statements;
  }

  private guardOf(target: Resource): Guard {
    return remembered(this.guards, target, () => ({
      statements: guardingStatements(target, this.graph),
      // A key obeys identity policies only where its own policy hands the decision to the account.
      delegates: target.type === 'AWS::KMS::Key' || target.type === 'AWS::KMS::ReplicaKey',
    }));
  }

  private directGrants(target: Resource): readonly Grant[] {
    const guard = this.guardOf(target);
    const grants = new Map<string, Grant>();
    const add = (
      principal: Principal,
      action: string,
      decision: Decision | undefined,
      sure: boolean,
      via: string[],
    ) => {
      if (!decision) return;
      const decided = sure && decision.answer === 'yes';
      const before = grants.get(principal.name);
      if (before && (before.decided || !decided)) return;
      const { source } = decision;
      const doubt = decided ? undefined : doubtOf(principal, decision);
      grants.set(principal.name, { principal, target, action, source, via, decided, doubt });
    };
    for (const { action, arn, after } of readingCalls(target, this.graph)) {
      const call = { action, arn, target };
      for (const [principal, grown] of this.grown) {
        if (grants.get(principal.name)?.decided) continue;
        if (
          after &&
          !this.evaluation.decide(grown, { ...call, action: after, arn: arnOf(target, this.graph) }, guard)
        )
          continue;
        add(principal, action, this.evaluation.decide(principal, call, guard), true, []);
        if (grown !== principal && !grants.get(principal.name)?.decided)
          add(principal, action, this.evaluation.decide(grown, call, guard), true, [selfGrant]);
        if (grants.get(principal.name)?.decided) continue;
        const unguards = this.unguards(grown, target, guard);
        if (unguards)
          add(principal, action, this.evaluation.decide(grown, call), unguards === 'yes', [guardRemoval]);
      }
      if (after) continue;
      for (const statement of this.evaluation.about(guard.statements, action)) {
        if (statement.effect !== 'Allow') continue;
        for (const { principal, certain } of outsidersOf(statement, this.principals, this.graph))
          add(principal, action, this.evaluation.decideFor(principal, statement, call, guard), certain, []);
      }
    }
    for (const [name, action, answer] of unguarded(target, guard))
      add(outsider(name), action, { answer, source: target }, true, []);
    for (const { name, action, answer, source } of sharedWith(target, this.graph))
      add(outsider(name), action, { answer, source }, true, []);
    return [...grants.values()];
  }

  /** Whether a principal may take away the policy that refuses it a store. */
  private unguards(principal: Principal, target: Resource, guard: Guard): Decision['answer'] | undefined {
    const actions = guardRemovals[target.type] ?? [];
    if (actions.length === 0 || !guard.statements.some(({ effect }) => effect === 'Deny')) return undefined;
    const arn = arnOf(target, this.graph);
    const answers = actions.map(
      (action) => this.evaluation.decide(principal, { action, arn, target }, guard)?.answer,
    );
    return answers.includes('yes') ? 'yes' : answers.find((answer) => answer !== undefined);
  }

  /** Roles that a list of ARNs means, and the ARNs of roles that are not in the templates. */
  rolesNamed(arns: readonly string[]): {
    readonly roles: readonly Resource[];
    readonly others: readonly string[];
  } {
    const roles: Resource[] = [];
    const others: string[] = [];
    for (const arn of arns) {
      const role = this.principals.find((principal) => this.evaluation.same(principal.arn, arn))?.resource;
      if (role) roles.push(role);
      else others.push(arn);
    }
    return { roles, others };
  }
}

/** What of a permission only a deploy, the account or its organization knows. */
function doubtOf({ unknownPolicies }: Principal, { statement, source }: Decision): string {
  if (!statement) return doubtAbout(source, unknownPolicies.length > 0 ? unknownPolicies : ['access']);
  const unknowns = unknownsIn([
    statement.actions,
    statement.resources,
    statement.conditions,
    statement.principals,
  ]);
  const keys = Object.values(statement.conditions).flatMap((each) => Object.keys(map(each)));
  if (unknowns.length > 0) return doubtAbout(source, unknowns);
  if (!statement.certain) return doubtAbout(source, ['whether the statement stands']);
  return doubtAbout(source, keys.length > 0 ? keys : ['a name that AWS makes, or a refusal that may hold']);
}

/** Stores that ask nobody who they are. */
function unguarded(
  target: Resource,
  { statements }: Guard,
): readonly (readonly [name: string, action: string, answer: 'yes' | 'unknown'])[] {
  if (target.type === 'AWS::EFS::FileSystem' && !statements.some(({ certain }) => certain))
    return [
      [
        'anyone who reaches its mount targets',
        'elasticfilesystem:ClientMount',
        statements.length === 0 ? 'yes' : 'unknown',
      ],
    ];
  if (target.type !== 'AWS::S3::Bucket') return [];
  const acl = asWritten(target.properties.AccessControl ?? '');
  if (/^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(acl))
    return [['anyone', 's3:GetObject', 'yes']];
  return hasUnknown(acl) ? [['anyone', 's3:GetObject', 'unknown']] : [];
}
