import type { ReadOptions } from '../../annotate/formats/context';
import type { KnownImage } from '../../annotate/formats/match';
import type { Imported } from '../../annotate/formats/problem';
import { SourceError } from '../../source/error';
import type { Given } from '../../source/gather';
import { readText } from '../../source/read';
import type { LabelReply, LabelRequest } from './label-worker';

/** Keys of every kind of JSON that is read here; they come early in a file. */
const LABEL_KEY = /"(images|annotations|categories|keypoints|keypointlabels|joints)"\s*:/;
const EARLY = 2 ** 20;

/** The largest file of COCO's has 450 MB. A browser's texts end at 500 million letters. Bytes. */
const LARGEST_FILE = 500_000_000;
const LARGEST_SUM = 1_500_000_000;

/** Folders are full of other JSON: some services put a file beside every photograph. Rejects with a SourceError. */
async function isOtherJson({ name, read }: Given): Promise<boolean> {
  if (!/\.json$/i.test(name)) return false;
  return !LABEL_KEY.test(await readText((await read()).slice(0, EARLY), name));
}

/** The files among these that may hold labels. Rejects with a SourceError where one cannot be read. */
export async function labelsAmong(others: readonly Given[]): Promise<readonly Given[]> {
  const found: Given[] = [];
  for (const given of others) {
    if (/\.(json|ya?ml|txt|xml)$/i.test(given.name) && !(await isOtherJson(given))) found.push(given);
  }
  return found;
}

/** Files of a kind that labels come in. */
export const seemLabels = (others: readonly Given[]) => others.some(({ name }) => /\.(json|csv|ya?ml|xml)$/i.test(name));

/**
 * Reads label files for these images, in a worker; undefined if none of them holds labels. Rejects with a SourceError where a file cannot be
 * read or is too large, or with the signal's reason.
 */
export async function readLabelFiles(
  signal: AbortSignal,
  given: readonly Given[],
  images: readonly KnownImage[],
  options: ReadOptions,
): Promise<Imported | undefined> {
  const files: LabelRequest['files'][number][] = [];
  let sum = 0;
  for (const { name, read } of given) {
    const blob = await read();
    signal.throwIfAborted();
    sum += blob.size;
    if (blob.size > LARGEST_FILE || sum > LARGEST_SUM) throw new SourceError('labels-too-large', name);
    files.push({ path: name, text: await readText(blob, name) });
  }
  signal.throwIfAborted();
  const known = images.map(({ id, name, size, fileId }) => ({ id, name, size, fileId }));
  const worker = new Worker(new URL('./label-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<LabelReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<LabelReply>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || 'the labels could not be read'));
      worker.onmessageerror = () => reject(new Error('the labels could not be passed on'));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const request: LabelRequest = { files, images: known, options };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
