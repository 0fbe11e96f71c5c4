import { request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import type { RequestInput } from '../../checks/model/requests/request.ts';
import { StepFailed } from './ground.ts';

const patience = 30_000;

/** Sends a request as it is written: a URL that is tidied up first would be another one. */
export function askOverWire({ url, method = 'GET', headers = {}, body }: RequestInput): Promise<number> {
  const [, scheme = 'https', host = '', target = ''] = /^(https?):\/\/([^/?]+)(.*)$/.exec(url) ?? [];
  const send = scheme === 'http' ? plain : encrypted;
  return new Promise((resolve, reject) => {
    const sent = send(
      { host, method, path: target === '' ? '/' : target, headers: { ...headers }, timeout: patience },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer in 30 seconds')));
    sent.once('error', (error) => reject(new StepFailed(`${url}: ${error.message}`)));
    sent.end(body);
  });
}
