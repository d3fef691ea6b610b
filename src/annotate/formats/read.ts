import { readCoco } from './coco-read';
import type { KnownImage } from './match';
import { isText, isYaml, labelFiles } from './names';
import type { Imported, ImportedImage, MissingImages, Problem } from './problem';
import { readYolo, type TextFile } from './yolo-read';

/** A text file that may hold labels, with its path in the folder or zip that it came in. */
export type LabelFile = TextFile;

/** Reads COCO or YOLO-pose labels, whichever was given; undefined if there are none. Nothing is half-read. */
export function readLabels(
  given: readonly LabelFile[],
  images: readonly KnownImage[],
  missing: MissingImages,
): Imported | undefined {
  const files = labelFiles(given);
  const yaml = files.filter(isYaml);
  if (files.length === 0) return undefined;
  if (yaml.length > 1) return broken(yaml[1]?.path ?? '', 'There are several data.yaml. Drop one data set at a time.');
  if (yaml[0]) {
    const labels = files.filter(isText);
    return labels.length > 0
      ? readYolo(yaml[0], labels, images, missing)
      : broken(yaml[0].path, 'There are no label files (.txt) with it.');
  }
  return joined(files.map(({ path, text }) => ({ path, imported: readCoco(path, text, images, missing) })));
}

const broken = (file: string, what: string): Imported => ({ ok: false, problems: [{ file, where: '', what, kind: 'broken' }] });

/** What several files say, if they speak of different images. */
function joined(parts: readonly { readonly path: string; readonly imported: Imported }[]): Imported {
  const problems: Problem[] = [];
  const images = new Map<number, { image: ImportedImage; path: string }>();
  for (const { path, imported } of parts) {
    if (!imported.ok) problems.push(...imported.problems);
    else {
      for (const image of imported.images) {
        const other = images.get(image.id);
        if (other)
          problems.push({ file: path, where: '', what: `It labels an image that ${other.path} labels, too.`, kind: 'broken' });
        else images.set(image.id, { image, path });
      }
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, images: [...images.values()].map(({ image }) => image) };
}
