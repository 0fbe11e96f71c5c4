import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, list, text, tokensIn, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Names of the shop lead to the shop: a record that leads elsewhere hands its visitors, and its certificates, over. */
export const shopRecords = defineRule({
  invariant: 'NET2',
  finding: 'ShopRecords',
  en: 'Addresses in DNS lead to what these templates make',
  ja: 'DNSのアドレスレコードはテンプレート内のリソースを指す',
  appliesTo: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  judge({ type, properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const records = type === 'AWS::Route53::RecordSet' ? [properties] : list(properties.RecordSets);
    return records.map((record) => judge(record, graph));
  },
});

function judge(record: Value, graph: EnvironmentGraph): Verdict {
  const type = text(at(record, 'Type')) ?? '';
  const name = text(at(record, 'Name')) ?? '';
  if (type === 'NS') return fail(`hands the names below ${name} to other servers`);
  // Proof of ownership, as certificates and mail ask for it, is a name that begins with an underscore.
  if (!['A', 'AAAA', 'CNAME'].includes(type) || name.startsWith('_')) return pass(`${type} is no address`);
  const leads = [at(record, 'AliasTarget', 'DNSName'), ...list(at(record, 'ResourceRecords'))].flatMap(
    (value) => value ?? [],
  );
  const identity = graph.target(at(record, 'Name'), 'AWS::SES::EmailIdentity');
  if (identity && leads.every((value) => graph.target(value) === identity))
    return pass(`gives the key with which ${identity.logicalId} signs mails`);
  const elsewhere = leads.filter(
    (value) => graph.target(value) === undefined && tokensIn(text(value) ?? '').length === 0,
  );
  const zone = graph.target(at(record, 'HostedZoneId'), 'AWS::Route53::HostedZone');
  const isPrivate = zone !== undefined && list(zone.properties.VPCs).length > 0;
  const past = leads.filter(
    (value) => !isPrivate && graph.target(value, 'AWS::CloudFront::Distribution') === undefined,
  );
  if (elsewhere.length === 0 && past.length > 0)
    return fail(`leads to ${past.map(display).join(', ')}, past CloudFront`);
  return elsewhere.length > 0
    ? fail(`leads to ${elsewhere.map(display).join(', ')}, which these templates do not make`)
    : pass('leads to a resource of these templates');
}
