import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inLanguage } from '../../cli/output.ts';
import { chooseEnvironment } from '../../config/choose-environment.ts';
import type { Environment, Shop } from '../../config/index.ts';
import { loadShop } from '../../config/load.ts';
import { vpnContext } from '../../environment/admin/vpn/context.ts';
import { withSynthesizedShop } from '../../synthesize.ts';
import { awsWithCredentials } from '../account/aws.ts';
import { publicDns } from '../account/public-dns.ts';
import { planFromAws } from '../launch/plan-from-aws.ts';
import { cdkDeployer } from '../launch/toolkit.ts';
import type { Reading } from '../launch/tools.ts';
import { operatedOf } from '../status/operated.ts';
import { readAssembly } from '../templates/assembly.ts';
import type { Ground } from './ground.ts';
import { connectOnce } from './openvpn.ts';
import { rehearsalName, rehearsedConfig } from './rehearsed-config.ts';
import type { StateFile } from './state.ts';
import { askOverWire } from './wire.ts';

export interface GroundProps {
  readonly config: string | undefined;
  readonly model: Environment;
  readonly number: number;
  readonly file: StateFile;
  readonly say: (line: string) => void;
}

/** The double of the config's environment, as the state has it by now. */
export function rehearsedShop({ config, model, number, file }: GroundProps): Promise<Shop> {
  return loadShop(config, rehearsedConfig(model, number, file.state));
}

/** AWS itself, with the operator's credentials. */
export function awsGround(props: GroundProps): Ground {
  const { number, file, say } = props;
  const { state } = file;
  const folder = folderOf(file);
  const read: Ground['read'] = async (use, change) => {
    const shop = await rehearsedShop(props);
    const environment = chooseEnvironment(shop, rehearsalName(number));
    return withSynthesizedShop(
      shop,
      (_, assembly) => {
        const { stacks } = readAssembly(assembly);
        const aws = awsWithCredentials();
        const account = { shop, environment, stacks, aws, dns: publicDns(), now: new Date() };
        const reading: Reading = { operated: operatedOf(account), assembly };
        return use(reading);
      },
      { change },
    );
  };
  return {
    read,
    launch: {
      deployer: cdkDeployer(say),
      read,
      plan: planFromAws,
      vpn: ({ shop, environment }) => vpnContext(shop, environment, { say }),
      // The whole rehearsal was asked for, with its cost before the eyes.
      confirm: async (question) => {
        say(`${inLanguage(question)} ${inLanguage('yes')}`);
        return true;
      },
      say,
      pause: async (seconds) => {
        await sleep(seconds * 1000);
      },
      profile: join(folder, 'rehearsal.ovpn'),
      keepCertificate: (arn) => {
        state.certificateArn = arn;
        file.save();
        return true;
      },
    },
    ask: askOverWire,
    connect: connectOnce,
    now: () => new Date(),
    state,
    save: () => file.save(),
  };
}

/** The profile is a key: it is in a folder of its own, which an interrupted run finds again. */
function folderOf(file: StateFile): string {
  const { notes } = file.state;
  notes.folder ??= mkdtempSync(join(tmpdir(), 'secure-shop-rehearsal-'));
  mkdirSync(notes.folder, { recursive: true, mode: 0o700 });
  return notes.folder;
}
