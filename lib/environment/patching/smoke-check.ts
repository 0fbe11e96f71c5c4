export interface SmokeCheck {
  /** Such as `https://shop.example.jp`: customers' way in, through the edge. */
  readonly origin: string;
  readonly healthPath: string;
}

/**
 * Asks for what customers ask for, the way they come: the front page, and the page that proves the database answers.
 *
 * @returns what is wrong; empty when the shop works
 */
export async function smokeCheck(
  { origin, healthPath }: SmokeCheck,
  request: typeof fetch = fetch,
): Promise<string[]> {
  // The edge may hold a copy of either page; what counts is what the new image answers.
  const uncached = `?patch-check=${Date.now()}`;
  const problems = await Promise.all(
    [healthPath, '/'].map(async (path) => {
      const url = `${origin}${path}`;
      try {
        const response = await request(`${url}${uncached}`, {
          headers: { 'user-agent': 'secure-shop-patch-check/1.0', accept: 'text/html' },
          redirect: 'follow',
          signal: AbortSignal.timeout(20_000),
        });
        await response.arrayBuffer();
        return response.status === 200 ? undefined : `${url} answers ${response.status}`;
      } catch (error) {
        return `${url} does not answer: ${error instanceof Error ? error.message : String(error)}`;
      }
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}
