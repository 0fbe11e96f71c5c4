import { at, display, hasToken, list, text, type Value } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { type Demand, eachResource, grouped } from './demand.ts';
import { docs } from './pages.ts';

/** A name with a CNAME record has no other record, and the name of the zone has none of that type. */
const records: Demand = {
  id: 'record-conflicts',
  violations: (deployment) => {
    const written = deployment.resources
      .filter(({ type }) => type === 'AWS::Route53::RecordSet' || type === 'AWS::Route53::RecordSetGroup')
      .flatMap((of) => {
        const { RecordSets, ...own } = of.properties;
        const all: Value[] = RecordSets === undefined ? [own] : [...list(RecordSets)];
        return all.map((record) => ({
          of,
          zone: text(own.HostedZoneId ?? own.HostedZoneName) ?? '',
          name: (text(at(record, 'Name')) ?? '').toLowerCase().replace(/\.$/, ''),
          type: text(at(record, 'Type')) ?? '',
        }));
      })
      .filter(({ name }) => name !== '' && !hasToken(name));
    return grouped(written, ({ zone, name }) => `${zone} ${name}`).flatMap((together) => {
      const alias = together.find(({ type }) => type === 'CNAME');
      const other = together.find(({ type }) => type !== 'CNAME');
      const isZone = alias && zoneName(alias.of, deployment) === alias.name;
      if (!alias || !(other || isZone)) return [];
      return [
        {
          of: alias.of,
          says: other
            ? `gives ${alias.name} a CNAME record, where ${other.of.id} gives it one of type ${other.type} (InvalidChangeBatch, "conflicts with other records")`
            : `gives ${alias.name}, the name of its zone, a CNAME record (InvalidChangeBatch, "not permitted at apex")`,
          way: 'Write an A record with an AliasTarget, or another name.',
          source: `${docs}/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat`,
        },
      ];
    });
  },
};

function zoneName(record: DeployedResource, deployment: Deployment): string | undefined {
  const [zone] = deployment.referred(record, record.properties.HostedZoneId);
  const name = text(zone?.properties.Name ?? record.properties.HostedZoneName);
  return name?.toLowerCase().replace(/\.$/, '');
}

const valuesOfRecords: Readonly<Record<string, RegExp>> = {
  A: /^(\d{1,3}\.){3}\d{1,3}$/,
  AAAA: /^[\da-fA-F:.]*:[\da-fA-F:.]*$/,
  TXT: /^("(?:[^"\\]|\\.)*"\s*)+$/,
  MX: /^\d+ \S+$/,
};

/** Texts in quotes, addresses as numbers. */
const recordValues = eachResource('record-conflicts', ['AWS::Route53::RecordSet'], ({ properties }) => {
  const type = text(properties.Type) ?? '';
  const form = valuesOfRecords[type];
  return list(properties.ResourceRecords)
    .flatMap((value) => text(value) ?? [])
    .filter((value) => form && !hasToken(value) && !form.test(value))
    .map((value) => ({
      says: `has the value ${display(value)}, which is none of type ${type} (InvalidChangeBatch)`,
      way: type === 'TXT' ? 'Put it in double quotes.' : 'Write a value of that type.',
      source: `${docs}/Route53/latest/DeveloperGuide/ResourceRecordTypes.html`,
    }));
});

/** What Route 53 demands of records. */
export const recordDemands: readonly Demand[] = [records, recordValues];
