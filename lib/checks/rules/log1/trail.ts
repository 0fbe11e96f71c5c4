import { dataClassOf } from '../../model/declarations.ts';
import { at, isFalse, isTrue, list, text, type Value } from '../../model/values.ts';
import { whereToReportAbsence } from '../absence.ts';
import { defineRule, expectProperty, fail, pass, unsureOf, type Verdict } from '../rule.ts';

/** A trail of every region records who called what, signed, encrypted, and cannot be switched off unseen. */
export const trail = defineRule({
  invariant: 'LOG1',
  finding: 'Trail',
  en: 'A trail of all regions is on, validated and encrypted',
  ja: '全リージョンの証跡が有効で、検証・暗号化されている',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge(resource, { declared, graph }) {
    const { properties } = resource;
    const verdicts: Verdict[] = [
      expectProperty(resource, ['IsLogging'], isTrue, 'true'),
      expectProperty(resource, ['EnableLogFileValidation'], isTrue, 'true'),
      properties.KMSKeyId !== undefined ? pass('is encrypted') : fail('KMSKeyId is not set'),
      expectProperty(resource, ['IsMultiRegionTrail'], isTrue, 'true'),
      isFalse(properties.IncludeGlobalServiceEvents)
        ? fail('IncludeGlobalServiceEvents is false: IAM is left out')
        : pass('records global services'),
      recordsManagement(properties.EventSelectors, properties.AdvancedEventSelectors)
        ? pass('records management events')
        : (unsureOf({
            EventSelectors: properties.EventSelectors,
            AdvancedEventSelectors: properties.AdvancedEventSelectors,
          }) ?? fail('does not record all management events')),
    ];
    if (declared) {
      const archive = graph.target(properties.S3BucketName, 'AWS::S3::Bucket');
      verdicts.push(
        archive && dataClassOf(archive) === 'logs'
          ? pass(`writes to ${archive.logicalId}`)
          : fail('does not write to the log archive of the shop'),
      );
      verdicts.push(
        properties.CloudWatchLogsLogGroupArn !== undefined
          ? pass('can be searched and alarmed on')
          : fail('CloudWatchLogsLogGroupArn is not set: no alarm can look at it'),
      );
    }
    return verdicts;
  },
  judgeAll({ graph, declared }) {
    if (!declared || graph.ofType('AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore').length > 0)
      return [];
    const where = whereToReportAbsence(graph);
    return where ? [{ resource: where, ...fail('no trail records who calls AWS in this environment') }] : [];
  },
});

function recordsManagement(selectors: Value | undefined, advanced: Value | undefined): boolean {
  // A trail has one kind: advanced selectors overwrite the others.
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
  const basic = list(advanced).length > 0 ? [] : list(selectors);
  if (basic.some((each) => list(at(each, 'ExcludeManagementEventSources')).length > 0)) return false;
  if (basic.length === 0 && list(advanced).length === 0) return true;
  return (
    basic.some(
      (each) =>
        !isFalse(at(each, 'IncludeManagementEvents')) &&
        ['All', undefined].includes(text(at(each, 'ReadWriteType'))),
    ) || list(advanced).some(selectsAllManagement)
  );
}

/** A selector of management events without any other condition, such as one on `readOnly` or `eventSource`. */
function selectsAllManagement(selector: Value): boolean {
  const fields = list(at(selector, 'FieldSelectors'));
  return (
    fields.length === 1 &&
    text(at(fields[0], 'Field')) === 'eventCategory' &&
    list(at(fields[0], 'Equals')).includes('Management')
  );
}
