import { atMost } from './at-most';
import { collectBlob } from './collect';
import { SourceError } from './error';
import { isReadable } from './read';

/** No browser could hold a larger text. Bytes. */
const MAX_BYTES = 2 ** 29;

/** The content of a gzip file. Rejects with a SourceError if it is no gzip, truncated, too large or gone. name: for the error. */
export async function gunzip(blob: Blob, name: string): Promise<Blob> {
  const inflated = blob.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(atMost(MAX_BYTES));
  try {
    return await collectBlob(inflated);
  } catch (cause) {
    if (cause instanceof RangeError) throw new SourceError('labels-too-large', name, { cause });
    throw new SourceError((await isReadable(blob)) ? 'gzip-damaged' : 'unreadable', name, { cause });
  }
}
