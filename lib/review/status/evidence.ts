import { readFileSync } from 'node:fs';
import type { Answered } from '../account/check.ts';
import { canonical, type Evidence, format, sha256 } from '../account/evidence.ts';
import { countsOf } from '../account/show.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { DeployedStack, Operated } from './question.ts';

export interface EvidenceProps {
  readonly version: string;
  readonly operated: Operated;
  readonly answers: readonly Answered[];
  readonly configFile: string;
  readonly ended: Date;
}

export async function evidenceOf(props: EvidenceProps): Promise<Evidence> {
  const { version, operated, answers, configFile, ended } = props;
  const { shop, environment, now, stacks } = operated;
  // Whoever may not read them has an answer that says so, and evidence without their hashes.
  const running = await operated.running().catch((): StackTemplate[] => []);
  const deployed = await operated.deployed().catch((): DeployedStack[] => []);
  return {
    format,
    version,
    shop: shop.name,
    environment: environment.name,
    account: environment.account,
    began: now.toISOString(),
    ended: ended.toISOString(),
    config: { file: configFile, sha256: sha256(readFileSync(configFile)) },
    templates: stacks.map(({ name, region = '', template }) => {
      const live = running.find((stack) => stack.name === name && stack.region === region);
      const known = deployed.find((stack) => stack.name === name && stack.region === region);
      return {
        stack: name,
        region,
        status: known?.status ?? 'not deployed',
        reviewed: sha256(canonical(template)),
        deployed: live ? sha256(canonical(live.template)) : null,
      };
    }),
    counts: countsOf(answers),
    answers,
  };
}
