import { SourceError } from './error';

/** Browsers read a file on demand, and refuse if it is gone or was moved or changed since it was given. */
async function reading<T>(name: string, bytes: Promise<T>): Promise<T> {
  return bytes.catch((cause) => {
    throw new SourceError('unreadable', name, { cause });
  });
}

/** For a file that is gone, Chromium reports the size 0 and gives empty slices, but refuses to read the whole file. */
const headOf = (blob: Blob, bytes: number): Blob => (blob.size > 0 ? blob.slice(0, bytes) : blob);

/** Whether a file can still be read: when a stream fails, browsers do not say whether the file is gone or its content is broken. */
export const isReadable = (blob: Blob): Promise<boolean> =>
  headOf(blob, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

/** The first bytes of a file, at most `bytes`. name: the file's. Rejects with a SourceError. */
export const readHead = (blob: Blob, bytes: number, name: string): Promise<ArrayBuffer> =>
  reading(name, headOf(blob, bytes).arrayBuffer());

/** A file as UTF-8 text. name: the file's. Rejects with a SourceError. */
export const readText = (blob: Blob, name: string): Promise<string> => reading(name, blob.text());
