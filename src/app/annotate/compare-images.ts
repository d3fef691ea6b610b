import { matcher } from '../../annotate/formats/match';
import type { Given } from '../../source/gather';
import { isSameFile } from '../../source/same-file';
import type { ImageRecord } from './image-record';
import { returnedFiles } from './new-images';

/** Given images, compared with those of a session. */
export interface ComparedImages {
  /** The session does not have them; a different file of the same name is another image. */
  readonly fresh: readonly Given[];
  /** The ids of those that it has. */
  readonly again: ReadonlySet<number>;
  /** The files of those that had lost theirs, by their ids. */
  readonly returned: ReadonlyMap<number, Given>;
}

/**
 * Compares images with those of a session by their names and bytes. An export packs an image under other folders than it came in, so these
 * only must not contradict each other. Rejects with the signal's reason. file: of an image of the session; onCompared: called with the
 * number of given images compared so far.
 */
export async function compareImages(
  signal: AbortSignal,
  images: readonly Given[],
  records: readonly ImageRecord[],
  file: (id: number) => Promise<Blob>,
  onCompared: (done: number) => void,
): Promise<ComparedImages> {
  const there = records.filter((record) => record.file.kind === 'saved' || record.file.kind === 'pending');
  const ids = new Map(there.map(({ name, id }) => [name, id]));
  const find = matcher(there);
  const again = new Set<number>();
  const named = new Set(images.map(({ name }) => ids.get(name)));
  const others: Given[] = [];
  for (const [i, image] of images.entries()) {
    signal.throwIfAborted();
    const match = find({ path: image.name, from: '' });
    const elsewhere = typeof match === 'string' || named.has(match.id) ? undefined : match.id; // one by its full name comes first
    const id = ids.get(image.name) ?? elsewhere;
    if (id !== undefined) onCompared(i);
    if (id !== undefined && !again.has(id) && (await isSameFile(() => file(id), image.read))) again.add(id);
    else others.push(image);
  }
  signal.throwIfAborted();
  const returned = returnedFiles(records, others);
  const used = new Set(returned.values());
  return { fresh: others.filter((image) => !used.has(image)), again, returned };
}
