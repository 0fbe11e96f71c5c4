import {
  type CloudWatchLogsClient,
  DeleteLogGroupCommand,
  ResourceNotFoundException as NoSuchLogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteSecretCommand,
  ResourceNotFoundException as NoSuchSecret,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DeleteParametersCommand, paginateDescribeParameters, type SSMClient } from '@aws-sdk/client-ssm';

/** What an environment wrote under its own names and no stack owns. */
export interface Names {
  /** Every parameter below it goes: the digest of the image, the register of the VPN's certificates. */
  readonly parameterPath: string;
  /** The VPN's certificate authority, made by a command. */
  readonly secret: string;
  /** Made by ECS for Container Insights. */
  readonly logGroup: string;
}

export interface NameClients {
  readonly ssm: SSMClient;
  readonly secrets: SecretsManagerClient;
  readonly logs: CloudWatchLogsClient;
}

export async function forgetNames(clients: NameClients, names: Names): Promise<void> {
  await deleteParameters(clients.ssm, names.parameterPath);
  await ignoring(NoSuchSecret, () =>
    clients.secrets.send(
      new DeleteSecretCommand({ SecretId: names.secret, ForceDeleteWithoutRecovery: true }),
    ),
  );
  await ignoring(NoSuchLogGroup, () =>
    clients.logs.send(new DeleteLogGroupCommand({ logGroupName: names.logGroup })),
  );
}

/** As many as one call deletes. */
const most = 10;

async function deleteParameters(ssm: SSMClient, path: string): Promise<void> {
  const names: string[] = [];
  const ParameterFilters = [{ Key: 'Name', Option: 'BeginsWith', Values: [path] }];
  for await (const page of paginateDescribeParameters({ client: ssm }, { ParameterFilters })) {
    names.push(...(page.Parameters ?? []).map(({ Name = '' }) => Name));
  }
  for (let at = 0; at < names.length; at += most) {
    // Names that are gone by then it passes over.
    await ssm.send(new DeleteParametersCommand({ Names: names.slice(at, at + most) }));
  }
}

async function ignoring(
  gone: typeof NoSuchSecret | typeof NoSuchLogGroup,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof gone)) throw error;
  }
}
