// Runs steps of a rotation in the bundled function, as Lambda would: SECRET TOKEN STEP...
import { handler } from '../../../dist/lambda/rotation/index.mjs';

const [SecretId, ClientRequestToken, ...steps] = process.argv.slice(2);
const ends = Date.now() + 60_000;
for (const Step of steps) {
  await handler(
    { SecretId, ClientRequestToken, Step },
    { getRemainingTimeInMillis: () => ends - Date.now() },
  );
}
