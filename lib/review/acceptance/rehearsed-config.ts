import { UserError } from '../../cli/user-error.ts';
import type { Environment } from '../../config/index.ts';
import type { RehearsalState } from './state.ts';

const everyDay = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export function rehearsalName(number: number): string {
  return `rehearsal-${number}`;
}

/**
 * Makes of an exported shop one whose only environment is a disposable double of the named one, under names of its own:
 * it touches no record, certificate or stack of the shop itself.
 *
 * @returns what `loadShop` takes to change an export before it is checked
 */
export function rehearsedConfig(
  model: Environment,
  number: number,
  { certificateArn, accountServices }: Pick<RehearsalState, 'certificateArn' | 'accountServices'>,
): (exported: unknown) => unknown {
  return (exported) => {
    const shop = exported as { environments: Record<string, Record<string, unknown>> };
    const settings = shop.environments[model.name];
    if (!settings) throw new UserError([`no environment "${model.name}" to rehearse`]);
    const { aliases, certificates, contractor, hsts, database, backups, ...kept } = settings;
    const { movedFrom, ...kind } = (database ?? {}) as Record<string, unknown>;
    // Nobody takes away what lies in the locked vault of another account.
    const { account, ...copied } = (backups ?? {}) as Record<string, unknown>;
    const name = rehearsalName(number);
    return {
      ...shop,
      environments: {
        [name]: {
          ...kept,
          database: kind,
          backups: copied,
          disposable: true,
          domain: `${name}.${model.hostedZone.name}`,
          dns: 'now',
          mail: mailOf(settings.mail),
          admin: {
            people: model.admin.people.slice(0, 1),
            vpn: {
              clientCidr: model.admin.vpn.clientCidr,
              opens: model.admin.vpn.opens,
              // Whenever it is rehearsed; and single sign-on would ask a person.
              hours: { days: everyDay, from: '00:00', to: '23:59' },
              ...(certificateArn !== undefined && { certificateArn }),
            },
          },
          ...(accountServices !== undefined && { detection: { accountServices } }),
        },
      },
    };
  };
}

/** SES would prove the invented domain, and a mail server's login is of the shop: nobody gets a mail of a rehearsal. */
function mailOf(written: unknown): unknown {
  return written === undefined ? undefined : 'none';
}
