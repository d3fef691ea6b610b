import type { AnnotatedImage } from '../../annotate/document';
import { exportEntries } from '../../annotate/formats/export';
import type { Format } from '../../annotate/formats/format';
import { pack } from './zip';

export interface ExportChoice {
  readonly format: Format;
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

/** One text file, or a zip of several. Rejects with the signal's reason, or with an ExportError. */
export async function makeExport(
  signal: AbortSignal,
  choice: ExportChoice,
  { file, onProgress, now }: ExportParts,
): Promise<Exported> {
  const { format, withImages, images } = choice;
  const { id, extension, mime } = format;
  const entries = exportEntries(images, format, withImages, now);
  if (extension !== 'zip' && !withImages) {
    const texts = [...entries].map((entry) => ('text' in entry ? entry.text : ''));
    return { name: `posecade-${id}.${extension}`, blob: new Blob(texts, { type: mime }), missing: [] };
  }
  const total = images.length * ((withImages ? 1 : 0) + (extension === 'zip' ? 1 : 0));
  const { blob, missing } = await pack(signal, entries, { file, onProgress: (done) => onProgress(done, Math.max(total, done)) });
  return { name: `posecade-${id}.zip`, blob, missing };
}
