import { inLanguage } from '../../cli/output.ts';
import { init } from '../../environment/admin/vpn/init.ts';
import { issue } from '../../environment/admin/vpn/issue.ts';
import { isActive } from '../../environment/admin/vpn/register.ts';
import { regionsOf } from '../account/check.ts';
import { existingResource } from '../account/existing-resource.ts';
import { askAll } from '../account/run.ts';
import { countsOf, describeAnswers } from '../account/show.ts';
import { stackStatuses } from '../account/stack-statuses.ts';
import { describePlan } from '../deploys/show.ts';
import { verdictOf } from '../deploys/verdict.ts';
import { bootstrap } from '../preflight/checks/bootstrap.ts';
import { checks } from '../preflight/checks/index.ts';
import { mails } from '../status/alarms.ts';
import { ownResources } from '../status/own-resources.ts';
import { DeployFailed, type Reading, type Tools } from './tools.ts';

/**
 * `goes on`: the next step may begin. `again`: the config is to be read anew. `waits`: somebody has to do something
 * first. `failed`: something is in the way. After the last two the same command goes on from there.
 */
type Outcome = 'goes on' | 'again' | 'waits' | 'failed';

type Admin = Reading['operated']['environment']['admin'];

interface Step {
  readonly title: string;
  /** @default always */
  readonly when?: (admin: Admin) => boolean;
  /** Looks itself whether it was done before: whatever interrupted the last run, this one goes on where it stood. */
  readonly run: (reading: Reading, tools: Tools) => Promise<Outcome>;
}

const steps: readonly Step[] = [
  { title: 'Whatever is under way ends', run: untilNothingMoves },
  { title: 'The account is ready', run: accountIsReady },
  { title: 'The regions are prepared', run: prepareRegions },
  { title: 'What the deploy does', run: deployWhatIsPlanned },
  { title: 'Alarms reach their people', run: confirmMails },
  { title: 'The VPN has its certificate', when: needsVpn, run: initVpn },
  { title: 'Somebody can open the admin door', when: needsVpn, run: firstCertificate },
  { title: 'People come in by the secure browser', when: hasBrowser, run: showBrowser },
];

/** Once without and once with the VPN's certificate; whoever changes more meanwhile may read it once again. */
const mostReadings = 4;

/** Leads through the first deploy, or the next one. @returns the exit code: 0 also while somebody's turn is awaited */
export async function launch(tools: Tools): Promise<0 | 1> {
  for (let count = 0; count < mostReadings; count += 1) {
    const outcome = await tools.read((reading) => runSteps(reading, tools));
    if (outcome === 'again') continue;
    if (outcome === 'goes on') tools.say('Done. How it fares: npx --no-install secure-shop status');
    else tools.say('Run the same command again afterwards: it goes on from here.');
    return outcome === 'failed' ? 1 : 0;
  }
  tools.say('Run the same command again: it goes on from here.');
  return 0;
}

async function runSteps(reading: Reading, tools: Tools): Promise<Outcome> {
  const needed = steps.filter(({ when }) => when?.(reading.operated.environment.admin) ?? true);
  for (const [index, { title, run }] of needed.entries()) {
    tools.say(`\n${index + 1}/${needed.length}  ${title}`);
    const outcome = await run(reading, tools);
    if (outcome !== 'goes on') return outcome;
  }
  return 'goes on';
}

const secondsBetweenLooks = 30;
const mostLooks = 240;

/** A deploy that was interrupted here goes on in CloudFormation. */
export async function untilNothingMoves(
  { operated }: Reading,
  { say, pause }: Pick<Tools, 'say' | 'pause'>,
): Promise<Outcome> {
  const names = new Set(operated.stacks.map(({ name }) => name));
  for (let look = 0; look < mostLooks; look += 1) {
    const moving: string[] = [];
    for (const region of regionsOf(operated)) {
      const statuses = await stackStatuses(operated.aws.stacks(region));
      for (const [name, status] of statuses) {
        if (names.has(name) && status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
          moving.push(`${name} (${status})`);
        }
      }
    }
    if (moving.length === 0) return 'goes on';
    if (look % 2 === 0) say(`Waiting for ${moving.join(', ')} ...`);
    await pause(secondsBetweenLooks);
  }
  say('That takes longer than two hours: docs/runbooks/failed-deploy.md');
  return 'failed';
}

async function accountIsReady({ operated }: Reading, { say }: Tools): Promise<Outcome> {
  const others = checks.filter(({ id }) => id !== bootstrap.id);
  const answers = await askAll(others, operated, say);
  const open = answers.filter(({ standing }) => standing !== 'ready');
  const wording = { problem: 'in the way of a deploy', none: 'Nothing stands in the way of a deploy.' };
  for (const line of describeAnswers(open, wording)) say(line);
  return countsOf(answers).problem > 0 ? 'failed' : 'goes on';
}

async function prepareRegions({ operated }: Reading, { deployer, confirm, say }: Tools): Promise<Outcome> {
  const answers = await askAll([bootstrap], operated, () => {});
  const missing = answers.filter(({ standing }) => standing === 'problem').map(({ about }) => about);
  if (missing.length === 0) {
    say('They are already.');
    return 'goes on';
  }
  say(
    `Missing: ${missing.join(', ')}. "cdk bootstrap" makes a bucket and a few roles in each; two minutes each.`,
  );
  if (!(await confirm(`Prepare ${missing.length} ${missing.length === 1 ? 'region' : 'regions'}?`)))
    return 'waits';
  await deployer.bootstrap(missing.map((region) => `aws://${operated.environment.account}/${region}`));
  return 'goes on';
}

async function deployWhatIsPlanned({ operated, assembly }: Reading, tools: Tools): Promise<Outcome> {
  const { say, confirm, deployer } = tools;
  const plan = await tools.plan(operated);
  const verdict = verdictOf(plan, tools.accept);
  const touched = plan.stacks.filter(({ action }) => action === 'created' || action === 'changed');
  if (touched.length === 0 && verdict.deployable) {
    say('Nothing is to be deployed.');
    return 'goes on';
  }
  for (const line of describePlan({ stacks: plan.stacks.filter(({ action }) => action !== 'unchanged') }))
    say(line);
  say(verdict.says);
  if (!verdict.deployable) return 'failed';
  if (!(await confirm('Deploy? From here on it costs money: npx --no-install secure-shop cost')))
    return 'waits';
  const minutes = new Map(plan.stacks.map((stack) => [stack.stack, stack.minutes]));
  try {
    await deployer.deploy(assembly, operated.environment.name, (progress) => {
      if (progress.kind === 'failed') say(`  FAILED  ${progress.says}`);
      if (progress.kind === 'complete') say(`  complete: ${progress.name}`);
      if (progress.kind !== 'stack') return;
      const expected = minutes.get(progress.name) ?? 0;
      const time = expected > 0 ? `, about ${expected} ${expected === 1 ? 'minute' : 'minutes'}` : '';
      say(`  ${progress.number} of ${progress.of}: ${progress.name}${time} ...`);
    });
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    say(`${error.message}. Read the first FAILED above; the others follow from it.`);
    say('What it says, and what to do: docs/first-deploy.md, step 5, and docs/runbooks/failed-deploy.md');
    return 'failed';
  }
  return 'goes on';
}

/** Nothing waits for it but the alarms; so it is told, and asked once. */
async function confirmMails({ operated }: Reading, { say, confirm }: Tools): Promise<Outcome> {
  const pending = async () =>
    (await askAll([mails], operated, () => {})).filter(({ standing }) => standing !== 'ready');
  let open = await pending();
  if (open.length === 0) {
    say('They are confirmed.');
    return 'goes on';
  }
  for (const { about, says, todo } of open)
    say(`${inLanguage(about)} ${inLanguage(says)}. ${inLanguage(todo ?? '')}`);
  if (await confirm('Clicked? (no: later; until then no alarm reaches them)')) {
    open = await pending();
    for (const { about, says } of open) say(`Still: ${inLanguage(about)} ${inLanguage(says)}`);
  }
  return 'goes on';
}

/** Whoever wants no VPN has written of the other way in, and of no certificate. */
function needsVpn({ vpn, secureBrowser }: Admin): boolean {
  return vpn.certificateArn !== undefined || secureBrowser === undefined;
}

async function initVpn({ operated }: Reading, tools: Tools): Promise<Outcome> {
  const { say, confirm } = tools;
  if (operated.environment.admin.vpn.certificateArn !== undefined) {
    say('The config names it.');
    return 'goes on';
  }
  // It tells what to write, and looks first for what an earlier run has made.
  const { arn } = await init(tools.vpn(operated), {});
  const kept =
    tools.keepCertificate?.(arn) ?? (await confirm('Is it in the config now? (no: write it later)'));
  return kept ? 'again' : 'waits';
}

async function firstCertificate({ operated }: Reading, tools: Tools): Promise<Outcome> {
  const context = tools.vpn(operated);
  const { people } = operated.environment.admin;
  const held = await context.register.all();
  const active = new Set(held.filter((each) => isActive(each, context.now())).map(({ person }) => person));
  if (active.size > 0) {
    tools.say(`These can: ${[...active].join(', ')}`);
    return 'goes on';
  }
  const person = tools.person ?? people[0]?.name;
  if (person === undefined) return 'goes on';
  if (!(await tools.confirm(`Write the certificate of ${person} into a file here?`))) return 'waits';
  const output = tools.profile === undefined ? {} : { output: tools.profile };
  tools.say(`Written: ${await issue(context, person, output)}`);
  if (operated.environment.admin.vpn.opens === 'on-demand')
    tools.say('The VPN lets people in for some hours at a time: npx --no-install secure-shop vpn open');
  return 'goes on';
}

function hasBrowser({ secureBrowser }: Admin): boolean {
  return secureBrowser !== undefined;
}

/** CloudFormation assigns nobody to a portal: a person does it, once. */
async function showBrowser({ operated }: Reading, { say }: Tools): Promise<Outcome> {
  const { admin } = operated.environment;
  const type = 'AWS::WorkSpacesWeb::Portal';
  for (const { id, region } of await ownResources(operated, type)) {
    const found = await existingResource(operated, region, type, id);
    const endpoint = found.kind === 'exists' ? found.properties.PortalEndpoint : undefined;
    say(
      typeof endpoint === 'string'
        ? `It opens at https://${endpoint}`
        : `Where it opens is in the outputs of the admin stack (SecureBrowserAddress): these credentials may not see ${id}.`,
    );
  }
  const people = admin.people.map(({ email }) => email).join(', ');
  say(
    `Assign ${people} to it, in the console of WorkSpaces Secure Browser: the portal, "Users and groups". Then sign in once, and look for the record of the session: docs/secure-browser.md`,
  );
  say(
    needsVpn(admin)
      ? 'Whoever comes by VPN instead can save what the screens show.'
      : 'No VPN is needed. Who wants one beside it makes its certificate: npx --no-install secure-shop vpn init',
  );
  return 'goes on';
}
