import { type AnnotatedImage, isReviewed } from '../../annotate/document';
import type { ReadOptions } from '../../annotate/formats/context';
import type { JointQuestion } from '../../annotate/formats/joint-table';
import type { KnownImage } from '../../annotate/formats/match';
import type { ImportedImage, Problem } from '../../annotate/formats/problem';
import type { Size } from '../../pose/roi';
import type { Given } from '../../source/gather';
import type { NewImage } from './new-images';
import type { Ports } from './ports';

/**
 * What the user decided once told what would be left out and replaced. keep: images that were edited, accepted or flagged keep their labels.
 * replace: they get the imported ones.
 */
export type Decision = 'undecided' | 'keep' | 'replace';

/** What is to be imported: labels, possibly with their images, into a session that may already have those. */
export interface ImportRequest {
  readonly labels: readonly Given[];
  /** Images that came with the labels, and that the session does not have. */
  readonly images: readonly Given[];
  readonly session: readonly AnnotatedImage[];
  /** The ids of the session's images that came with the labels once more. */
  readonly again: ReadonlySet<number>;
  /** The file of an image of the session. */
  readonly file: (id: number) => Promise<Blob>;
  /** Kept while the user is asked something, so that nothing is measured twice. */
  readonly sizes: Sizes;
  readonly options: ReadOptions;
  /** Called now and then with the number of given images measured so far. */
  readonly onMeasured: (done: number) => void;
  /** Called now and then with the number of label files read so far. */
  readonly onRead: (done: number) => void;
  readonly decision: Decision;
}

/** Number of images measured at a time: most of the time is spent waiting for their files. */
const TOGETHER = 16;

/** New labels for an image of the session, with its size, which was measured if unknown. */
export type ImportedLabels = ImportedImage & { readonly size?: Size };

/** The outcome of an import, before anything is changed. */
export type ImportPlan =
  /** None of the files holds labels. */
  | { readonly kind: 'no-labels' }
  /** Only the user can tell what the joints are. */
  | { readonly kind: 'question'; readonly question: JointQuestion }
  /** The user should know about these first. valid: how many images have labels that can be taken, out of all that the files refer to. */
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly valid: number; readonly total: number }
  | {
      readonly kind: 'ready';
      /** The given images, with their labels if there are any. */
      readonly add: readonly NewImage[];
      /** New labels for images of the session. */
      readonly take: readonly ImportedLabels[];
      /** Ids of images of the session that were flagged before they had labels. */
      readonly flag: readonly number[];
      /** How many images keep their labels although there are new ones. */
      readonly kept: number;
      /** Interpretations that the user should know about; sentences. */
      readonly notes: readonly string[];
      /** Paths of files that hold no labels. */
      readonly passedOver: readonly string[];
    };

type Measuring = Pick<Ports, 'measureImage'>;

/** The sizes of images measured so far: of given ones, and of those of the session by their ids. */
export type Sizes = Map<Given | number, Size>;

interface Unmeasured extends Pick<Given, 'name' | 'read'> {
  readonly key: Given | number;
}

/** The size of an image; undefined if it cannot be opened, which is reported if labels need it; the list shows why. */
async function measured(signal: AbortSignal, { key, name, read }: Unmeasured, sizes: Sizes, { measureImage }: Measuring) {
  signal.throwIfAborted();
  try {
    const size = sizes.get(key) ?? (await measureImage(signal, await read(), name));
    sizes.set(key, size);
    return size;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** The sizes of images, in their order. */
async function measuredAll(
  signal: AbortSignal,
  images: readonly Unmeasured[],
  sizes: Sizes,
  ports: Measuring,
  onMeasured?: (done: number) => void,
): Promise<(Size | undefined)[]> {
  const found: (Size | undefined)[] = [];
  while (found.length < images.length) {
    const some = images.slice(found.length, found.length + TOGETHER);
    found.push(...(await Promise.all(some.map((image) => measured(signal, image, sizes, ports)))));
    signal.throwIfAborted();
    onMeasured?.(found.length);
  }
  return found;
}

/** The session's images in the form needed to read labels; those that were never opened are measured. file: of an image, by its id. */
export async function knownImages(
  signal: AbortSignal,
  session: readonly AnnotatedImage[],
  file: ImportRequest['file'],
  sizes: Sizes,
  ports: Measuring,
): Promise<KnownImage[]> {
  const unopened = session.filter(({ size }) => !size).map(({ id, name }) => ({ key: id, name, read: () => file(id) }));
  await measuredAll(signal, unopened, sizes, ports);
  return session.map(({ id, name, size, foreign }) => ({ id, name, size: size ?? sizes.get(id), fileId: foreign?.id }));
}

/** Reads everything and checks it against the images. Rejects with a SourceError if a label file cannot be read. */
export async function planImport(
  signal: AbortSignal,
  { labels, images, session, again, file, sizes, options, onMeasured, onRead, decision }: ImportRequest,
  ports: Pick<Ports, 'measureImage' | 'readLabelFiles'>,
): Promise<ImportPlan> {
  const given = images.map((image) => ({ key: image, name: image.name, read: image.read }));
  const found = await measuredAll(signal, given, sizes, ports, onMeasured);
  const came = images.map(({ name }, i): KnownImage => ({ id: -1 - i, name, size: found[i], cameAlong: true }));
  const names = new Set(images.map(({ name }) => name)); // labels mean a given image rather than an earlier one with the same path
  const others = session.filter(({ name }) => !names.has(name));
  const known = await knownImages(signal, others, file, sizes, ports);
  const there = known.map((image) => ({ ...image, cameAlong: again.has(image.id) }));
  const read = await ports.readLabelFiles(signal, labels, [...came, ...there], options, onRead);
  if (!read) return { kind: 'no-labels' };
  if (read.question) return { kind: 'question', question: read.question };
  const byId = new Map(read.images.map((image) => [image.id, image]));
  const reviewed = session.filter((image) => isReviewed(image) && byId.has(image.id));
  const problems = [...read.problems, ...reviewed.map((image) => wouldReplace(image, labels[0]?.name ?? ''))];
  if (problems.length > 0 && decision === 'undecided')
    return { kind: 'problems', problems, valid: read.images.length, total: read.total };
  const flagged = new Set(read.flagged.filter((id) => !byId.has(id)));
  const add = images.map((given, i): NewImage => {
    const { id, size } = came[i] ?? {};
    const { id: _, ...fields } = byId.get(id ?? 0) ?? {};
    const verdict = id !== undefined && flagged.has(id) && { verdict: 'flagged' as const };
    return { ...given, ...verdict, ...fields, ...(size && { size }) };
  });
  const kept = new Set(decision === 'keep' ? reviewed.map(({ id }) => id) : []);
  const take = there.flatMap(({ id, size }): ImportedLabels[] => {
    const image = kept.has(id) ? undefined : byId.get(id);
    return image ? [{ ...image, ...(size && { size }) }] : [];
  });
  const flag = [...flagged].filter((id) => id >= 0); // the others were just given
  return { kind: 'ready', add, take, flag, kept: kept.size, notes: read.notes, passedOver: read.passedOver };
}

const wouldReplace = ({ name, edited, verdict }: AnnotatedImage, file: string): Problem => ({
  file,
  where: name,
  what: edited
    ? 'The import would replace manual edits of this image.'
    : `You have ${verdict} this image. The import would replace its labels.`,
  kind: 'reviewed-image',
});
