import {
  DeleteCertificateCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import { UserError } from '../../cli/user-error.ts';
import { loadAuthority } from '../../environment/admin/vpn/authority-secret.ts';
import { closeDoor } from '../../environment/admin/vpn/door-commands.ts';
import { findServerCertificates } from '../../environment/admin/vpn/server-certificate.ts';
import type { Reading } from '../launch/tools.ts';
import { settle, tellIn } from './deploys.ts';
import type { Ground } from './ground.ts';
import { doorOf } from './operations.ts';
import { deleteRestorePlan } from './restore.ts';

/** Deletes every stack, and what a command made outside of them. */
export function destroy(ground: Ground): Promise<string> {
  const { launch: tools, state } = ground;
  return ground.read(async (reading) => {
    const { operated, assembly } = reading;
    await settle(reading, ground);
    const before = await operated.deployed();
    await noteCertificates(reading, ground);
    await shutDoor(reading, ground);
    await deleteRestorePlan(operated);
    if (before.length > 0) await tools.deployer.destroy(assembly, operated.environment.name, tellIn(ground));
    for (const arn of certificatesIn(state.notes)) await deleteCertificate(arn, reading, ground);
    return before.length > 0 ? `${before.length} stacks were deleted` : 'nothing stood any more';
  });
}

/** An interrupted run may have left it open; without a VPN there is none. */
async function shutDoor(reading: Reading, ground: Ground): Promise<void> {
  if (reading.operated.environment.admin.vpn.opens !== 'on-demand') return;
  try {
    await closeDoor(doorOf(reading, ground));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const each of error.problems) ground.launch.say(`  ${each}`);
  }
}

/** While the authority tells which are its own: it goes with the stacks. */
async function noteCertificates(
  { operated }: Reading,
  { launch: tools, state, save }: Ground,
): Promise<void> {
  const context = tools.vpn(operated);
  const authority = await loadAuthority(context);
  const found = authority ? await findServerCertificates(context, authority) : [];
  const known = [...certificatesIn(state.notes), ...found.map(({ arn }) => arn)];
  if (state.certificateArn !== undefined) known.push(state.certificateArn);
  state.notes.certificates = [...new Set(known)].join(' ');
  save();
}

export function certificatesIn(notes: Readonly<Record<string, string>>): string[] {
  return (notes.certificates ?? '').split(' ').filter((arn) => arn !== '');
}

const secondsBetweenLooks = 30;
const mostLooks = 20;

/** ACM says for some minutes that the VPN that is gone still uses it. */
async function deleteCertificate(arn: string, { operated }: Reading, ground: Ground): Promise<void> {
  const client = operated.aws.certificates(operated.environment.region);
  for (let look = 0; ; look += 1) {
    try {
      await client.send(new DeleteCertificateCommand({ CertificateArn: arn }));
      return;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return;
      if (!(error instanceof ResourceInUseException) || look >= mostLooks) throw error;
      await ground.launch.pause(secondsBetweenLooks);
    }
  }
}
