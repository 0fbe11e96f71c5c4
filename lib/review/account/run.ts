import { isOfCredentials, isUnknownToRegion, NotAws } from '../../cli/aws-errors.ts';
import { UserError } from '../../cli/user-error.ts';
import { type Account, type Answer, type Answered, type Check, problem } from './check.ts';

/** Names that services give to "you are not allowed to". */
const denied = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/;
/** What an account is refused that never ended its registration. */
const notSubscribed = /OptInRequired|SubscriptionRequired/;
/** Resolvers that gave no answer. */
const unreachable = /^(ETIMEOUT|ECONNREFUSED|ESERVFAIL|EREFUSED|ECANCELLED|EAI_AGAIN)$/;

/**
 * Asks every check. What these credentials may not see is an answer of its own.
 *
 * @param tell is told which check is asked
 */
export async function askAll<Asked extends Account>(
  checks: readonly Check<Asked>[],
  account: Asked,
  tell: (line: string) => void,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const [index, check] of checks.entries()) {
    tell(`${check.title} (${index + 1} of ${checks.length}) ...`);
    const found = await check.ask(account).catch((error: unknown) => {
      // Who asks was answered by then: the credentials are known, but not there.
      if (check.id !== 'account' && isUnknownToRegion(error)) return [ofRegion(check.title, error as Error)];
      return unanswered(check.title, error);
    });
    answers.push(...found.map((answer) => ({ ...answer, check: check.id, source: check.source })));
    if (check.first && found.some(({ standing }) => standing === 'problem')) break;
  }
  return answers;
}

function ofRegion(title: string, { name }: Error): Answer {
  return problem(title, `a region that it asks does not know these credentials (${name})`, [
    'Enable the regions of the config in this account, in the console under "Account", "AWS Regions". It takes minutes, at most hours.',
  ]);
}

/** What is in the way of an answer is an answer too; what is wrong with this program or the network is none. */
function unanswered(title: string, error: unknown): Answer[] {
  if (error instanceof UserError) {
    return error.problems.map((text) => problem(title, text, ['Mend that, and ask again.']));
  }
  const { name, code, message, syscall } = error as {
    name?: string;
    code?: string;
    message?: string;
    syscall?: string;
  };
  if (notSubscribed.test(name ?? '')) {
    return [
      problem(title, `this account may not use the service yet (${name})`, [
        'End the registration of the account in the console: way of payment, confirmation of the phone, support plan. It takes up to a day. Was it in use before, AWS has suspended it: see its mails.',
      ]),
    ];
  }
  if (isDenied(error)) {
    const action = /perform:? ([\w-]+:\w+)/.exec(message ?? '')?.[1];
    return [
      {
        standing: 'hidden',
        about: title,
        says: `these credentials are not allowed to see it (${name})`,
        todo: action
          ? `Allow ${action}, or let an administrator run this.`
          : 'Let an administrator run this.',
      },
    ];
  }
  // A connection that is refused is none to a resolver, but to AWS.
  if (unreachable.test(code ?? '') && syscall !== 'connect' && syscall !== 'getaddrinfo') {
    return [
      {
        standing: 'hidden',
        about: title,
        says: `the public resolvers gave no answer (${code})`,
        todo: 'Run it again from a network that may ask 1.1.1.1, 8.8.8.8 or 9.9.9.9 on port 53.',
      },
    ];
  }
  if (error instanceof Error && isRefusal(error)) {
    return [
      {
        standing: 'hidden',
        about: title,
        says: `AWS refused: ${name}: ${message}`,
        todo: 'Ask again; when it stays so, let an administrator run this.',
      },
    ];
  }
  throw error;
}

/** Whether AWS answered that these credentials may not ask. */
export function isDenied(error: unknown): boolean {
  return denied.test((error as Error).name ?? '');
}

/** An answer of AWS that says no; the SDK adds its metadata to a connection that failed, too. */
function isRefusal(error: Error): boolean {
  return (
    '$metadata' in error && !('syscall' in error) && !isOfCredentials(error) && !(error instanceof NotAws)
  );
}
