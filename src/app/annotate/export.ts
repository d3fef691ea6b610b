import type { AnnotatedImage } from '../../annotate/document';
import { splitsOf } from '../../annotate/formats/assign-splits';
import { exportEntries } from '../../annotate/formats/export';
import type { Format } from '../../annotate/formats/format';
import { withoutExtension } from '../../annotate/formats/paths';
import { packedName } from '../../annotate/formats/placed';
import { annotatedImage, type ImageRecord, isDrafted, verdictOf } from './image-record';
import { pack } from './zip';

export interface ExportChoice {
  readonly format: Format;
  /** Include the image files. */
  readonly withImages: boolean;
  /** Share of the images for validation, 0..1, if none came marked as such. */
  readonly validation: number;
  readonly images: readonly AnnotatedImage[];
  /** Names of images that are left out, because they have no draft yet, but were flagged. */
  readonly flagged: readonly string[];
}

/** What a session can export, and how many of its images are left out. */
export interface Exportable {
  readonly images: readonly AnnotatedImage[];
  /** These have no draft yet, or it failed: as labels, they would claim that nobody is there. */
  readonly undrafted: number;
  /** The names of those that were flagged. */
  readonly flagged: readonly string[];
  /** These have labels, but were never opened: their size is unknown. */
  readonly unopened: number;
}

export function exportable(records: readonly ImageRecord[]): Exportable {
  const drafted = records.filter(isDrafted);
  const undrafted = records.filter((record) => !isDrafted(record));
  const flagged = undrafted.filter((record) => verdictOf(record) === 'flagged').map(({ name }) => name);
  const images = drafted.filter(({ size }) => size !== undefined).map(annotatedImage);
  return { images, undrafted: undrafted.length, flagged, unopened: drafted.length - images.length };
}

/** What an export of accepted images alone has; it names no flagged images, because they were to be left out. */
export function acceptedAmong({ images }: Exportable): Pick<Exportable, 'images' | 'flagged'> {
  return { images: images.filter(({ verdict }) => verdict === 'accepted'), flagged: [] };
}

const SPLITS = [
  ['train', 'training'],
  ['val', 'validation'],
  ['test', 'testing'],
] as const;

/** How many of the images are for what: '90 for training, 10 for validation'. Empty without splits. validation: as for an export. */
export function splitWords(images: readonly AnnotatedImage[], validation: number): string {
  const splits = splitsOf(images, validation);
  return SPLITS.flatMap(([split, word]) => {
    const { length } = splits.filter((one) => one === split);
    return length > 0 ? [`${length} for ${word}`] : [];
  }).join(', ');
}

/** Extensions of images that programs which use the format do not open: '.gif, .jxl'. packed: the export has the image files. */
export function unopenedBy({ opens }: Format, images: readonly AnnotatedImage[], packed: boolean): string {
  if (!opens) return '';
  const names = images.map(({ name }) => (packed ? packedName(name) : name)).filter((name) => !opens.test(name));
  return [...new Set(names.map((name) => name.slice(withoutExtension(name).length).toLowerCase() || 'none'))].join(', ');
}

/** A file for the user to save. */
export interface Exported {
  readonly name: string;
  readonly blob: Blob;
  /** Paths of the images that are left out because their files could not be read. */
  readonly missing: readonly string[];
}

export interface ExportParts {
  /** The file of an image, by its id in the session. */
  readonly file: (image: number) => Promise<Blob>;
  readonly onProgress: (done: number, total: number) => void;
  readonly now: Date;
}

/**
 * Makes one text file, or a zip of several (an export with its images, or one split into training and validation files). Rejects with the
 * signal's reason, or with an ExportError.
 */
export async function makeExport(
  signal: AbortSignal,
  choice: ExportChoice,
  { file, onProgress, now }: ExportParts,
): Promise<Exported> {
  const { format, withImages, validation, images, flagged } = choice;
  const { id, extension, mime } = format;
  const made = () => exportEntries(images, format, { withImages, validation, created: now, flagged });
  if (extension !== 'zip' && !withImages) {
    const [entry, another] = made();
    if (!another) {
      const text = entry && 'text' in entry ? entry.text : '';
      return { name: `posecade-${id}.${extension}`, blob: new Blob([text], { type: mime }), missing: [] };
    }
  }
  const total = images.length * ((withImages ? 1 : 0) + (extension === 'zip' ? 1 : 0));
  const { blob, missing } = await pack(signal, made(), { file, onProgress: (done) => onProgress(done, Math.max(total, done)) });
  return { name: `posecade-${id}.zip`, blob, missing };
}
