import { Resolver } from 'node:dns/promises';

/** What the whole Internet is told of a name, and not what the resolver of this network says. */
export interface PublicDns {
  /** Name servers in small letters, sorted; none when the name has none. */
  readonly nameServers: (name: string) => Promise<readonly string[]>;
  /** Values of `issue` and `issuewild`; none when the name has no CAA record. */
  readonly issuers: (name: string) => Promise<readonly string[]>;
}

/** Cloudflare's, Google's and Quad9's. */
const servers = ['1.1.1.1', '8.8.8.8', '9.9.9.9'];
const timeout = 3000;

export function publicDns(): PublicDns {
  const resolver = new Resolver({ timeout, tries: 2 });
  resolver.setServers(servers);
  return {
    nameServers: async (name) => {
      const found = await orNone(resolver.resolveNs(name));
      return found.map((server) => server.toLowerCase().replace(/\.$/, '')).sort();
    },
    issuers: async (name) => {
      const found = await orNone(resolver.resolveCaa(name));
      return found.flatMap(({ issue, issuewild }) => [issue ?? [], issuewild ?? []].flat());
    },
  };
}

/** A name without such a record is an answer; resolvers that cannot be reached are none. */
async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw error;
  }
}
