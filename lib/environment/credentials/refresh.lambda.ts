import { ECSClient } from '@aws-sdk/client-ecs';
import { refreshShop } from './refresh.ts';

const client = new ECSClient();

/** Called for each rotation that succeeded. What it throws sets off the alarm of the function. */
export async function handler(
  event: {
    /** When it happened, by EventBridge. */
    readonly time?: string;
    readonly detail?: { readonly additionalEventData?: { readonly SecretId?: string } };
  },
  context: { getRemainingTimeInMillis(): number },
): Promise<void> {
  const secret = event.detail?.additionalEventData?.SecretId;
  const shop = { cluster: process.env.CLUSTER ?? '', service: process.env.SERVICE ?? '' };
  const changedAt = event.time === undefined ? undefined : new Date(event.time);
  const outcome = await refreshShop(
    client,
    shop,
    { milliseconds: context.getRemainingTimeInMillis() - 10_000, interval: 10_000 },
    changedAt,
  );
  console.log(JSON.stringify({ ...shop, secret, outcome }));
}
