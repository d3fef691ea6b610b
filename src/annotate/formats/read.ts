import { isResults } from './coco/kinds';
import { RESULTS_READER, unreadNote } from './coco/results';
import { ReadContext, type ReadOptions } from './context';
import type { TextFile } from './label-file';
import { labelFile } from './label-file';
import type { KnownImage } from './match';
import { type Imported, NOTHING } from './problem';
import { READERS } from './registry';

/**
 * Reads the labels among these files; undefined if there are none. The first reader that finds images in some of them reads those, and the
 * rest is skipped: one text file of numbers may look like labels of another format. If none finds any, the first one says why.
 */
export function readLabels(
  given: readonly TextFile[],
  images: readonly KnownImage[],
  options: ReadOptions,
): Imported | undefined {
  const files = given.map(labelFile);
  const context = new ReadContext(images, options);
  const unread = files.flatMap((file) => (file.kind === 'broken' ? file.problems : []));
  let fruitless: Imported | undefined;
  for (const reader of READERS) {
    const own = files.filter((file) => reader.takes(file));
    if (own.length === 0) continue;
    const beside = files.filter((file) => !own.includes(file));
    const read = reader.read(own, context, beside);
    if (context.question) return { ...NOTHING, question: context.question };
    if (read.total === 0 && read.problems.length === 0) continue;
    const predictions = reader === RESULTS_READER ? [] : beside.filter(isResults).map(({ path }) => path);
    const passedOver = beside
      .filter((file) => file.kind !== 'broken' && !predictions.includes(file.path))
      .map(({ path }) => path);
    const result = {
      ...read,
      problems: [...read.problems, ...unread],
      notes: predictions.length > 0 ? [...read.notes, unreadNote(predictions)] : read.notes,
      passedOver: [...read.passedOver, ...passedOver],
    };
    if (read.images.length + read.flagged.length > 0) return result;
    fruitless ??= result;
  }
  if (fruitless) return fruitless;
  return unread.length > 0 ? { ...NOTHING, problems: unread } : undefined;
}
