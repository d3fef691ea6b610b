import type { SourceErrorCode } from '../../source/error';
import type { Given } from '../../source/gather';
import { type FileKind, fileKind, SNIFF_BYTES } from '../../source/sniff';

/** Labels of other programs, which cannot be read here. */
const FOREIGN_LABELS = /\.(csv|tsv|mat|h5|pkl|npz)$/i;
/** Files of a kind that labels come in, here or elsewhere. */
const LABEL_NAME = /\.(jsonl?|csv|tsv|ya?ml|xml|mat|h5|pkl|npz)$/i;

/** The first of the files that seems to hold labels of a kind that cannot be read here. Not other JSON: services put some beside every photo. */
export const foreignLabels = (others: readonly Given[]): string | undefined =>
  others.find(({ name }) => FOREIGN_LABELS.test(name))?.name;

/** Kinds of which something can be said. */
const TOLD: Partial<Record<FileKind, SourceErrorCode>> = { video: 'video', sound: 'sound', pdf: 'pdf', archive: 'archive' };

/** Why nothing of what was given can be annotated: files without an image and without labels among them. */
export async function nothingToTake(others: readonly Given[]): Promise<SourceErrorCode> {
  if (others.some(({ name }) => LABEL_NAME.test(name))) return 'no-labels';
  const [first] = others;
  const head = await first?.read().then(
    (blob) => blob.slice(0, SNIFF_BYTES).arrayBuffer(),
    () => undefined, // it could not be read: no more is known of it
  );
  return (head && TOLD[fileKind(new Uint8Array(head))]) ?? 'no-images';
}
