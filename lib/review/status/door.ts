import { associationsOf, lastOpeningOf } from '../../environment/admin/door/door-aws.ts';
import { alarmOf, isWanted } from '../../environment/admin/door/plan.ts';
import { vpnNames } from '../../environment/admin/names.ts';
import { readParameter } from '../../environment/read-parameter.ts';
import { problem, ready } from '../account/check.ts';
import { minute, type Question } from './question.ts';

/** Whether the admins' way in stands open, who opened it, and until when. */
export const door: Question = {
  id: 'vpn-door',
  title: 'VPN door',
  source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-target.html',
  async ask({ shop, environment, aws, now }) {
    const { region } = environment;
    const names = vpnNames(shop.name, environment);
    const endpointId = await readParameter(aws.parameters(region), names.endpointParameter);
    if (endpointId === undefined) return [];
    const [associations, last] = await Promise.all([
      associationsOf(aws.network(region), endpointId),
      lastOpeningOf(aws.schedules(region), names.doorSchedule),
    ]);
    const subnetIds = associations.map(({ subnetId }) => subnetId);
    const alarm = alarmOf(last, associations, { subnetIds }, now);
    if (alarm !== undefined)
      return [
        problem('VPN: door', alarm, [
          'Shut it, and find out who attached it: docs/runbooks/vpn.md.',
          'npx --no-install secure-shop vpn close',
        ]),
      ];
    if (last && isWanted(last, now))
      return [ready('VPN: door', `is open until ${minute(last.until)}: ${last.by} opened it`)];
    const gone = associations.every(({ state }) => state === 'disassociated');
    return [ready('VPN: door', gone ? 'is shut' : 'is being shut')];
  },
};
