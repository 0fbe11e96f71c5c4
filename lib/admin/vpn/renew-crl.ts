import { requireAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { isoDate } from './dates.ts';
import { importRevocationList, requireEndpoint } from './endpoint.ts';

/** Imports the revocation list with a new expiry date. A list that expires locks everybody out. */
export async function renewRevocationList(
  context: VpnContext,
  options: { readonly endpointId?: string } = {},
): Promise<void> {
  const authority = await requireAuthority(context);
  const endpoint = await requireEndpoint(context, authority, options.endpointId);
  const { count, nextUpdate } = await importRevocationList(context, authority, endpoint);
  context.say(
    `Revocation list imported: ${count} entries${nextUpdate ? `, valid until ${isoDate(nextUpdate)}` : ''}. All sessions end; those who may connect again.`,
  );
}
