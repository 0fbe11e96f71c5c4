import { leaveOnSignals } from './cli/interrupt.ts';
import { translatorOfReader } from './cli/language/index.ts';
import { outliveReaders } from './cli/outlive-readers.ts';
import { speakBy } from './cli/output.ts';
import { exitOnUserError, UserError } from './cli/user-error.ts';
import { secureShopProgram } from './program.ts';

// The SDK warns of Node 20 on every run; it is what the project supports and is tested with.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const translate = await translatorOfReader(async () => {
  const [{ problemInJapanese }, { answerInJapanese }] = await Promise.all([
    import('./config/problems.ja.ts'),
    import('./review/japanese/answers/index.ts'),
  ]);
  return (text) => problemInJapanese(text) ?? answerInJapanese(text);
});

/** Help and version end as the rest does: once it is known whether they could be written. */
function end(code: number): never {
  throw new UserError([], code);
}

leaveOnSignals();
outliveReaders();
speakBy(translate);

await exitOnUserError(async () => {
  await secureShopProgram(end, translate).parseAsync();
});
