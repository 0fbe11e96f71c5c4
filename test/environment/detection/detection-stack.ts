import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type Environment, parseShop } from '../../../lib/config/index.ts';
import { declareEnvironment } from '../../../lib/declarations/declare.ts';
import { accountServiceTypes } from '../../../lib/environment/detection/account-services.ts';
import { DetectionStack } from '../../../lib/environment/detection/stack.ts';
import { ManagedPolicies } from '../../../lib/environment/iam/managed-policies.ts';
import { smallShop } from '../../support/shops.ts';

/** What the config comes to, with these settings of its one environment. */
export function environmentWith(settings: object): Environment {
  const { production } = smallShop().environments;
  const { environments } = parseShop({
    ...smallShop(),
    environments: { production: { ...production, ...settings } },
  });
  const environment = environments.production;
  if (!environment) throw new Error('the shop has an environment');
  return environment;
}

/** The stack of the detection alone: no other asks which services the account has. */
export function detectionStack(scope: Construct, settings: object): DetectionStack {
  const environment = environmentWith(settings);
  const keys = new Stack(scope, 'Keys');
  const { alarms, detection } = environment;
  const stack = new DetectionStack(scope, 'Detection', {
    disposable: false,
    emails: alarms.emails,
    monthlyBudget: environment.budget.monthly,
    anomalyMonitorArn: environment.budget.anomalyMonitorArn,
    keys: {
      alarms: new Key(keys, 'Alarms', { enableKeyRotation: true }),
      logs: new Key(keys, 'Logs', { enableKeyRotation: true }),
    },
    logArchive: Bucket.fromBucketName(keys, 'Archive', 'archive'),
    accessLogs: Bucket.fromBucketName(keys, 'AccessLogs', 'access-logs'),
    logRetentionDays: environment.logRetentionDays,
    watchers: detection,
    tells: detection.tells,
  });
  // As the stage does it: see there.
  const managedPolicies = new ManagedPolicies();
  for (const construct of stack.node.findAll()) managedPolicies.visit(construct);
  declareEnvironment(stack, {
    shop: 'small',
    environment: environment.name,
    disposable: false,
    existing: detection.existing.map((service) => accountServiceTypes[service]),
  });
  return stack;
}
