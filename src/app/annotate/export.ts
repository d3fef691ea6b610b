import type { AnnotatedImage } from '../../annotate/document';
import { exportEntries } from '../../annotate/formats/export';
import type { Format } from '../../annotate/formats/format';
import { pack } from './zip';

export interface ExportChoice {
  readonly format: Format;
  /** The files of the images, too. */
  readonly withImages: boolean;
  /** How many of the images are for validation, 0..1, where none came as such. */
  readonly validation: number;
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

/** One text file, or a zip of several (an export with its images, or one in training and validation files). Rejects with the signal's reason, or with an ExportError. */
export async function makeExport(
  signal: AbortSignal,
  choice: ExportChoice,
  { file, onProgress, now }: ExportParts,
): Promise<Exported> {
  const { format, withImages, validation, images } = choice;
  const { id, extension, mime } = format;
  const made = () => exportEntries(images, format, { withImages, validation, created: now });
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
