// The bundled function in a process of its own, as Lambda runs it: a secret and a token come in, the milliseconds of
// its four steps go out.
import { handler } from '../dist/lambda/rotation/index.mjs';

process.on('message', async ({ secret, token }) => {
  const started = performance.now();
  const ends = Date.now() + 60_000;
  try {
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      const event = { SecretId: secret, ClientRequestToken: token, Step };
      await handler(event, { getRemainingTimeInMillis: () => ends - Date.now() });
    }
    process.send({ took: performance.now() - started });
  } catch (thrown) {
    process.send({ failed: String(thrown) });
  }
});
