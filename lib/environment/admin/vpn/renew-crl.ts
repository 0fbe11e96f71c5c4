import { requireAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { requireEndpoint } from './endpoint.ts';
import { importRevocationList } from './revocation-list.ts';

/** Imports the revocation list with a new expiry date. A list that expires locks everybody out. */
export async function renewRevocationList(
  context: VpnContext,
  options: { readonly endpointId?: string } = {},
): Promise<void> {
  const authority = await requireAuthority(context);
  const endpoint = await requireEndpoint(context, authority, options.endpointId);
  await importRevocationList(context, authority, endpoint);
}
