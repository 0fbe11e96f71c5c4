import {
  asWritten,
  at,
  hasUnknown,
  isFalse,
  isTrue,
  list,
  type Value,
  type ValueMap,
} from '../../model/values.ts';
import { fail, pass, unsure, type Verdict } from '../rule.ts';

interface Demand {
  readonly path: string;
  readonly holds: (value: Value | undefined) => boolean;
  readonly expected: string;
}

const isSet =
  (...values: readonly string[]): Demand['holds'] =>
  (value) =>
    values.includes(asWritten(value).toLowerCase());
const unless =
  (...values: readonly string[]): Demand['holds'] =>
  (value) =>
    value === undefined || !values.includes(asWritten(value).toLowerCase());

const searchDomain: readonly Demand[] = [
  { path: 'DomainEndpointOptions.EnforceHTTPS', holds: isTrue, expected: 'true' },
  {
    path: 'DomainEndpointOptions.TLSSecurityPolicy',
    holds: (value) => value === undefined || /Min-TLS-1-2/.test(asWritten(value)),
    expected: 'Policy-Min-TLS-1-2-*',
  },
  { path: 'NodeToNodeEncryptionOptions.Enabled', holds: isTrue, expected: 'true' },
];

/** What makes each service refuse connections without TLS, by the pages of its properties and parameters. */
const demands: Readonly<Record<string, readonly Demand[]>> = {
  'AWS::DAX::Cluster': [{ path: 'ClusterEndpointEncryptionType', holds: isSet('tls'), expected: 'TLS' }],
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html: on by default
  'AWS::DocDB::DBClusterParameterGroup': [
    { path: 'Parameters.tls', holds: unless('disabled'), expected: 'enabled' },
  ],
  'AWS::Elasticsearch::Domain': searchDomain,
  'AWS::ElastiCache::ReplicationGroup': [
    { path: 'TransitEncryptionEnabled', holds: isTrue, expected: 'true' },
    { path: 'TransitEncryptionMode', holds: unless('preferred'), expected: 'required' },
  ],
  'AWS::MemoryDB::Cluster': [{ path: 'TLSEnabled', holds: (value) => !isFalse(value), expected: 'true' }],
  // https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html: TLS for both by default
  'AWS::MSK::Cluster': [
    {
      path: 'EncryptionInfo.EncryptionInTransit.ClientBroker',
      holds: unless('tls_plaintext', 'plaintext'),
      expected: 'TLS',
    },
    {
      path: 'EncryptionInfo.EncryptionInTransit.InCluster',
      holds: (value) => !isFalse(value),
      expected: 'true',
    },
  ],
  'AWS::Neptune::DBClusterParameterGroup': [
    { path: 'Parameters.neptune_enforce_ssl', holds: unless('0', 'false'), expected: '1' },
  ],
  'AWS::OpenSearchService::Domain': searchDomain,
  'AWS::RDS::DBProxy': [{ path: 'RequireTLS', holds: isTrue, expected: 'true' }],
  // https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html: not required unless set
  'AWS::Redshift::ClusterParameterGroup': [
    { path: 'Parameters.require_ssl', holds: isSet('true', '1', 'on'), expected: 'true' },
  ],
};

export const serviceTlsTypes = Object.keys(demands);

export function judgeServiceTls(type: string, properties: ValueMap): Verdict[] {
  const verdicts = (demands[type] ?? []).flatMap(({ path, holds, expected }): Verdict[] => {
    const value = valueAt(properties, path);
    if (hasUnknown(value)) return [unsure(`${path} is known only after deployment; expected ${expected}`)];
    const found = value === undefined ? 'not set' : asWritten(value);
    return holds(value)
      ? []
      : [fail(`${path} is ${found}; expected ${expected}: connections without TLS pass`)];
  });
  return verdicts.length > 0 ? verdicts : [pass('asks for TLS')];
}

/** Redshift lists its parameters, each with its name. */
function valueAt(properties: ValueMap, path: string): Value | undefined {
  const [first = '', second = ''] = path.split('.');
  const listed = at(properties, first);
  if (!Array.isArray(listed)) return at(properties, ...path.split('.'));
  return at(
    list(listed).find((each) => at(each, 'ParameterName') === second),
    'ParameterValue',
  );
}
