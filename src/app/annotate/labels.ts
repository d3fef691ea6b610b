import type { ReadOptions } from '../../annotate/formats/context';
import type { KnownImage } from '../../annotate/formats/match';
import type { Imported } from '../../annotate/formats/problem';
import { createPause } from '../../async/pause';
import { SourceError } from '../../source/error';
import type { Given } from '../../source/gather';
import { readHead, readText } from '../../source/read';
import { CodeError } from '../shell/code-error';
import type { LabelReply, LabelRequest } from './label-worker';

/** Keys of every supported JSON format; they appear early in a file. */
const LABEL_KEY = /"(images|annotations|categories|keypoints|keypointlabels|joints|joint_self|shapes|pose_keypoints(_2d)?)"\s*:/;
/** Names of OpenPose's files, including those with nobody in them, which have none of these keys. */
const LABEL_NAME = /_keypoints\.json$/i;
const EARLY = 2 ** 20;

/** COCO's largest file is 450 MB, and browsers limit strings to 500 million characters. Bytes. */
const MAX_FILE_BYTES = 500_000_000;
const MAX_TOTAL_BYTES = 1_500_000_000;
/** A label file of one image, or data.yaml, is never this large. Bytes. */
const MAX_SMALL_FILE_BYTES = 20_000_000;
/** Number of small files read at a time. */
const TOGETHER = 16;

/** Opens the file. One that is too large for a browser is refused, if possible before it is unpacked. */
async function open({ name, bytes = 0, read }: Given): Promise<Blob> {
  const blob = bytes > MAX_FILE_BYTES ? undefined : await read();
  if (!blob || blob.size > MAX_FILE_BYTES) throw new SourceError('labels-too-large', name);
  return blob;
}

/** Like open(), for the file's text. */
async function openText(given: Given): Promise<{ readonly size: number; text(): Promise<string> }> {
  const { text, bytes = 0, name } = given;
  if (text && bytes <= MAX_SMALL_FILE_BYTES) return { size: bytes, text };
  const blob = await open(given);
  return { size: blob.size, text: () => readText(blob, name) };
}

/** Folders may be full of other JSON: some services put a file beside every photograph. */
const isLabelJson = async (given: Given) =>
  LABEL_KEY.test(new TextDecoder().decode(await readHead(await open(given), EARLY, given.name)));

const isSmall = async (given: Given) => (given.bytes ?? (await given.read()).size) <= MAX_SMALL_FILE_BYTES;

/** The files among these that may hold labels. Rejects with a SourceError if one cannot be read or is too large, or with the signal's reason. */
export async function labelsAmong(signal: AbortSignal, others: readonly Given[]): Promise<readonly Given[]> {
  const found: Given[] = [];
  for (const given of others) {
    signal.throwIfAborted();
    const { name } = given;
    if (/\.jsonl?$/i.test(name)) {
      if (LABEL_NAME.test(name) || (await isLabelJson(given))) found.push(given);
    } else if (/\.xml$/i.test(name) || (/\.(ya?ml|txt)$/i.test(name) && (await isSmall(given)))) found.push(given);
  }
  return found;
}

/** Groups of files to read together, since most of the time is spent waiting; small in bytes, since unpacked files stay in memory. */
function* inGroups(files: readonly Given[]): Generator<readonly Given[]> {
  let [group, sum]: [Given[], number] = [[], 0];
  for (const file of files) {
    const { bytes = 0 } = file;
    if (group.length === TOGETHER || (group.length > 0 && sum + bytes > MAX_SMALL_FILE_BYTES)) {
      yield group;
      [group, sum] = [[], 0];
    }
    group.push(file);
    sum += bytes;
  }
  if (group.length > 0) yield group;
}

/**
 * Reads label files for these images, in a worker; undefined if none of them holds labels. Rejects with a SourceError if a file cannot be
 * read or is too large, or with the signal's reason. onRead: called now and then with the number of files read.
 */
export async function readLabelFiles(
  signal: AbortSignal,
  given: readonly Given[],
  images: readonly KnownImage[],
  options: ReadOptions,
  onRead: (done: number) => void,
): Promise<Imported | undefined> {
  const files: LabelRequest['files'][number][] = [];
  let sum = 0;
  const pause = createPause(
    () => performance.now(),
    () => new Promise((resolve) => setTimeout(resolve)),
  );
  for (const group of inGroups(given)) {
    const opened = await Promise.all(group.map(openText));
    signal.throwIfAborted();
    sum += opened.reduce((bytes, { size }) => bytes + size, 0);
    if (sum > MAX_TOTAL_BYTES) throw new SourceError('labels-too-large', group.at(-1)?.name);
    const texts = await Promise.all(opened.map(({ text }) => text()));
    for (const [i, { name }] of group.entries()) files.push({ path: name, text: texts[i] ?? '' });
    if (await pause()) onRead(files.length);
  }
  signal.throwIfAborted();
  const known = images.map(({ id, name, size, fileId, cameAlong }) => ({ id, name, size, fileId, cameAlong }));
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
