import type { AnnotatedImage } from '../../annotate/document';
import { baseName, type KnownImage } from '../../annotate/formats/match';
import type { ImportedImage, Problem } from '../../annotate/formats/problem';
import type { Size } from '../../pose/roi';
import type { Given } from '../../source/gather';
import type { NewImage } from './images';
import type { Ports } from './ports';

/** What was given to be imported: labels, perhaps with their images, into a session that perhaps has them already. */
export interface ImportRequest {
  readonly labels: readonly Given[];
  /** Images that came with the labels. */
  readonly images: readonly Given[];
  readonly session: readonly AnnotatedImage[];
  /** The file of an image of the session. */
  readonly file: (id: number) => Promise<Blob>;
  /** The user was told what would be left out and replaced, and wants it so. */
  readonly anyway: boolean;
}

/** New labels for an image of the session, with its size, which was measured if it was not known. */
export type TakenImage = ImportedImage & { readonly size?: Size };

/** What an import comes to, before anything is changed. */
export type ImportPlan =
  | {
      readonly ok: true;
      /** Images that came, with their labels if there are any. */
      readonly add: readonly NewImage[];
      /** New labels for images of the session. */
      readonly take: readonly TakenImage[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads everything and checks it against the images. Rejects with a SourceError where a label file cannot be read. */
export async function planImport(
  signal: AbortSignal,
  { labels, images, session, file, anyway }: ImportRequest,
  ports: Pick<Ports, 'measureImage' | 'readLabelFiles'>,
): Promise<ImportPlan> {
  const measure = async (name: string, read: () => Promise<Blob>) => {
    try {
      return await ports.measureImage(signal, await read(), name);
    } catch {
      signal.throwIfAborted();
      return undefined; // the labels tell of it if they need it; the list tells why it cannot be opened
    }
  };
  const came: KnownImage[] = [];
  for (const { name, read } of images) came.push({ id: -1 - came.length, name, size: await measure(name, read) });
  const names = new Set(images.map(({ name }) => baseName(name)));
  const there: KnownImage[] = [];
  for (const { id, name, size } of session) {
    if (!names.has(baseName(name))) there.push({ id, name, size: size ?? (await measure(name, () => file(id))) });
  }
  const known = [...came, ...there];
  const strict = await ports.readLabelFiles(signal, labels, known, 'refuse');
  if (!strict) return { ok: true, add: images, take: [] };
  const missing = strict.ok ? [] : strict.problems;
  if (missing.some(({ kind }) => kind === 'broken')) return { ok: false, problems: missing };
  const read = strict.ok ? strict : await ports.readLabelFiles(signal, labels, known, 'skip');
  if (!read?.ok) return { ok: false, problems: missing };
  const sizeOf = new Map(there.map(({ id, size }) => [id, size]));
  const take = read.images
    .filter(({ id }) => id >= 0)
    .map((image): TakenImage => {
      const size = sizeOf.get(image.id);
      return size ? { ...image, size } : image;
    });
  const edited = session.filter((image) => image.edited && take.some(({ id }) => id === image.id));
  const problems = [...missing, ...edited.map((image) => wouldReplace(image, labels[0]?.name ?? ''))];
  if (problems.length > 0 && !anyway) return { ok: false, problems };
  const byId = new Map(read.images.map((image) => [image.id, image]));
  const add = images.map((given, i): NewImage => {
    const { id, size } = came[i] ?? {};
    const { id: _, ...fields } = byId.get(id ?? 0) ?? {};
    return { ...given, ...fields, ...(size && { size }) };
  });
  return { ok: true, add, take };
}

const wouldReplace = ({ name }: AnnotatedImage, file: string): Problem => ({
  file,
  where: name,
  what: 'It has labels here that were set by hand; the import would replace them.',
  kind: 'edited-image',
});
