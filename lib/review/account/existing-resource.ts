import { GetResourceCommand } from '@aws-sdk/client-cloudcontrol';
import { isOfCredentials, NotAws } from '../../cli/aws-errors.ts';
import type { Account } from './check.ts';

type Found =
  | { readonly kind: 'exists'; readonly properties: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing' }
  /** Not allowed, or a type that Cloud Control cannot read. */
  | { readonly kind: 'unseen' };

/** What an account has under an identifier, whatever the type is. */
export async function existingResource(
  { aws }: Pick<Account, 'aws'>,
  region: string,
  TypeName: string,
  Identifier: string,
): Promise<Found> {
  try {
    const { ResourceDescription: found } = await aws
      .resources(region)
      .send(new GetResourceCommand({ TypeName, Identifier }));
    return { kind: 'exists', properties: JSON.parse(found?.Properties || '{}') };
  } catch (error) {
    // https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html
    const { name } = error as Error;
    if (name === 'ResourceNotFoundException' || name === 'NotFoundException') return { kind: 'missing' };
    if (isUnanswered(error)) throw error;
    return { kind: 'unseen' };
  }
}

/** Whether no call would be answered, for want of credentials or network, and what is wrong with this program. */
export function isUnanswered(error: unknown): boolean {
  return (
    !(error instanceof Error) ||
    error instanceof NotAws ||
    'syscall' in error ||
    isOfCredentials(error) ||
    !('$metadata' in error)
  );
}
