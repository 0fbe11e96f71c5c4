import {
  DescribeInstancePatchStatesForPatchGroupCommand,
  type InstancePatchState,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** A scan runs every day; one that is this old says nothing about today. */
const oldestScanDays = 3;

/** A host that lacks a patch, could not install one, waits for its restart, or was not scanned of late. */
export function isPatched(host: InstancePatchState, now: Date): boolean {
  const open = [
    host.MissingCount,
    host.FailedCount,
    host.InstalledPendingRebootCount,
    host.CriticalNonCompliantCount,
    host.SecurityNonCompliantCount,
    host.OtherNonCompliantCount,
  ];
  const scanned = host.OperationEndTime?.getTime() ?? 0;
  return (
    open.every((count = 0) => count === 0) && now.getTime() - scanned <= oldestScanDays * 24 * 60 * 60 * 1000
  );
}

/** The share of patched hosts; all of them where there is none. */
export function compliancePercent(hosts: readonly InstancePatchState[], now: Date): number {
  const patched = hosts.filter((host) => isPatched(host, now));
  return hosts.length === 0 ? 100 : (100 * patched.length) / hosts.length;
}

/** What Systems Manager knows of every host of the patch group. */
export async function patchStates(patchGroup: string, ssm: SSMClient): Promise<InstancePatchState[]> {
  const hosts: InstancePatchState[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(
      new DescribeInstancePatchStatesForPatchGroupCommand({ PatchGroup: patchGroup, NextToken }),
    );
    hosts.push(...(page.InstancePatchStates ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return hosts;
}
