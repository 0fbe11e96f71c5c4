import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  type _Object as S3Object,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Copied, type Look, mostOpened, mostRead, type Print, type Survey } from './compare-files.ts';
import { Pick, printOf } from './print-file.ts';

interface Listed {
  readonly key: string;
  readonly tag: string;
}

/** Files of a live bucket, as far as they are older than `before`. */
export async function surveyBucket(bucket: string, before: Date, client: S3Client): Promise<Survey> {
  const pick = new Pick<Listed>(mostOpened);
  let count = 0;
  for await (const object of objectsIn(bucket, client)) {
    if ((object.LastModified ?? before) >= before) continue;
    count++;
    pick.offer({ key: object.Key ?? '', tag: object.ETag ?? '' });
  }
  const sample: Record<string, Print> = {};
  for (const { key, tag } of pick.picked) {
    try {
      sample[key] = (await readObject(bucket, key, client, tag)).print;
    } catch (error) {
      // Changed or deleted since it was listed.
      if (!hasStatus(error, 404, 412)) throw error;
    }
  }
  return { count, sample };
}

/**
 * @param keyArn what each object must be encrypted with
 * @returns undefined when there is no such bucket (any more)
 */
export async function lookIntoBucket(
  bucket: string,
  keys: readonly string[],
  keyArn: string,
  client: S3Client,
): Promise<Copied | undefined> {
  let count = 0;
  try {
    for await (const _ of objectsIn(bucket, client)) count++;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
  const looks: Record<string, Look> = {};
  for (const key of keys) looks[key] = await lookAt(bucket, key, keyArn, client);
  return { count, looks };
}

async function lookAt(bucket: string, key: string, keyArn: string, client: S3Client): Promise<Look> {
  try {
    const { print, encryptedWith } = await readObject(bucket, key, client);
    return encryptedWith === keyArn
      ? print
      : { unreadable: `encrypted with ${encryptedWith} instead of the key of customer data` };
  } catch (error) {
    if (hasStatus(error, 404)) return { missing: true };
    if (!hasStatus(error, 403)) throw error;
    // It names the key that may not be used, and never shall the object.
    return { unreadable: (error as Error).message.replace(/"?arn:aws:s3:::.*/, 'it') };
  }
}

/** @param tag which it must still have */
async function readObject(
  Bucket: string,
  Key: string,
  client: S3Client,
  tag?: string,
): Promise<{ readonly print: Print; readonly encryptedWith: string }> {
  const { Body, ContentLength, SSEKMSKeyId, ServerSideEncryption } = await client.send(
    new GetObjectCommand({ Bucket, Key, IfMatch: tag }),
  );
  const chunks: Buffer[] = [];
  let read = 0;
  if (Body instanceof Readable) {
    // Leaving the loop hangs up. What is read to its end is compared with the checksum that S3 keeps of it.
    for await (const chunk of Body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      read += chunk.length;
      if (read > mostRead) break;
    }
  }
  return {
    print: printOf(Key, ContentLength ?? read, Buffer.concat(chunks).subarray(0, mostRead)),
    encryptedWith: SSEKMSKeyId ?? ServerSideEncryption ?? 'no key',
  };
}

async function* objectsIn(Bucket: string, client: S3Client): AsyncGenerator<S3Object> {
  for await (const page of paginateListObjectsV2({ client }, { Bucket })) {
    // Of an answer that says nothing it is not known that the bucket is empty.
    if (page.KeyCount === undefined) throw new Error(`S3 does not say how many objects are in ${Bucket}`);
    // Consoles make folders of nothing.
    yield* (page.Contents ?? []).filter(({ Key, Size }) => !(Key?.endsWith('/') && Size === 0));
  }
}

function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);
}
