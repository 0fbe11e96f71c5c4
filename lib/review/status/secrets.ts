import { credentialNames } from '../../environment/credentials/names.ts';
import { lastWarnings } from '../../environment/credentials/rotation-log.ts';
import { rotationRulesOf, rotationSchedule } from '../../environment/credentials/schedule.ts';
import { type SecretStatus, statusOfSecrets } from '../../environment/credentials/status.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { ageOf, days, designed, minute, type Question } from './question.ts';

const runbook = 'docs/runbooks/rotation.md';

/** Every secret of the config is there, and was rotated in time. */
export const secrets: Question = {
  id: 'secrets',
  title: 'Secrets',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html',
  async ask(operated) {
    const { shop, environment, aws, now } = operated;
    const { region } = environment;
    const { secretPrefix } = credentialNames(shop.name, environment.name);
    const clients = { lambda: aws.functions(region), logs: aws.logs(region) };
    const found = await statusOfSecrets(aws.secrets(region), secretPrefix, now, (secret) =>
      lastWarnings(clients, secret),
    );
    const missing = designed(operated, 'AWS::SecretsManager::Secret')
      .flatMap(({ properties: { Name: name } }) => (typeof name === 'string' ? name : []))
      .filter((name) => !found.some((each) => each.name === name));
    const longest = rotationSchedule(rotationRulesOf(environment)).longestGap.toHours() / 24;
    const age = await ageOf(operated);
    return [
      ...missing.map((name) => problem(name, 'does not exist, or waits for its deletion', [runbook])),
      ...found.map((secret) => judge(secret, longest, age)),
      ...found.flatMap(({ name, warnings }) =>
        (warnings ?? []).map((warning) => look(name, warning, [runbook])),
      ),
    ];
  },
};

/**
 * @param longest days between two rotations
 * @param environmentAge days, for what was never rotated
 */
function judge(secret: SecretStatus, longest: number, environmentAge: number): Answer {
  const { name, ageDays, nextWindow, outcome } = secret;
  const age = ageDays === undefined ? 'never rotated' : `${days(ageDays)} old`;
  const says = nextWindow ? `${age}, next rotation by ${minute(nextWindow)}` : age;
  const rotate = `npx --no-install secure-shop rotate ${name}`;
  if (outcome === 'rotation is off') return problem(name, `${says}; rotation is off`, [runbook]);
  if ((ageDays ?? environmentAge) > longest) {
    return problem(name, `${says}: overdue, at most ${days(longest)}`, [runbook, rotate]);
  }
  if (outcome === 'running or failed') {
    return look(name, `${says}; a rotation runs, or failed`, ['Look again in ten minutes.', rotate]);
  }
  return outcome === 'never rotated' ? problem(name, says, [runbook, rotate]) : ready(name, says);
}
