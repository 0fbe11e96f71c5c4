import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { answerMilliseconds, customResourceHandler } from '../lambda/custom-resource.ts';
import { waitForRotation } from './wait-for-rotation.ts';

const client = new SecretsManagerClient();

export const handler = customResourceHandler(async (event, context) => {
  const physicalResourceId = 'first-rotation';
  if (event.RequestType === 'Delete') return { physicalResourceId };
  const secrets: string[] = event.ResourceProperties.Secrets;
  await waitForRotation(client, secrets, {
    milliseconds: context.getRemainingTimeInMillis() - answerMilliseconds - 10_000,
    interval: 5000,
  });
  return { physicalResourceId };
});
