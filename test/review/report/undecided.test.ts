import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { rowsJson } from '../../../lib/review/report/formats/rows.ts';
import { pageData } from '../../../lib/review/report/page/data.ts';
import { type Review, review } from '../../../lib/review/report/review.ts';
import { subjectFromTemplates } from '../../../lib/review/report/subject.ts';

const ref = (Ref: string) => ({ Ref });
const allow = (Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: 'secretsmanager:GetSecretValue',
  Resource,
  ...more,
});
const role = (Statement: unknown, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
    ...more,
  },
});
const host = (group: unknown) => ({ Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [group] } });
const groupId = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });

/** Readers and connections that each depend on something else that only a deploy knows. */
const template = {
  Parameters: { Named: { Type: 'String' }, Peer: { Type: 'String' } },
  Conditions: { Maybe: { 'Fn::Equals': [ref('Named'), 'yes'] } },
  Resources: {
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shop/db' } },
    ByParameter: role([allow(ref('Named'))]),
    ByCondition: role([{ 'Fn::If': ['Maybe', allow('*'), ref('AWS::NoValue')] }]),
    ByOrganization: role([allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })]),
    ByPolicy: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingNew'] }),
    Takes: role([{ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: ref('Named') }]),
    Reads: role([allow('*')]),
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: ref('Peer') }],
      },
    },
    Open: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
    Server: host(groupId('Group')),
    Client: host(groupId('Open')),
  },
};

let folder: string;
let reviewed: Review;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'undecided-'));
  const file = join(folder, 'Shop.template.json');
  writeFileSync(file, JSON.stringify(template));
  reviewed = review(subjectFromTemplates([file]), { packs: ['SecureShop'], failOn: 'finding' });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('every answer that the model leaves open arrives in the report, with what leaves it open', () => {
  const { access, reachability } = checkTemplates([{ name: 'Shop', template }]);
  const readers = access.matrix().filter(({ decided }) => !decided);
  const paths = reachability.paths().filter(({ decided }) => !decided);
  expect(new Set(readers.map(({ principal }) => principal.replace('Shop/', '')))).toEqual(
    new Set(['ByParameter', 'ByCondition', 'ByOrganization', 'ByPolicy', 'Takes']),
  );
  expect(paths.map(({ from, to }) => `${from} ${to}`)).toContain('Shop/Client Shop/Server');

  const { undecided, facts } = JSON.parse(rowsJson(reviewed));
  const [shown] = pageData(reviewed).environments;
  for (const { principal, action, target, doubt } of readers) {
    expect(doubt).toBeTruthy();
    expect(undecided).toContainEqual({
      environment: '',
      what: `${principal}: ${action} on ${target.name}`,
      doubt,
    });
    expect(shown?.access).toContainEqual(
      expect.objectContaining({ principal, target, decided: false, doubt }),
    );
    expect(facts.reader).toContain(`${principal}: ${action} on ${target.name} (not to be decided)`);
  }
  for (const { from, to, ports, doubt } of paths) {
    expect(doubt).toBeTruthy();
    expect(undecided).toContainEqual({ environment: '', what: `${from} -> ${to} on ${ports}`, doubt });
    expect(shown?.paths).toContainEqual(expect.objectContaining({ from, to, ports, decided: false, doubt }));
    expect(facts.connection).toContain(`${from} -> ${to} on ${ports} (not to be decided)`);
  }
  expect(undecided).toHaveLength(readers.length + paths.length);
});

it('and says what that is', () => {
  const { undecided } = JSON.parse(rowsJson(reviewed)) as { undecided: { what: string; doubt: string }[] };
  const doubtOf = (who: string) => undecided.find(({ what }) => what.startsWith(`Shop/${who}`))?.doubt;
  expect(doubtOf('ByParameter')).toBe('parameter Named, as written in Shop/ByParameter');
  expect(doubtOf('ByCondition')).toBe('whether the statement stands, as written in Shop/ByCondition');
  expect(doubtOf('ByOrganization')).toBe('aws:PrincipalOrgID, as written in Shop/ByOrganization');
  expect(doubtOf('ByPolicy')).toMatch(/SomethingNew, as written in Shop\/ByPolicy/);
  expect(doubtOf('Client -> Shop/Server')).toBe('parameter Peer, as written in Shop/Group');
});
