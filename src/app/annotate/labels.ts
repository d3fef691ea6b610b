import type { KnownImage } from '../../annotate/formats/match';
import { labelFiles } from '../../annotate/formats/names';
import type { Imported, MissingImages } from '../../annotate/formats/problem';
import type { Given } from '../../source/gather';
import { readText } from '../../source/read';
import type { LabelReply, LabelRequest } from './label-worker';

const COCO_KEY = /"(images|annotations|categories)"\s*:/;

/** Folders are full of other JSON: some services put a file beside every photograph. Rejects with a SourceError. */
async function isOtherJson({ name, read }: Given): Promise<boolean> {
  return /\.json$/i.test(name) && !COCO_KEY.test(await readText(await read(), name));
}

/** The files among these that are to be read as labels. Rejects with a SourceError where one cannot be read. */
export async function labelsAmong(others: readonly Given[]): Promise<readonly Given[]> {
  const files: { path: string; given: Given }[] = [];
  for (const given of others) if (!(await isOtherJson(given))) files.push({ path: given.name, given });
  return labelFiles(files).map(({ given }) => given);
}

/** Files of a kind that labels come in. */
export const seemLabels = (others: readonly Given[]) => others.some(({ name }) => /\.(json|csv|ya?ml)$/i.test(name));

/**
 * Reads label files for these images, in a worker. Rejects with a SourceError where a file cannot be read, or with the signal's reason.
 */
export async function readLabelFiles(
  signal: AbortSignal,
  given: readonly Given[],
  images: readonly KnownImage[],
  missing: MissingImages,
): Promise<Imported | undefined> {
  const files = await Promise.all(
    given.map(async ({ name, read }) => ({ path: name, text: await readText(await read(), name) })),
  );
  signal.throwIfAborted();
  const known = images.map(({ id, name, size }) => ({ id, name, size }));
  const worker = new Worker(new URL('./label-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<LabelReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<LabelReply>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || 'the labels could not be read'));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const request: LabelRequest = { files, images: known, missing };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
