import { expect, it } from 'vitest';
import { faultsOf } from '../../../lib/review/deploys/faults.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { allExampleFiles } from '../../support/example-files.ts';
import { exampleAssembly } from '../../support/synthesize.ts';

it.each(allExampleFiles)('nothing refuses the first deploy of %s', (file) => {
  const { stacks } = readAssembly(exampleAssembly(file));
  const refused = faultsOf(new Deployment(stacks));
  expect(refused.map(({ stack, resource, says }) => `${stack} ${resource}: ${says}`)).toEqual([]);
});
