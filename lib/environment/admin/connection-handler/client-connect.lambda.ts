import { SSMClient } from '@aws-sdk/client-ssm';
import { correctedTime } from '../../../cli/corrected-time.ts';
import { CertificateRegister, type RegisteredCertificate } from '../vpn/register.ts';
import { type ConnectionRequest, decide, messageFor, parseRules, type Reason } from './decision.ts';

/**
 * Client VPN asks this function about every new connection, after it has checked the certificate.
 * https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-authorization.html
 */
export interface ConnectionAnswer {
  readonly allow: boolean;
  readonly 'error-msg-on-denied-connection': string;
  readonly 'posture-compliance-statuses': readonly string[];
  readonly 'schema-version': 'v3';
}

/** Settings of the function, as the stack writes them. */
export interface HandlerEnvironment {
  /** JSON of `ConnectionRules`. */
  readonly RULES: string;
  /** Folder of the register. */
  readonly REGISTER: string;
}

export interface Dependencies {
  readonly environment: Partial<HandlerEnvironment>;
  readonly certificatesOf: (folder: string, person: string) => Promise<readonly RegisteredCertificate[]>;
  /** Right once the register has answered. */
  readonly now: () => Date;
  readonly log: (entry: Record<string, unknown>) => void;
}

export function createHandler(dependencies: Dependencies): (event: unknown) => Promise<ConnectionAnswer> {
  return async (event) => {
    const request: Record<string, unknown> = typeof event === 'object' && event !== null ? { ...event } : {};
    const { reason, error } = await decideSafely(request, dependencies);
    dependencies.log({
      decision: reason === 'allowed' ? 'allow' : 'deny',
      reason,
      error,
      commonName: request['common-name'],
      username: request.username,
      publicIp: request['public-ip'],
      platform: request.platform,
      connectionId: request['connection-id'],
      endpointId: request['endpoint-id'],
    });
    return {
      allow: reason === 'allowed',
      'error-msg-on-denied-connection': messageFor(reason),
      'posture-compliance-statuses': [],
      'schema-version': 'v3',
    };
  };
}

/** An error refuses the connection. It is thrown no further: the log line tells more than a stack trace. */
async function decideSafely(
  request: ConnectionRequest,
  { environment, certificatesOf, now }: Dependencies,
): Promise<{ reason: Reason; error?: string }> {
  try {
    const { RULES, REGISTER } = environment;
    if (!RULES || !REGISTER) throw new Error('the function has no rules');
    return {
      reason: await decide(request, parseRules(RULES), (person) => certificatesOf(REGISTER, person), now),
    };
  } catch (error) {
    return { reason: 'could not decide', error: error instanceof Error ? error.message : String(error) };
  }
}

// Client VPN waits 30 seconds for the answer.
const ssm = new SSMClient({
  maxAttempts: 3,
  requestHandler: { requestTimeout: 5000, connectionTimeout: 2000 },
});

export const handler = createHandler({
  environment: { RULES: process.env.RULES, REGISTER: process.env.REGISTER },
  certificatesOf: (folder, person) => new CertificateRegister(ssm, folder).of(person),
  now: () => correctedTime([ssm]),
  log: (entry) => console.log(JSON.stringify(entry)),
});
