import type { SourceErrorCode } from '../../source/error';
import type { Given } from '../../source/gather';
import { readHead } from '../../source/read';
import { type FileKind, fileKind, SNIFF_BYTES } from '../../source/sniff';

/** Data of other programs that cannot be read here; if images come with them, they are most likely labels. */
const FOREIGN_LABELS = /\.(mat|h5|pkl|npz)$/i;
/** Files that are labels or anything else: services put JSON beside every photo, and data sets have tables of other things. */
const PERHAPS_LABELS = /\.(jsonl?|csv|tsv|ya?ml|xml)$/i;

/** The first of the files that seems to hold labels of a kind that cannot be read here. */
export const foreignLabels = (others: readonly Given[]): string | undefined =>
  others.find(({ name }) => FOREIGN_LABELS.test(name))?.name;

/** Kinds of files that have an error message of their own. */
const TOLD: Partial<Record<FileKind, SourceErrorCode>> = { video: 'video', sound: 'sound', pdf: 'pdf', archive: 'archive' };

/**
 * Why nothing of what was given can be annotated: files without an image and without labels among them. Rejects with a SourceError where the
 * first cannot be read.
 */
export async function nothingToTake(others: readonly Given[]): Promise<SourceErrorCode> {
  if (others.some(({ name }) => FOREIGN_LABELS.test(name) || PERHAPS_LABELS.test(name))) return 'no-labels';
  const [first] = others;
  if (!first) return 'no-images';
  const head = await readHead(await first.read(), SNIFF_BYTES, first.name);
  return TOLD[fileKind(new Uint8Array(head))] ?? 'no-images';
}
