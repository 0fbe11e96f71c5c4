import type { IConstruct } from 'constructs';
import type { MediaBucket } from './media-bucket.ts';
import type { MediaFileSystem } from './media-file-system.ts';

/** Where the shop keeps its media, and how its container finds them. */
export type ShopMedia =
  | { readonly kind: 'file-system'; readonly files: MediaFileSystem; readonly mountPath: string }
  | { readonly kind: 'bucket'; readonly bucket: MediaBucket; readonly environmentVariable: string }
  | { readonly kind: 'none' };

/** The store itself, on which its readers are declared. */
export function mediaStore(media: ShopMedia): IConstruct | undefined {
  switch (media.kind) {
    case 'file-system':
      return media.files.fileSystem;
    case 'bucket':
      return media.bucket;
    case 'none':
      return undefined;
  }
}
