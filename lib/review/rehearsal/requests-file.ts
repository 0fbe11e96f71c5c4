import { z } from 'zod';
import { origins, parseRequest, type RequestInput } from '../../checks/model/requests/request.ts';
import { UserError } from '../../cli/user-error.ts';

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const anObject = 'write one object such as {"url": "https://shop.example.jp/cart"}';

const requestSchema = z.strictObject(
  {
    url: z.string('write the URL as text'),
    method: z
      .string('write an HTTP method, such as "POST"')
      .regex(token, 'write an HTTP method, such as "POST"')
      .optional(),
    headers: z
      .record(
        z.string().regex(token, 'write a header name, such as "X-Original-URL"'),
        z.string('write one text; several values of a header are joined by commas'),
        'write names and values, such as {"X-Original-URL": "/cart"}',
      )
      .optional(),
    body: z.string('write the body as one text').optional(),
    from: z.enum(origins, 'write "internet", "vpn", "browser" or "check"').optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `found ${issue.keys.map((key) => `"${key}"`).join(', ')}; a request has url, method, headers, body and from`
        : anObject,
  },
);

/**
 * Reads requests from JSON lines; blank lines are skipped.
 *
 * @throws UserError with every line that is not a request
 */
export function parseRequestsFile(content: string, file: string): RequestInput[] {
  const requests: RequestInput[] = [];
  const problems: string[] = [];
  // Windows editors begin a file with a byte order mark.
  for (const [index, line] of content
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    try {
      const request = requestSchema.parse(JSON.parse(line));
      parseRequest(request);
      requests.push(request);
    } catch (error) {
      problems.push(...problemsOf(error).map((problem) => `${place}: ${problem}`));
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return requests;
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof z.ZodError) {
    return error.issues.map((issue) => {
      const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
      return [...(issue.path.length > 0 ? [issue.path.join('.')] : []), message].join(': ');
    });
  }
  if (error instanceof UserError) return error.problems;
  if (error instanceof SyntaxError) return [`not JSON: ${anObject}`];
  throw error;
}
