import { type Account, type Check, problem, ready } from '../../account/check.ts';

/** Names that Amazon goes by in a CAA record. */
const amazon = /^(amazon\.com|amazontrust\.com|awstrust\.com|amazonaws\.com)$/i;

/** Certificates may be issued by Amazon for every host of the shop. */
export const caa: Check = {
  id: 'caa',
  title: 'CAA records',
  source: 'https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html',
  async ask({ environment, dns }) {
    const hosts = [...new Set([...environment.hosts, environment.admin.host])];
    return Promise.all(
      hosts.map(async (host) => {
        const { name, issuers } = await nearestIssuers(host, dns);
        // What follows a semicolon are parameters of the issuer.
        if (
          issuers.length === 0 ||
          issuers.some((issuer) => amazon.test((issuer.split(';')[0] ?? '').trim()))
        ) {
          return ready(host, issuers.length === 0 ? 'no CAA record stands in the way' : 'CAA lets Amazon in');
        }
        return problem(host, `the CAA record of ${name} allows ${issuers.join(', ')} alone`, [
          `Add to ${name}: 0 issue "amazon.com".`,
        ]);
      }),
    );
  },
};

/** The record of the name itself, or of the nearest name above that has one (RFC 8659). */
async function nearestIssuers(host: string, dns: Account['dns']) {
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const issuers = await dns.issuers(name);
    if (issuers.length > 0) return { name, issuers };
  }
  return { name: host, issuers: [] };
}
