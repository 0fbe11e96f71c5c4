import { describe, expect, it } from 'vitest';
import { allExampleFiles, synthesizedExample } from '../../support/synthesize.ts';

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

describe.each(allExampleFiles)('every function of %s', (file) => {
  const templates = synthesizedExample(file).flatMap(({ templates }) =>
    Object.values(templates).map((template) => template.toJSON() as Template),
  );
  const ofType = (template: Template, type: string) =>
    Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

  it('is not repeated by Lambda, or once where it may do its work twice', () => {
    const repeats = templates.flatMap((template) =>
      ofType(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
        const [config] = ofType(template, 'AWS::Lambda::EventInvokeConfig').filter(
          ([, invoke]) => (invoke.Properties.FunctionName as { Ref?: string }).Ref === id,
        );
        return [Properties.Description, config?.[1].Properties.MaximumRetryAttempts];
      }),
    );
    expect(repeats.length).toBeGreaterThan(5);
    for (const [name, attempts] of repeats) expect([0, 1], String(name)).toContain(attempts);
    expect(repeats).toContainEqual([expect.stringContaining('Restarts the shop'), 0]);
  });
});
