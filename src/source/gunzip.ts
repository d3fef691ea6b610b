import { atMost } from './at-most';
import { SourceError } from './error';

/** No browser could hold a larger text. Bytes. */
const MOST = 2 ** 29;

/** The content of a gzip file. Rejects with a SourceError: what is no gzip, or is cut short or too large. name: for the error. */
export async function gunzip(blob: Blob, name: string): Promise<Blob> {
  const inflated = blob.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(atMost(MOST));
  try {
    return await new Response(inflated).blob();
  } catch (cause) {
    const code = cause instanceof RangeError ? 'labels-too-large' : cause instanceof DOMException ? 'unreadable' : 'gzip-damaged';
    throw new SourceError(code, name, { cause });
  }
}
