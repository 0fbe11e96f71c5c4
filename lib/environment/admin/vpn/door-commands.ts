import { InvokeCommand, type LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { inReaders } from '../../../cli/output.ts';
import { UserError } from '../../../cli/user-error.ts';
import type { DoorAnswer, DoorState } from '../door/door.ts';
import type { DoorEvent } from '../door/door-event.ts';
import type { VpnContext } from './context.ts';

export interface DoorContext extends Pick<VpnContext, 'environment' | 'names' | 'say'> {
  readonly lambda: LambdaClient;
  readonly sts: STSClient;
  readonly pause: (seconds: number) => Promise<void>;
}

const pollSeconds = 10;
/** AWS attaches a subnet in some minutes, and takes it off in fewer. */
const longestSeconds = 20 * 60;

/** Opens the VPN for so many hours, and waits until it takes connections. @throws UserError when it is refused */
export async function openDoor(context: DoorContext, hours: number | undefined): Promise<void> {
  const answer = await ask(context, { action: 'open', hours, by: await whoAsks(context) });
  if (answer.refused) throw new UserError([`the VPN was not opened: ${answer.refused}`]);
  context.say(`the VPN is open until ${localTime(answer.until, context)}; it takes some minutes to answer`);
  await follow(context, 'open', answer);
}

/** Shuts the VPN; sessions end. */
export async function closeDoor(context: DoorContext): Promise<void> {
  const answer = await ask(context, { action: 'close', by: await whoAsks(context) });
  if (answer.state !== 'closed') context.say('the VPN is being shut: every session in it ends');
  await follow(context, 'closed', answer);
}

/** Whether the VPN is open, since whom and until when. */
export async function showDoor(context: DoorContext): Promise<void> {
  const { state, by, until } = await ask(context, { action: 'state' });
  context.say(by ? `${state} until ${localTime(until, context)}: ${by} opened it` : state);
}

async function follow(context: DoorContext, wanted: DoorState, first: DoorAnswer): Promise<void> {
  let { state } = first;
  for (let waited = 0; state !== wanted && waited < longestSeconds; waited += pollSeconds) {
    await context.pause(pollSeconds);
    ({ state } = await ask(context, { action: 'state' }));
    // Somebody else has decided otherwise meanwhile.
    if (wanted === 'open' && (state === 'closing' || state === 'closed')) break;
    if (wanted === 'closed' && state === 'open') break;
  }
  if (state !== wanted)
    throw new UserError([
      `the VPN is ${state}: look again with "secure-shop vpn state", and at the alarm mails (docs/runbooks/vpn.md)`,
    ]);
  context.say(`the VPN is ${state}`);
}

async function ask({ lambda, names, environment }: DoorContext, event: DoorEvent): Promise<DoorAnswer> {
  const { Payload, FunctionError } = await lambda
    .send(new InvokeCommand({ FunctionName: names.door, Payload: JSON.stringify(event) }))
    .catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new UserError([
        `${environment.name} has no VPN that could be opened: deploy with admin.vpn.certificateArn first`,
      ]);
    });
  if (FunctionError)
    throw new UserError([
      `the function ${names.door} failed: its log tells why (docs/runbooks/functions.md)`,
    ]);
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as DoorAnswer;
}

async function whoAsks({ sts }: DoorContext): Promise<string> {
  const { Arn = 'somebody' } = await sts.send(new GetCallerIdentityCommand({}));
  return Arn;
}

function localTime(until: string | undefined, { environment }: DoorContext): string {
  if (until === undefined) return 'further notice';
  const format = new Intl.DateTimeFormat(inReaders({ en: 'en-GB', ja: 'ja-JP' }), {
    timeZone: environment.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return `${format.format(new Date(until))} (${environment.timeZone})`;
}
