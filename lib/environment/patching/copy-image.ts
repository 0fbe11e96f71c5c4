import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  type ECRClient,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  LayerAlreadyExistsException,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { z } from 'zod';
import { PatchRefused } from './patch-refused.ts';

export interface PushedImage {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string | undefined;
  /** Digests of its configuration and its layers, each once. */
  readonly blobs: readonly string[];
}

export interface CopyTools {
  readonly ecr: ECRClient;
  readonly request: typeof fetch;
  readonly pause: (seconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

const blobTries = 4;
const blobPauseSeconds = 10;
/** Milliseconds for one layer to arrive; the largest have some hundred megabytes. */
const downloadMilliseconds = 10 * 60_000;
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
const mostLayersAsked = 100;

const blob = z.object({ digest: z.string() });
const imageManifest = z.object({ config: blob, layers: z.array(blob) });

/** @throws PatchRefused when the repository has no such image, or it is none that can run by itself */
export async function pushedImage(
  digest: string,
  repositoryName: string,
  ecr: ECRClient,
): Promise<PushedImage> {
  const { images } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }),
  );
  const { imageManifest: manifest, imageManifestMediaType: mediaType } = images?.[0] ?? {};
  if (manifest === undefined) throw new PatchRefused(`${digest} is not in the repository ${repositoryName}`);
  const written: unknown = JSON.parse(manifest);
  // A list has no packages to scan; what would run is an image behind it, which nobody judged.
  if (typeof written === 'object' && written !== null && Object.hasOwn(written, 'manifests')) {
    throw new PatchRefused(`${digest} is a list of images: build for one platform, without attestations`);
  }
  const parsed = imageManifest.safeParse(written);
  if (!parsed.success) throw new PatchRefused(`${digest} has a manifest without configuration or layers`);
  const { config, layers } = parsed.data;
  return { digest, manifest, mediaType, blobs: [...new Set([config, ...layers].map((one) => one.digest))] };
}

/**
 * Brings everything an image consists of from the repository of candidates into the one that it is to run from. The
 * registry checks each part against its digest, and the manifest, which is put there afterwards with a tag, against the
 * image's: what arrives is what was scanned.
 */
export async function copyLayers(
  { digest, blobs }: PushedImage,
  { candidates, repository }: { readonly candidates: string; readonly repository: string },
  tools: CopyTools,
): Promise<void> {
  const missing = await missingBlobs(blobs, repository, tools.ecr);
  tools.say(`copying ${missing.length} of ${blobs.length} parts of ${digest} to the released images`);
  for (const one of missing) await copyBlob(one, candidates, repository, tools);
}

async function missingBlobs(
  blobs: readonly string[],
  repositoryName: string,
  ecr: ECRClient,
): Promise<string[]> {
  const there = new Set<string | undefined>();
  for (let start = 0; start < blobs.length; start += mostLayersAsked) {
    const layerDigests = blobs.slice(start, start + mostLayersAsked);
    const { layers = [] } = await ecr.send(
      new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }),
    );
    for (const { layerDigest, layerAvailability } of layers) {
      if (layerAvailability === 'AVAILABLE') there.add(layerDigest);
    }
  }
  return blobs.filter((digest) => !there.has(digest));
}

/** From the beginning when it breaks off: an upload cannot be taken up by another connection. */
async function copyBlob(digest: string, from: string, to: string, tools: CopyTools): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await upload(digest, to, await download(digest, from, tools), tools.ecr);
    } catch (error) {
      if (error instanceof LayerAlreadyExistsException) return;
      if (tried === blobTries) throw error;
      await tools.pause(blobPauseSeconds);
    }
  }
}

async function download(
  layerDigest: string,
  repositoryName: string,
  { ecr, request }: CopyTools,
): Promise<ReadableStream<Uint8Array>> {
  const { downloadUrl } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
  if (downloadUrl === undefined) throw new Error(`the registry gives no address for ${layerDigest}`);
  // The address is signed: it stands in no message.
  const response = await request(downloadUrl, { signal: AbortSignal.timeout(downloadMilliseconds) });
  if (!response.ok || response.body === null) {
    throw new Error(`the registry answers ${response.status} for ${layerDigest}`);
  }
  return response.body;
}

async function upload(
  layerDigest: string,
  repositoryName: string,
  content: ReadableStream<Uint8Array>,
  ecr: ECRClient,
): Promise<void> {
  const { uploadId, partSize } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  if (uploadId === undefined || partSize === undefined) throw new Error('the registry begins no upload');
  let partFirstByte = 0;
  for await (const layerPartBlob of inParts(content, partSize)) {
    const partLastByte = partFirstByte + layerPartBlob.length - 1;
    await ecr.send(
      new UploadLayerPartCommand({ repositoryName, uploadId, partFirstByte, partLastByte, layerPartBlob }),
    );
    partFirstByte = partLastByte + 1;
  }
  await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layerDigest] }));
}

/** All of one size, but for the last: the registry takes no others. */
async function* inParts(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    gathered.push(Buffer.from(chunk));
    length += chunk.length;
    if (length < size) continue;
    const all = Buffer.concat(gathered);
    const whole = all.length - (all.length % size);
    for (let start = 0; start < whole; start += size) yield all.subarray(start, start + size);
    gathered = [all.subarray(whole)];
    length = all.length - whole;
  }
  if (length > 0) yield Buffer.concat(gathered);
}
