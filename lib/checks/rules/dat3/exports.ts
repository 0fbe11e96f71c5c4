import { coversAction, type Statement, texts } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { constructPath, exportsOf } from '../../model/declarations.ts';
import { matchesEvent } from '../../model/event-patterns.ts';
import type { Resource } from '../../model/templates.ts';
import { at, list, map, numeric, text, type Value } from '../../model/values.ts';
import { acts } from '../alm1/hands-on.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Ways to read an object; what copies a bucket into another one has a name of its own. */
const reading = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectVersionForReplication'];

/** The bucket itself refuses whoever was not named, and whoever is elsewhere: no policy of an account opens it. */
export const exportsClosed = defineRule({
  invariant: 'DAT3',
  finding: 'ExportsClosed',
  en: 'Exports are read by named people from named addresses only, and written by the desk only',
  ja: '書き出しは、登録した人が登録した場所からだけ読め、窓口だけが書き込める',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket, context) {
    const declared = exportsOf(bucket);
    if (!declared) return skip('holds no exports');
    const refusals = context.graph
      .referring(bucket, 'AWS::S3::BucketPolicy', 'Bucket')
      .flatMap((policy) => resourcePolicyStatements(policy, context.graph))
      .filter(({ effect, principals }) => effect === 'Deny' && texts(principals?.AWS).includes('*'));
    const refused = (action: string, operator: string, key: string) =>
      refusals
        .filter((each) => coversAction(each, action) === 'yes' && isWhole(each))
        .map((each) => onlyCondition(each, operator, key))
        .filter((values) => values !== undefined);
    return [
      ...reading.flatMap((action) => [
        judgePeople(refused(action, 'ArnNotEquals', 'aws:PrincipalArn'), action, bucket, context),
        refused(action, 'NotIpAddress', 'aws:SourceIp').some((addresses) =>
          addresses.every((address) =>
            declared.from.some((from) => [from, from.replace(/\/32$/, '')].includes(address)),
          ),
        )
          ? pass(`${action} from elsewhere is refused`)
          : fail(`${action} is not refused to other addresses than ${declared.from.join(', ')}`),
      ]),
      refused('s3:PutObject', 'ArnNotEquals', 'aws:PrincipalArn').some(({ length }) => length === 1)
        ? pass('one role writes')
        : fail('s3:PutObject is not refused to all but one role'),
      refused('s3:PutObject', 'StringNotEquals', 'aws:SourceVpc').length > 0
        ? pass('it is written from inside the VPC')
        : fail('s3:PutObject is not refused from outside the VPC'),
    ];
  },
});

function judgePeople(
  exempted: readonly (readonly string[])[],
  action: string,
  bucket: Resource,
  { access, graph }: Context,
): Verdict {
  const readers = access.declaredReaders(bucket) ?? new Set();
  const allDeclared = exempted.some((arns) => {
    const { roles, others } = access.rolesNamed(arns.map((arn) => graph.canonicalArn(arn)));
    return others.length === 0 && roles.every((role) => readers.has(constructPath(role)));
  });
  return allDeclared
    ? pass(`${action} is refused to all but the declared readers`)
    : fail(`${action} is not refused to everybody who is not a declared reader`);
}

/** A second condition would let in whoever does not meet it. */
function onlyCondition({ conditions }: Statement, operator: string, key: string): string[] | undefined {
  const all = Object.entries(conditions).flatMap(([name, keys]) =>
    Object.entries(map(keys)).map(([each, values]) => ({ name, each, values: texts(values) })),
  );
  const [one] = all;
  return all.length === 1 && one?.name === operator && one.each.toLowerCase() === key.toLowerCase()
    ? one.values
    : undefined;
}

function isWhole({ resources, notResources }: Statement): boolean {
  return notResources === undefined && resources.some((each) => each === '*' || each.endsWith('/*'));
}

/** A copy of the customers that nobody deletes is found by somebody one day. */
export const exportsDeleted = defineRule({
  invariant: 'DAT3',
  finding: 'ExportsDeleted',
  en: 'Exports are deleted after the days that were declared, versions included',
  ja: '書き出しは宣言した日数の後、旧版も含めて削除される',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket) {
    const declared = exportsOf(bucket);
    if (!declared) return skip('holds no exports');
    const rules = list(at(bucket.properties, 'LifecycleConfiguration', 'Rules')).filter(
      (rule) => text(at(rule, 'Status')) === 'Enabled' && isForAll(rule),
    );
    const within = (...path: string[]) =>
      rules.some((rule) => (numeric(at(rule, ...path)) ?? Number.POSITIVE_INFINITY) <= declared.days);
    return [
      within('ExpirationInDays')
        ? pass('exports are deleted in time')
        : fail(`no rule deletes every object within ${declared.days} days`),
      within('NoncurrentVersionExpiration', 'NoncurrentDays')
        ? pass('so are their versions')
        : fail(`no rule deletes old versions within ${declared.days} days`),
    ];
  },
});

function isForAll(rule: Parameters<typeof at>[0]): boolean {
  return ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'].every(
    (filter) => at(rule, filter) === undefined,
  );
}

/** A trail records every object whose ARN begins with a value. */
function covers(value: Value, objects: string): boolean {
  const written = text(value);
  return written === undefined
    ? JSON.stringify(value).includes(objects.slice(7))
    : objects.startsWith(written);
}

/** The trail records each opening, and the owner hears of it. */
export const exportsHeard = defineRule({
  invariant: 'DAT3',
  finding: 'ExportsHeard',
  en: 'Each opening of an export is recorded by the trail and told to the owner',
  ja: '書き出しを開くたびに証跡に残り、所有者に知らされる',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket, context) {
    const { graph } = context;
    if (!exportsOf(bucket)) return skip('holds no exports');
    const opening = {
      source: 'aws.s3',
      'detail-type': 'AWS API Call via CloudTrail',
      detail: {
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        requestParameters: { bucketName: bucket },
      },
    };
    const hearing = graph
      .ofType('AWS::Events::Rule')
      .find((rule) => acts(rule, context) && matchesEvent(rule.properties.EventPattern, opening, graph));
    const name = text(bucket.properties.BucketName);
    const recording = graph
      .ofType('AWS::CloudTrail::Trail')
      .find((trail) =>
        list(trail.properties.EventSelectors).some(
          (selector) =>
            text(at(selector, 'ReadWriteType')) !== 'WriteOnly' &&
            list(at(selector, 'DataResources')).some(
              (data) =>
                text(at(data, 'Type')) === 'AWS::S3::Object' &&
                list(at(data, 'Values')).some((value) => covers(value, `arn:aws:s3:::${name}/`)),
            ),
        ),
      );
    return [
      hearing
        ? pass(`${hearing.logicalId} tells each opening`)
        : fail('no rule hands its openings (GetObject) on to anybody'),
      recording
        ? pass(`${recording.logicalId} records each opening`)
        : fail('no trail records who reads its objects'),
    ];
  },
});
