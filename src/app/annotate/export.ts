import type { AnnotatedImage } from '../../annotate/document';
import { exportEntries } from '../../annotate/formats/bundle';
import { type ExportFormat, isOneFile } from '../../annotate/formats/names';
import { pack } from './zip';

export interface ExportChoice {
  readonly format: ExportFormat;
  /** The files of the images, too. */
  readonly withImages: boolean;
  readonly images: readonly AnnotatedImage[];
}

/** A file for the user to keep. */
export interface Exported {
  readonly name: string;
  readonly blob: Blob;
  /** Paths of the images whose files could not be read: they are not in it. */
  readonly missing: readonly string[];
}

export interface ExportParts {
  /** The file of an image, by its id in the session. */
  readonly file: (image: number) => Promise<Blob>;
  readonly onProgress: (done: number, total: number) => void;
  readonly now: Date;
}

const PREFIX = 'posecade-';
const TYPE = { json: 'application/json', csv: 'text/csv' } as const;

/** One text file, or a zip of several. Rejects with the signal's reason, or with an ExportError. */
export async function makeExport(
  signal: AbortSignal,
  choice: ExportChoice,
  { file, onProgress, now }: ExportParts,
): Promise<Exported> {
  const { format, withImages, images } = choice;
  const entries = exportEntries(images, format, withImages, now);
  if (isOneFile(format) && !withImages) {
    const [entry] = entries;
    if (!entry || !('text' in entry)) throw new RangeError(`${format} has no text`);
    const type = TYPE[entry.path.endsWith('.csv') ? 'csv' : 'json'];
    return { name: PREFIX + entry.path, blob: new Blob([entry.text], { type }), missing: [] };
  }
  const total = images.length * ((withImages ? 1 : 0) + (isOneFile(format) ? 0 : 1));
  const { blob, missing } = await pack(signal, entries, { file, onProgress: (done) => onProgress(done, Math.max(total, done)) });
  return { name: `${PREFIX}${format === 'all' ? 'labels' : format}.zip`, blob, missing };
}
