import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** As long as the records of RDS live, which a failover changes: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html */
const keptMilliseconds = 5000;

const known = new Map<string, { readonly addresses: readonly LookupAddress[]; readonly until: number }>();

/** For `net.connect`: the steps of a rotation follow each other closely, and ask for the same name. */
export const keptLookup: LookupFunction = (host, options, callback) => {
  const key = `${host} ${options.family ?? 0}`;
  const kept = known.get(key);
  const answer = (addresses: readonly LookupAddress[]) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
  if (kept !== undefined && kept.until > Date.now()) return process.nextTick(answer, kept.addresses);
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    known.set(key, { addresses, until: Date.now() + keptMilliseconds });
    answer(addresses);
  });
};
