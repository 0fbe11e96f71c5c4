import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { NotAws } from './aws-errors.ts';

/**
 * What every client of a command is made with, so that each tells alike when it was not AWS who answered.
 *
 * @param options of the connection, such as timeouts in milliseconds. @default the SDK's
 */
export function awsIn(region: string, options?: NodeHttpHandlerOptions) {
  return { region, requestHandler: new AnswersOfAws(options) };
}

type Handle = NodeHttpHandler['handle'];

/**
 * Proxies, captive portals and filters answer in the place of AWS: with a page, with an empty 200, with JSON of their
 * own. Read as AWS's, such an answer says that nothing exists, or that what was asked for is done.
 */
class AnswersOfAws extends NodeHttpHandler {
  override async handle(...asked: Parameters<Handle>): ReturnType<Handle> {
    const answer = await super.handle(...asked);
    const { headers, body } = answer.response;
    if (isOfAws(headers)) return answer;
    body?.destroy?.();
    throw new NotAws();
  }
}

/** Where the SDK finds the number that AWS gives every answer; in XML it may stand in the body. */
const numbers = ['x-amzn-requestid', 'x-amzn-request-id', 'x-amz-request-id'];

function isOfAws(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(([name, value]) => {
    const header = name.toLowerCase();
    return (
      numbers.includes(header) || (header === 'content-type' && /^(text|application)\/xml\b/.test(value))
    );
  });
}
