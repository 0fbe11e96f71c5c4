import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, isMap, isTrue, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** Changes to resources are recorded, not only calls. */
export const configRecorder = defineRule({
  invariant: 'LOG1',
  finding: 'ConfigRecorder',
  en: 'AWS Config records the changes that its rules ask about, and delivers them',
  ja: 'AWS Configがルールの対象の変更を記録し配信する',
  appliesTo: ['AWS::Config::ConfigurationRecorder'],
  judge(recorder, { graph, declared }) {
    const delivered = graph.ofType('AWS::Config::DeliveryChannel').length > 0;
    return [
      delivered ? pass('is delivered') : fail('no DeliveryChannel delivers what it records'),
      ...(declared
        ? [...judgeGroup(recorder.properties.RecordingGroup, graph), ...judgeTags(recorder, graph)]
        : []),
    ];
  },
});

/**
 * Without a group everything is recorded. A strategy overrides what else the group says.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
 */
function judgeGroup(group: Value | undefined, graph: EnvironmentGraph): Verdict[] {
  const strategy = text(at(group, 'RecordingStrategy', 'UseOnly'));
  const excluded = namesIn(at(group, 'ExclusionByResourceTypes', 'ResourceTypes'));
  const named = namesIn(at(group, 'ResourceTypes'));
  const all =
    group === undefined ||
    (strategy === undefined ? isTrue(at(group, 'AllSupported')) : strategy !== 'INCLUSION_BY_RESOURCE_TYPES');
  if (!all && named.length === 0) return [fail('records no kind of resource (RecordingGroup)')];
  const missing = askedAbout(graph).filter((type) => (all ? excluded.includes(type) : !named.includes(type)));
  return missing.length === 0
    ? [pass('records what rules ask about')]
    : missing.map((type) => fail(`does not record ${type}, about which a rule asks`));
}

/** A rule about whatever bears a tag names no kind. */
function askedAbout(graph: EnvironmentGraph): string[] {
  const ofRule = ({ properties }: Resource) => namesIn(at(properties.Scope, 'ComplianceResourceTypes'));
  return [...new Set(graph.ofType('AWS::Config::ConfigRule').flatMap(ofRule))];
}

/** A rule that picks by a tag overlooks what lost it, beside others of the kind that have it. */
function judgeTags(recorder: Resource, graph: EnvironmentGraph): Verdict[] {
  const keys = graph
    .ofType('AWS::Config::ConfigRule')
    .flatMap(({ properties }) => text(at(properties.Scope, 'TagKey')) ?? []);
  return [...new Set(keys)].flatMap((key) => {
    const tagged = graph.resources.filter((resource) => tagsOf(resource).includes(key));
    const kinds = new Set(tagged.map(({ type }) => type));
    return graph.resources
      .filter(({ type, region }) => kinds.has(type) && region === recorder.region)
      .filter((resource) => !tagged.includes(resource))
      .map(({ logicalId }) => fail(`${logicalId} has no tag ${key}, by which rules pick what they look at`));
  });
}

function tagsOf({ properties }: Resource): string[] {
  return Object.entries(properties)
    .filter(([name]) => name.endsWith('Tags'))
    .flatMap(([, tags]) =>
      isMap(tags) ? Object.keys(tags) : namesIn(list(tags).map((tag) => at(tag, 'Key') ?? '')),
    );
}

const namesIn = (value: Value | undefined) => list(value).flatMap((each) => text(each) ?? []);
