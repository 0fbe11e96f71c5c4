import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { parseRequestsFile } from '../../../lib/review/rehearsal/requests-file.ts';

describe('a file of requests', () => {
  it('holds one request a line; blank lines do not count', () => {
    const lines = [
      '{"url": "https://shop.example.jp/%2e%2e//x"}',
      '',
      '{"url": "/cart", "method": "POST", "headers": {"X-A": "b"}, "body": "c=d", "from": "vpn"}\r',
    ];
    expect(parseRequestsFile(lines.join('\n'), 'requests.jsonl')).toEqual([
      { url: 'https://shop.example.jp/%2e%2e//x' },
      { url: '/cart', method: 'POST', headers: { 'X-A': 'b' }, body: 'c=d', from: 'vpn' },
    ]);
  });

  it('may begin with a byte order mark', () => {
    expect(parseRequestsFile('\ufeff{"url": "/cart"}\r\n', 'requests.jsonl')).toEqual([{ url: '/cart' }]);
  });

  it('is refused with every line that is none', () => {
    const lines = [
      '{"url": "https://shop.example.jp/"}',
      'GET /cart',
      '[]',
      '{"method": "GET"}',
      '{"url": "ftp://shop.example.jp/"}',
      '{"url": "/", "from": "office"}',
      '{"url": "/", "method": "GET /"}',
      '{"url": "/", "headers": {"X A": "b"}}',
      '{"url": "/", "header": {}}',
      '{"url": "/", "headers": {"X-A": ["b", "c"]}}',
      '{"url": "/", "method": 5}',
    ];
    expect(problemsOf(lines.join('\n'))).toEqual([
      'r.jsonl:2: not JSON: write one object such as {"url": "https://shop.example.jp/cart"}',
      'r.jsonl:3: write one object such as {"url": "https://shop.example.jp/cart"}',
      'r.jsonl:4: url: write the URL as text',
      'r.jsonl:5: "ftp://shop.example.jp/" is not a URL to try: write scheme, host and path, such as "https://shop.example.jp/cart"',
      'r.jsonl:6: from: write "internet", "vpn", "browser" or "check"',
      'r.jsonl:7: method: write an HTTP method, such as "POST"',
      'r.jsonl:8: headers.X A: write a header name, such as "X-Original-URL"',
      'r.jsonl:9: found "header"; a request has url, method, headers, body and from',
      'r.jsonl:10: headers.X-A: write one text; several values of a header are joined by commas',
      'r.jsonl:11: method: write an HTTP method, such as "POST"',
    ]);
  });
});

function problemsOf(content: string): readonly string[] {
  try {
    parseRequestsFile(content, 'r.jsonl');
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
}
