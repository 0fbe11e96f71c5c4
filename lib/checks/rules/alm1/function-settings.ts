import type { Principal } from '../../model/access/principals.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { display, hasToken, token, tokensIn } from '../../model/values.ts';
import { isControlCall, isDeploymentHelper, refersTo } from '../functions.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/**
 * A function that runs by the clock, on an event or for the VPN, and a build project, know what to work on from their
 * environment alone, and the role says on what they may work. Where the two differ, a control looks at something else
 * than what it guards.
 */
export const functionSettings = defineRule({
  invariant: 'ALM1',
  finding: 'FunctionSettings',
  en: 'Functions and build projects are told to work on what their role is for',
  ja: '関数とビルドプロジェクトの設定は、そのロールが許す対象を指している',
  appliesTo: ['AWS::Lambda::Function', 'AWS::CodeBuild::Project'],
  judge(code, { graph, access, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (isDeploymentHelper(code) || isToldByCaller(code, graph)) return skip('is told by whoever calls it');
    const role = graph.target(code.properties.Role ?? code.properties.ServiceRole, 'AWS::IAM::Role');
    const principal = access.principals.find(({ resource }) => resource === role);
    const subjects = subjectsOf(principal);
    if (subjects.length === 0) return skip('its role names nothing to work on');
    const settings = JSON.stringify(code.properties.Environment ?? {});
    const told = settings + callersOf(code, graph);
    const untold = subjects.filter((subject) => !isNamed(subject, told, graph));
    return untold.length > 0
      ? fail(`its environment does not name ${untold.map(display).join(', ')}, which its role is for`)
      : pass('its environment names what its role is for');
  },
});

/** Secrets Manager and CloudFormation say in each call what it is about. */
function isToldByCaller(code: Resource, graph: EnvironmentGraph): boolean {
  return (
    graph.referring(code, 'AWS::SecretsManager::RotationSchedule', 'RotationLambdaARN').length > 0 ||
    graph.resources.some(
      ({ type, properties }) =>
        (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') &&
        graph.target(properties.ServiceToken, code.type) === code,
    )
  );
}

/** What a function logs to, encrypts with and reports its own failure to stands in other properties of it. */
const ownAffairs = /^(kms|logs|sns|sqs|ec2|xray|iam):/;

function subjectsOf(principal: Principal | undefined): string[] {
  const statements = principal?.statements ?? [];
  return statements
    .filter(({ effect, actions }) => effect === 'Allow' && !actions.every((each) => ownAffairs.test(each)))
    .flatMap(({ actions, resources }) =>
      resources.filter((each) => each !== '*' && (hasToken(each) || actions.some(isControlCall))),
    );
}

/** The references to what hands a function its events: a bucket or a stream names itself in each of them. */
function callersOf(code: Resource, graph: EnvironmentGraph): string {
  const streams = graph
    .referring(code, 'AWS::Lambda::EventSourceMapping', 'FunctionName')
    .map(({ properties }) => JSON.stringify(properties.EventSourceArn ?? ''));
  const buckets = graph
    .ofType('AWS::S3::Bucket')
    .filter(({ properties }) => refersTo(code, JSON.stringify(properties.NotificationConfiguration ?? {})))
    .map(({ stack, logicalId }) => token(stack, logicalId, 'Ref'));
  return [...streams, ...buckets].join('');
}

function isNamed(subject: string, settings: string, graph: EnvironmentGraph): boolean {
  const referred = tokensIn(subject).flatMap(({ stack, logicalId }) => graph.get(stack, logicalId) ?? []);
  if (referred.length > 0) return referred.some((resource) => refersTo(resource, settings));
  // The folder of a parameter stands for those in it; a secret is called by its name, without what AWS appends.
  const name = subject
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(parameter(?=\/)|service\/[^/]+\/|secret:)/, '')
    .replace(/\/?\*$|-\?{6}$/, '');
  return [name, name.slice(0, name.lastIndexOf('/'))].some((each) => each !== '' && settings.includes(each));
}
