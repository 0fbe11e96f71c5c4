import { policyProperties } from '../../model/access/access-tables.ts';
import { coversAction, isAboutEveryone, type Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { conditionsHold, type RequestContext } from '../../model/access/statement-conditions.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { asWritten, list, map, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Buckets, queues, topics and file systems refuse requests without TLS. */
export const tlsOnly = defineRule({
  invariant: 'DAT1',
  finding: 'TlsOnly',
  en: 'Buckets, queues, topics and file systems refuse requests without TLS',
  ja: 'バケット・キュー・トピック・ファイルシステムはTLSなしの要求を拒否する',
  appliesTo: ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::EFS::FileSystem'],
  judge(resource, { graph, declared }) {
    const policies = {
      'AWS::S3::Bucket': graph.referring(resource, 'AWS::S3::BucketPolicy', 'Bucket'),
      'AWS::SQS::Queue': graph.referring(resource, 'AWS::SQS::QueuePolicy', 'Queues'),
      'AWS::SNS::Topic': graph.referring(resource, 'AWS::SNS::TopicPolicy', 'Topics'),
      'AWS::EFS::FileSystem': [resource],
    }[resource.type];
    const statements = (policies ?? []).flatMap((policy) => resourcePolicyStatements(policy, graph));
    if (statements.some((each) => refusesPlain(each, graph)))
      return pass('its policy refuses requests without TLS');
    // Buckets are where a missing statement is read as a mistake by everyone; elsewhere it is this project's own rule.
    return declared || resource.type === 'AWS::S3::Bucket'
      ? fail('no policy refuses requests without TLS')
      : skip('not part of a declared shop');
  },
});

/** A policy that has the statement must keep it: the change is reported where it was made. */
export const tlsOnlyPolicy = defineRule({
  invariant: 'DAT1',
  finding: 'TlsOnlyPolicy',
  en: 'The policies of buckets, queues and topics refuse requests without TLS',
  ja: 'バケット・キュー・トピックのポリシーがTLSなしの要求を拒否する',
  appliesTo: ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'],
  judge(policy, { graph, declared }) {
    if (!policyProperties[policy.type]) return skip('holds no policy');
    if (resourcePolicyStatements(policy, graph).some((each) => refusesPlain(each, graph)))
      return pass('refuses requests without TLS');
    return declared || policy.type === 'AWS::S3::BucketPolicy'
      ? fail('does not refuse requests without TLS')
      : skip('not part of a declared shop');
  },
});

/** What moves the data; refusing to list it in clear text protects nothing. */
const carrying = ['s3:GetObject', 'sqs:SendMessage', 'sns:Publish', 'elasticfilesystem:ClientMount'];

const overTls: RequestContext = (key) =>
  key === 'aws:securetransport' ? { kind: 'known', value: 'true' } : { kind: 'chosen' };

function refusesPlain(statement: Statement, graph: EnvironmentGraph): boolean {
  return (
    statement.effect === 'Deny' &&
    isAboutEveryone(statement) &&
    carrying.some((action) => coversAction(statement, action) === 'yes') &&
    coversContent(statement) &&
    conditionsHold(statement.conditions, overTls, graph) === 'never' &&
    onlyAsksForTls(statement)
  );
}

/** A refusal that names a bucket and not what is in it refuses to list, and lets the objects pass. */
function coversContent({ source, resources, notResources }: Statement): boolean {
  if (notResources) return false;
  return source.type !== 'AWS::S3::BucketPolicy' || resources.some((each) => /\*$/.test(each));
}

/** Another condition beside it leaves out some of the requests. */
function onlyAsksForTls({ conditions }: Statement): boolean {
  const keys = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(map(keys)).map(([key, value]) => ({ operator, key: key.toLowerCase(), value })),
  );
  return keys.every(
    ({ operator, key, value }) =>
      operator.startsWith('Bool') &&
      key === 'aws:securetransport' &&
      list(value)
        .map((each) => text(each) ?? asWritten(each))
        .includes('false'),
  );
}
