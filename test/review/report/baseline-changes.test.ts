import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { changeSince, type FactChange, readBaseline } from '../../../lib/review/report/baseline.ts';
import { exitsOf } from '../../../lib/review/report/exits.ts';
import { type FactKind, factsOf } from '../../../lib/review/report/facts.ts';
import { rowsJson } from '../../../lib/review/report/formats/rows.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { edit, type Json, Mutant, type Mutation, mutation } from '../../checks/mutate.ts';
import { exampleAssembly } from '../../support/synthesize.ts';
import { write } from './files.ts';
import { reviewOf } from './reviews.ts';

const declares = (change: string, type: string, key: string, value: Json) =>
  edit(change, 'content', type, (_, { resource }) => {
    resource.Metadata[`secure-shop:${key}`] = value;
  });

/** Each as somebody might make it, with the kind that has to name it. None of them need break a rule. */
const changes: readonly Mutation[] = [
  edit('keep backups of the database for one day less', 'content', 'AWS::RDS::DBCluster', (p) => {
    p.BackupRetentionPeriod -= 1;
  }),
  edit('write the logs under another retention', 'content', 'AWS::Logs::LogGroup', (p) => {
    p.RetentionInDays = 3653;
  }),
  edit('give a function more memory', 'content', 'AWS::Lambda::Function', (p) => {
    p.MemorySize = 3008;
  }),
  edit('give a function other code', 'content', 'AWS::Lambda::Function', (p) => {
    p.Code = { S3Bucket: 'b', S3Key: 'other.zip' };
  }),
  edit('keep what is replaced', 'content', 'AWS::EC2::SecurityGroup', (_, { resource }) => {
    resource.UpdateReplacePolicy = 'Retain';
  }),
  edit('run the daily backup at another hour', 'content', 'AWS::Backup::BackupPlan', (p) => {
    p.BackupPlan.BackupPlanRule[0].ScheduleExpression = 'cron(1 1 * * ? *)';
  }),
  edit('describe a key otherwise', 'content', 'AWS::KMS::Key', (p) => {
    p.Description = 'something else';
  }),
  declares('declare a reader more', 'AWS::SecretsManager::Secret', 'readers', { 'production/Nobody': 'why' }),
  declares('declare another class of data', 'AWS::S3::Bucket', 'data-class', 'public'),
  declares('declare no rotation', 'AWS::SecretsManager::Secret', 'no-rotation', 'by hand'),
  mutation('export a value', 'content', (mutant) => {
    const key = mutant.one('AWS::KMS::Key');
    const { template } = mutant.templates.find(({ name }) => name === key.stack) as { template: Json };
    template.Outputs = { ...template.Outputs, Leak: { Value: 'x', Export: { Name: 'leak' } } };
    return key;
  }),
  mutation('add a parameter', 'content', (mutant) => {
    const key = mutant.one('AWS::KMS::Key');
    mutant.addParameter(key, 'Asked', { Type: 'String' });
    return key;
  }),
  mutation('call the environment disposable', 'content', (mutant) => {
    for (const { template } of mutant.templates as { template: Json }[]) {
      const { Metadata = {} } = template;
      for (const key of Object.keys(Metadata)) if (/environment$/.test(key)) Metadata[key].disposable = true;
    }
    return mutant.one('AWS::KMS::Key');
  }),
  edit('let a role read a secret', 'reader', 'AWS::KMS::Key', (p) => {
    p.KeyPolicy.Statement.push({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Resource: '*',
    });
  }),
  edit('let a group in from everywhere inside', 'connection', 'AWS::RDS::DBCluster', (p, handle) => {
    p.Port = 3307;
    handle.resource.Properties = p;
  }),
  edit('let a group out on another port', 'exit', 'AWS::EC2::SecurityGroup', (p) => {
    p.SecurityGroupEgress = [{ IpProtocol: 'tcp', FromPort: 6667, ToPort: 6667, CidrIp: '0.0.0.0/0' }];
  }),
  declares('allow a name', 'AWS::Route53Resolver::FirewallRuleGroup', 'allowed-domains', ['a.example']),
  declares('open a path below the admin paths', 'AWS::WAFv2::WebACL', 'public-paths', ['/wp-admin/x']),
  declares('call a path administrative no more', 'AWS::WAFv2::WebACL', 'admin-paths', ['/elsewhere']),
  declares('sell to a country', 'AWS::WAFv2::WebACL', 'countries', ['US']),
  declares('let a firm operate', 'AWS::IAM::Role', 'contractor', { account: '1', until: '2030' }),
  declares('let a person in', 'AWS::Lambda::Function', 'connection-rules', { people: ['taro'] }),
  declares('mail alarms elsewhere', 'AWS::SNS::Topic', 'subscribers', ['taro@example.com']),
  mutation('add a resource', 'resource', (mutant) =>
    mutant.add(mutant.one('AWS::KMS::Key'), 'Queue', 'AWS::SQS::Queue', {}),
  ),
  mutation('put another in its place', 'resource', (mutant) => {
    const role = mutant.one('AWS::Backup::BackupVault');
    role.resource.Type = 'AWS::Backup::LogicallyAirGappedBackupVault';
    return role;
  }),
];

/** Kinds that a change is told by besides its settings. */
const told: Readonly<Record<string, FactKind>> = {
  'allow a name': 'allowedName',
  'open a path below the admin paths': 'publicPath',
  'call a path administrative no more': 'adminPath',
  'sell to a country': 'country',
  'let a firm operate': 'contractor',
  'let a person in': 'person',
  'mail alarms elsewhere': 'subscriber',
};

describe('of what a reviewer signs', () => {
  let stacks: readonly StackTemplate[];
  let baseline: ReturnType<typeof readBaseline>;

  const facts = (of: readonly StackTemplate[]) => {
    const found = checkTemplates(of, []);
    const [paths, access, exits] = [found.reachability.paths(), found.access.matrix(), exitsOf(found)];
    return factsOf(of, [{ environment: '', nodes: [], paths, access, exits }]);
  };
  const since = (now: readonly StackTemplate[]): readonly FactChange[] =>
    changeSince(baseline, [], facts(now)).facts ?? [];

  beforeAll(() => {
    const { stacks: all } = readAssembly(exampleAssembly('examples/eccube-standard.ts'));
    stacks = all.filter(({ environment }) => environment === all[0]?.environment);
    const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
    baseline = readBaseline(write(folder, 'rows.json', rowsJson(reviewOf([], { facts: facts(stacks) }))));
    rmSync(folder, { recursive: true });
  });

  it('nothing changed when nothing did, however its keys are ordered', () => {
    const turned = JSON.parse(JSON.stringify(stacks), (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(since(turned)).toEqual([]);
  });

  it.each(changes.map((each) => [each.change, each] as const))(
    'it says so when somebody would %s',
    (_, each) => {
      const mutant = new Mutant(stacks);
      each.make(mutant);
      const kinds = since(mutant.templates as StackTemplate[]).map(({ kind }) => kind);
      expect(kinds).toContain(told[each.change] ?? each.rule);
    },
  );

  it('a stack that stands elsewhere, or may be deleted now', () => {
    const [first, ...others] = stacks as [StackTemplate, ...StackTemplate[]];
    for (const moved of [
      { region: 'us-west-2' },
      { account: '999999999999' },
      { terminationProtection: false },
    ])
      expect(since([{ ...first, ...moved }, ...others]).map(({ kind }) => kind)).toContain('stack');
  });
});
