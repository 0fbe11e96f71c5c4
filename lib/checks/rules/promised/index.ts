import { alarmOf } from '../../model/alarms.ts';
import { type Promised, promisedAttributes } from '../../model/promises.ts';
import { remembered } from '../../model/remembered.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, display, list, map, soleToken, text, type Value, type ValueMap } from '../../model/values.ts';
import { whereToReportAbsence } from '../absence.ts';
import { defineRule, type Finding, fail, type Invariant, invariants, pass, type Rule } from '../rule.ts';
import { alarmJudge, spelledAlarm } from './alarm.ts';
import { defaults } from './defaults.ts';
import { type Difference, differences, type Judge, same } from './differences.ts';
import { attributes, declaredReasons, guarded, protections, texts, unlisted } from './guarded.ts';
import { actionsGiven, isOfPeople, isRestated, movedParts } from './moved.ts';
import { added, onlyTrue } from './orders.ts';
import { samePolicy, usedActions } from './policies.ts';
import { keepingPriorities, keepingPriority } from './refusals.ts';
import { named, spelled } from './spellings.ts';

/** What is promised for each invariant that has types of its own. */
const subjects: Readonly<Partial<Record<Invariant, { readonly en: string; readonly ja: string }>>> = {
  NET1: { en: 'The network', ja: 'ネットワーク' },
  // Also of every type that the table of guarded ones leaves out, and of what templates declare of themselves.
  NET2: {
    en: 'The edge, what templates declare of themselves, and kinds that no other rule compares',
    ja: 'エッジ、テンプレート自身の宣言、ほかのルールが比べない種類',
  },
  NET3: { en: 'The load balancer', ja: 'ロードバランサー' },
  NET4: { en: 'Who may connect to whom', ja: '接続の許可' },
  NET5: { en: 'The way out', ja: '外向きの通信' },
  ADM1: { en: 'The list of admin paths', ja: '管理パスの一覧' },
  ADM2: { en: 'The way in for people', ja: '管理者の接続経路' },
  SEC1: { en: 'Secrets and their rotation', ja: 'シークレットとローテーション' },
  SEC2: { en: 'What follows a rotation', ja: 'ローテーション後の反映' },
  DAT1: { en: 'Stores and backups', ja: 'データの保管とバックアップ' },
  DAT2: { en: 'Roles, policies and keys', ja: 'ロール・ポリシー・鍵' },
  PAT1: { en: 'The image pipeline and its tasks', ja: 'イメージのパイプラインとタスク' },
  PAT2: { en: 'The patching of hosts', ja: 'ホストのパッチ適用' },
  LOG1: { en: 'Every log', ja: '各ログ' },
  ALM1: { en: 'Alarms, and what leads to them', ja: 'アラームとその経路' },
};

/**
 * One rule an invariant: what keeps it is what its construct promised (`lib/declarations/promises.ts`), or better.
 * A weakening that no other rule thought of is still a difference.
 */
export const promised: readonly Rule[] = invariants.flatMap((invariant) => {
  const types = Object.entries(guarded).filter(([, each]) => each.invariant === invariant);
  const subject = subjects[invariant];
  // What keeps DAT3 and OPS1 are buckets, roles and policies, whose promises are kept by DAT1 and DAT2.
  if (!subject) return [];
  const { en, ja } = subject;
  return defineRule({
    invariant,
    finding: 'Promised',
    en: `${en}: each is what its construct made it, or stricter`,
    ja: `${ja}はコンストラクトが作ったまま、またはより厳しい`,
    appliesTo: types.map(([type]) => type).sort(),
    judgeAll: ({ graph }) => (graph.promises.any ? judged(graph, invariant) : []),
  });
});

function judged(graph: EnvironmentGraph, invariant: Invariant): Finding[] {
  const broken = brokenPromises(graph).get(invariant) ?? [];
  if (broken.length > 0) return broken;
  const where = whereToReportAbsence(graph);
  return where ? [{ resource: where, ...pass('everything is as promised, or stricter') }] : [];
}

/** Found once for all invariants. */
const known = new WeakMap<EnvironmentGraph, ReadonlyMap<Invariant, Finding[]>>();

/** Every broken promise, by the invariant that it kept. */
export function brokenPromises(graph: EnvironmentGraph): ReadonlyMap<Invariant, Finding[]> {
  return remembered(known, graph, () => findBroken(graph));
}

function findBroken(graph: EnvironmentGraph): ReadonlyMap<Invariant, Finding[]> {
  const found = new Map<Invariant, Finding[]>();
  const isMoved = movedParts(graph);
  for (const each of graph.promises.changed) {
    const { invariant } = guarded[each.type] ?? unlisted;
    if (!each.found && isMoved(each)) continue;
    found.set(invariant, [...(found.get(invariant) ?? []), ...findings(each, graph, isMoved)]);
  }
  for (const { invariant, finding } of [...withoutPromises(graph), ...additions(graph)])
    found.set(invariant, [...(found.get(invariant) ?? []), finding]);
  return found;
}

interface Broken {
  readonly invariant: Invariant;
  readonly finding: Finding;
}

/** A template whose promises were taken out says nothing of itself any more. */
function withoutPromises(graph: EnvironmentGraph): Broken[] {
  return graph.promises.silent.flatMap((stack) => {
    const resource = graph.resources.find((each) => each.stack === stack);
    const finding = resource && { resource, ...fail('its template promises nothing, while the others do') };
    return finding ? [{ invariant: unlisted.invariant, finding }] : [];
  });
}

/**
 * What stands beside what was promised and acts by itself: other rules look at what it may reach, and none knows what it
 * is told to do there. And what makes more of something promised than it was, such as a rule of its group.
 */
function additions(graph: EnvironmentGraph): Broken[] {
  const isPromised = ({ stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>) =>
    graph.promises.propertiesOf(stack, logicalId) !== undefined;
  const judged = Object.entries(guarded).filter(([, { acts, partOf }]) => acts || partOf);
  return judged.flatMap(([type, { invariant, acts, partOf = [] }]) =>
    graph.ofType(type).flatMap((resource): Broken[] => {
      if (isPromised(resource)) return [];
      const isActing = typeof acts === 'function' ? acts(resource) : acts;
      if (isActing && graph.promises.isBeside(resource))
        return [{ invariant, finding: { resource, ...fail('acts by itself, and was not promised') } }];
      const wholes = partOf
        .flatMap((property) => list(resource.properties[property]))
        .flatMap((value) => soleToken(value) ?? [])
        .filter(isPromised);
      if (wholes.length === 0 || onlyRefuses(resource) || isRestated(resource, graph)) return [];
      const named = wholes.map(({ logicalId }) => logicalId).join(', ');
      return [{ invariant, finding: { resource, ...fail(`is part of ${named}, and was not promised`) } }];
    }),
  );
}

/** A listener's rule that answers with an error lets nobody in. */
function onlyRefuses({ properties }: Resource): boolean {
  const actions = list(properties.Actions);
  return (
    actions.length > 0 &&
    actions.every((action) => /^4\d\d$/.test(text(at(action, 'FixedResponseConfig', 'StatusCode')) ?? ''))
  );
}

function findings(
  each: Promised,
  graph: EnvironmentGraph,
  isMoved: ReturnType<typeof movedParts>,
): Finding[] {
  const named = { stack: each.stack, name: each.name.replace(/^Declarations\./, '') };
  const resource = graph.get(named.stack, named.name);
  const where = resource ?? nextTo(named, graph);
  if (!where) return [];
  // A resource under a condition that is false is in the template, and is not made.
  const missing = each.found === undefined || (!resource && !isSection(each));
  if (missing)
    return [{ resource: where, ...fail(`${each.name} (${each.type}) was promised, and is not there`) }];
  const differing = differencesOf(each, graph).filter(({ path }) => !isMoved(each, path));
  return differing.map((difference) => {
    const path = isSection(each) ? { ...difference, path: joined(each.name, difference.path) } : difference;
    return { resource: where, ...fail(reasonOf(path)) };
  });
}

const isSection = ({ name }: Promised) => name.includes('.');
const joined = (name: string, path: string) => (path === '' ? name : `${name}.${path}`);

function reasonOf({ path, promised: before, found }: Difference): string {
  if (found === undefined) return `${path}: ${display(before)} was promised, and is not there`;
  if (before === undefined) return `${path}: ${display(found)} was not promised`;
  return `${path} is ${display(found)}; promised was ${display(before)}`;
}

function differencesOf(each: Promised, graph: EnvironmentGraph): Difference[] {
  const sides = [each.promised, each.found].map((side) =>
    spelled(graph.resolveIn(each.stack, side?.Properties ?? {}), graph),
  );
  const isAlarm = each.type === 'AWS::CloudWatch::Alarm';
  const [before, after] = isAlarm ? sides.map((side) => spelledAlarm(alarmOf(side))) : sides;
  const judge = judgeFor(each, map(before), graph);
  const numbered = keepingOrder(each.type, map(before), map(after), graph);
  const written = differences(before, numbered, judge);
  const meant = written.length === 0 ? [] : differences(named(before, graph), named(numbered, graph), judge);
  return [
    ...written.filter(({ path }) => meant.some((other) => other.path === path)),
    ...promisedAttributes.flatMap((key) =>
      key === 'Condition' && isAlwaysMade(each, graph)
        ? []
        : differences(
            each.promised[key] as Value,
            each.found?.[key] as Value,
            (path) => attributes[path],
            key,
          ),
    ),
  ];
}

/** What is found, with the numbers that were promised where they say the same order. */
function keepingOrder(type: string, before: ValueMap, after: ValueMap, graph: EnvironmentGraph): ValueMap {
  if (type === 'AWS::WAFv2::WebACL') return keepingPriorities(before, after);
  return type === 'AWS::ElasticLoadBalancingV2::ListenerRule' ? keepingPriority(before, after, graph) : after;
}

/** A condition that is met whatever a deploy is given says no more than none. */
function isAlwaysMade({ stack, name, promised, found }: Promised, graph: EnvironmentGraph): boolean {
  return (
    promised.Condition === undefined &&
    graph.get(stack, name)?.conditional === false &&
    !graph.asksADeploy(stack, String(found?.Condition))
  );
}

function judgeFor({ type, stack, name }: Promised, before: ValueMap, graph: EnvironmentGraph): Judge {
  const resource = graph.get(stack, name);
  const may = { ...guarded[type]?.may, ...(resource && guarded[type]?.of?.(resource)) };
  const alarm = type === 'AWS::CloudWatch::Alarm' ? alarmJudge(before) : undefined;
  const usual = defaults[type] ?? {};
  return (path) => {
    // An event may have a field of that name: what a pattern asks of it says what is heard.
    if (texts.test(path) && !path.startsWith('EventPattern.')) return () => true;
    if (declaredReasons.test(path)) return (one, other) => one !== undefined && other !== undefined;
    if (protections.test(path)) return onlyTrue;
    if (policyDocuments.test(path)) {
      const given = identityPolicies.includes(type) ? actionsGiven(graph, { stack, name }) : undefined;
      return samePolicy({
        account: graph.account,
        region: resource?.region,
        isUsed: given ?? isUsed(graph),
        letsPeopleIn: isOfPeople(graph, { stack, name, type }),
      });
    }
    if (Object.hasOwn(usual, path)) {
      const value = usual[path] as Value;
      const keeps = may[path] ?? (() => false);
      return (one = value, other = value) => same(one, other) || keeps(one, other);
    }
    const keeps = alarm?.(path) ?? (Object.hasOwn(may, path) ? may[path] : undefined);
    if (keeps) return keeps;
    if (guarded[type]?.besides?.test(path)) return added;
    if (path !== guarded[type]?.name) return undefined;
    // A name that something spells out would lead it nowhere.
    return (promisedName) =>
      promisedName === undefined || !graph.spells(text(promisedName) ?? '', { stack, logicalId: name });
  };
}

/** Properties that hold the policy of a role, a key or a store. */
const policyDocuments =
  /(?:^|\.)(?:PolicyDocument|ResourcePolicy|KeyPolicy|RepositoryPolicyText|FileSystemPolicy|AccessPolicy|AssumeRolePolicyDocument)$/;
const identityPolicies = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];
const storePolicies = ['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy'];

const asked = new WeakMap<EnvironmentGraph, (action: string) => boolean>();

/** Whether anybody of the environment is allowed an action. */
function isUsed(graph: EnvironmentGraph): (action: string) => boolean {
  return remembered(asked, graph, () =>
    usedActions([
      ...graph
        .ofType(...identityPolicies, ...storePolicies)
        .map(({ properties }) => properties.PolicyDocument),
      ...graph
        .ofType('AWS::IAM::Role')
        .flatMap(({ properties }) => list(properties.Policies).map((policy) => at(policy, 'PolicyDocument'))),
    ]),
  );
}

/** What is missing is reported where it was made: on the resource of its stack with the most similar name. */
function nextTo(
  { stack, name }: Pick<Promised, 'stack' | 'name'>,
  graph: EnvironmentGraph,
): Resource | undefined {
  const beside = graph.resources.filter((resource) => resource.stack === stack);
  const likeness = ({ logicalId }: Resource) => {
    let length = 0;
    while (length < name.length && name[length] === logicalId[length]) length++;
    return length;
  };
  return beside.toSorted((one, other) => likeness(other) - likeness(one))[0];
}
