import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordsOf } from '../network/networks.ts';
import { clientReaches, internetReaches, network, questions, templateOf } from './networks.ts';

/** `ORACLE_RUNS=20000 npx vitest run test/checks/model/oracle/networks` looks further than every build does. */
const numRuns = Number(process.env.ORACLE_RUNS ?? 80);

it('the model never says that nobody connects while some deploy and some address lets them', () => {
  fc.assert(
    fc.property(network, (written) => {
      const wordOf = wordsOf([templateOf(written)]);
      for (const port of questions) {
        for (const [from, tried] of [
          ['Client', clientReaches(written, port)],
          ['Internet', internetReaches(written, port)],
        ] as const) {
          const word = wordOf({ from, to: 'Server', port });
          if (tried.some) expect([from, port, word]).not.toEqual([from, port, 'cannot']);
          if (!tried.every) expect([from, port, word]).not.toEqual([from, port, 'reaches']);
        }
      }
    }),
    { numRuns },
  );
}, 1_800_000);

it('and decides what no deploy can change', () => {
  const decided = fc
    .sample(network, { numRuns: 40, seed: 1 })
    .flatMap((written) => {
      const wordOf = wordsOf([templateOf(written)]);
      return questions.map((port) => ({
        tried: clientReaches(written, port),
        word: wordOf({ from: 'Client', to: 'Server', port }),
      }));
    })
    .filter(({ tried }) => !tried.some);
  expect(decided.filter(({ word }) => word === 'cannot').length / decided.length).toBeGreaterThan(0.8);
});
