import { type AnnotatedImage, isReviewed } from '../../annotate/document';
import type { ReadOptions } from '../../annotate/formats/context';
import type { JointQuestion } from '../../annotate/formats/joint-table';
import type { KnownImage } from '../../annotate/formats/match';
import type { ImportedImage, Problem } from '../../annotate/formats/problem';
import type { Size } from '../../pose/roi';
import type { Given } from '../../source/gather';
import type { NewImage } from './new-images';
import type { Ports } from './ports';

/** What was given to be imported: labels, perhaps with their images, into a session that perhaps has them already. */
export interface ImportRequest {
  readonly labels: readonly Given[];
  /** Images that came with the labels. */
  readonly images: readonly Given[];
  readonly session: readonly AnnotatedImage[];
  /** The file of an image of the session. */
  readonly file: (id: number) => Promise<Blob>;
  readonly options: ReadOptions;
  /** Told now and then how many of the images that came have been measured. */
  readonly onMeasured: (done: number) => void;
  /** Told now and then how many of the label files have been read. */
  readonly onRead: (done: number) => void;
  /** The user was told what would be left out and replaced, and wants it so. */
  readonly anyway: boolean;
}

/** So many images are measured at a time: the time goes into waiting for their files. */
const TOGETHER = 16;

/** New labels for an image of the session, with its size, which was measured if it was not known. */
export type ImportedLabels = ImportedImage & { readonly size?: Size };

/** What an import comes to, before anything is changed. */
export type ImportPlan =
  /** None of the files holds labels. */
  | { readonly kind: 'no-labels' }
  /** Only the user can tell what the joints are. */
  | { readonly kind: 'question'; readonly question: JointQuestion }
  /** The user should know this first. sound: the images whose labels could be taken, of all that the files speak of. */
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly sound: number; readonly total: number }
  | {
      readonly kind: 'ready';
      /** Images that came, with their labels if there are any. */
      readonly add: readonly NewImage[];
      /** New labels for images of the session. */
      readonly take: readonly ImportedLabels[];
      /** What was understood in a way that the user should know of; sentences. */
      readonly notes: readonly string[];
      /** Paths of files that hold no labels. */
      readonly passedOver: readonly string[];
    };

/** Reads everything and checks it against the images. Rejects with a SourceError where a label file cannot be read. */
export async function planImport(
  signal: AbortSignal,
  { labels, images, session, file, options, onMeasured, onRead, anyway }: ImportRequest,
  ports: Pick<Ports, 'measureImage' | 'readLabelFiles'>,
): Promise<ImportPlan> {
  const measure = async (name: string, read: () => Promise<Blob>) => {
    signal.throwIfAborted();
    try {
      return await ports.measureImage(signal, await read(), name);
    } catch {
      signal.throwIfAborted();
      return undefined; // reported where labels need it; the list says why it cannot be opened
    }
  };
  const came: KnownImage[] = [];
  while (came.length < images.length) {
    const begin = came.length;
    const some = images.slice(begin, begin + TOGETHER);
    const sizes = await Promise.all(some.map(({ name, read }) => measure(name, read)));
    signal.throwIfAborted();
    came.push(...some.map(({ name }, i) => ({ id: -1 - begin - i, name, size: sizes[i], cameAlong: true })));
    onMeasured(came.length);
  }
  const names = new Set(images.map(({ name }) => name)); // one of the very same path is another copy of the session's image
  const there: KnownImage[] = [];
  for (const { id, name, size, foreign } of session) {
    if (names.has(name)) continue;
    there.push({ id, name, size: size ?? (await measure(name, () => file(id))), fileId: foreign?.id });
  }
  const read = await ports.readLabelFiles(signal, labels, [...came, ...there], options, onRead);
  if (!read) return { kind: 'no-labels' };
  if (read.question) return { kind: 'question', question: read.question };
  const byId = new Map(read.images.map((image) => [image.id, image]));
  const reviewed = session.filter((image) => isReviewed(image) && byId.has(image.id));
  const problems = [...read.problems, ...reviewed.map((image) => wouldReplace(image, labels[0]?.name ?? ''))];
  if (problems.length > 0 && !anyway) return { kind: 'problems', problems, sound: read.images.length, total: read.total };
  const add = images.map((given, i): NewImage => {
    const { id, size } = came[i] ?? {};
    const { id: _, ...fields } = byId.get(id ?? 0) ?? {};
    return { ...given, ...fields, ...(size && { size }) };
  });
  const take = there.flatMap(({ id, size }): ImportedLabels[] => {
    const image = byId.get(id);
    return image ? [{ ...image, ...(size && { size }) }] : [];
  });
  return { kind: 'ready', add, take, notes: read.notes, passedOver: read.passedOver };
}

const wouldReplace = ({ name, edited, verdict }: AnnotatedImage, file: string): Problem => ({
  file,
  where: name,
  what: edited
    ? 'The import would replace manual edits of this image.'
    : `You have ${verdict} this image. The import would replace its labels.`,
  kind: 'reviewed-image',
});
