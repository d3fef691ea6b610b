import type { SourceErrorCode } from '../../source/error';
import type { Given } from '../../source/gather';
import { readHead } from '../../source/read';
import { type FileKind, fileKind, SNIFF_BYTES } from '../../source/sniff';

/** Data files of other programs, which cannot be read here; alongside images, they are most likely labels. */
const FOREIGN_LABELS = /\.(mat|h5|pkl|npz)$/i;
/** Files that may or may not be labels: services put JSON beside every photo, and data sets include other tables. */
const PERHAPS_LABELS = /\.(jsonl?|csv|tsv|ya?ml|xml)$/i;

/** The first of the files that seems to hold labels in a format that cannot be read here. */
export const foreignLabels = (others: readonly Given[]): string | undefined =>
  others.find(({ name }) => FOREIGN_LABELS.test(name))?.name;

/** Kinds of files that have an error message of their own. */
const TOLD: Partial<Record<FileKind, SourceErrorCode>> = { video: 'video', sound: 'sound', pdf: 'pdf', archive: 'archive' };

/**
 * Why none of the given files can be annotated: there are neither images nor labels among them. Rejects with a SourceError if the first
 * cannot be read.
 */
export async function nothingToTake(others: readonly Given[]): Promise<SourceErrorCode> {
  if (others.some(({ name }) => FOREIGN_LABELS.test(name) || PERHAPS_LABELS.test(name))) return 'no-labels';
  const [first] = others;
  if (!first) return 'no-images';
  const head = await readHead(await first.read(), SNIFF_BYTES, first.name);
  return TOLD[fileKind(new Uint8Array(head))] ?? 'no-images';
}
