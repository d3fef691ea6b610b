import type { ReadOptions } from '../../annotate/formats/context';
import type { KnownImage } from '../../annotate/formats/match';
import type { Imported } from '../../annotate/formats/problem';
import { SourceError } from '../../source/error';
import type { Given } from '../../source/gather';
import { readText } from '../../source/read';
import { CodeError } from '../shell/code-error';
import type { LabelReply, LabelRequest } from './label-worker';

/** Keys of every kind of JSON that is read here; they come early in a file. */
const LABEL_KEY = /"(images|annotations|categories|keypoints|keypointlabels|joints)"\s*:/;
const EARLY = 2 ** 20;

/** The largest file of COCO's has 450 MB. A browser's texts end at 500 million letters. Bytes. */
const LARGEST_FILE = 500_000_000;
const LARGEST_SUM = 1_500_000_000;
/** A label file of one image, or data.yaml, is never so large. Bytes. */
const LARGEST_SMALL_FILE = 20_000_000;

/** The file, unless it is too large for a browser, which is told before it is unpacked. */
async function open({ name, bytes = 0, read }: Given): Promise<Blob> {
  const blob = bytes > LARGEST_FILE ? undefined : await read();
  if (!blob || blob.size > LARGEST_FILE) throw new SourceError('labels-too-large', name);
  return blob;
}

/** Folders are full of other JSON: some services put a file beside every photograph. */
const isLabelJson = async (given: Given) => LABEL_KEY.test(await readText((await open(given)).slice(0, EARLY), given.name));

const isSmall = async (given: Given) => (given.bytes ?? (await given.read()).size) <= LARGEST_SMALL_FILE;

/** The files among these that may hold labels. Rejects with a SourceError where one cannot be read or is too large. */
export async function labelsAmong(others: readonly Given[]): Promise<readonly Given[]> {
  const found: Given[] = [];
  for (const given of others) {
    const { name } = given;
    if (/\.json$/i.test(name)) {
      if (await isLabelJson(given)) found.push(given);
    } else if (/\.xml$/i.test(name) || (/\.(ya?ml|txt)$/i.test(name) && (await isSmall(given)))) found.push(given);
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
  for (const one of given) {
    const blob = await open(one);
    signal.throwIfAborted();
    sum += blob.size;
    if (sum > LARGEST_SUM) throw new SourceError('labels-too-large', one.name);
    files.push({ path: one.name, text: await readText(blob, one.name) });
  }
  signal.throwIfAborted();
  const known = images.map(({ id, name, size, fileId }) => ({ id, name, size, fileId }));
  const worker = new Worker(new URL('./label-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<LabelReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<LabelReply>) => resolve(data);
      worker.onerror = ({ message }) => reject(message ? new Error(message) : new CodeError());
      worker.onmessageerror = () => reject(new Error('the labels could not be passed on'));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const request: LabelRequest = { files, images: known, options };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
