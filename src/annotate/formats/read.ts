import { FILE_NAME } from './bundle';
import { readCoco } from './coco-read';
import { baseName, type KnownImage } from './match';
import type { Imported, ImportedImage, MissingImages, Problem } from './problem';
import { readYolo, type TextFile } from './yolo-read';

/** A text file that may hold labels, with its path in the folder or zip that it came in. */
export type LabelFile = TextFile;

const isYaml = ({ path }: { readonly path: string }) => /\.ya?ml$/i.test(path);
const isText = ({ path }: { readonly path: string }) => /\.txt$/i.test(path) && !/^(readme|classes)/i.test(baseName(path));
const isJson = ({ path }: { readonly path: string }) => /\.json$/i.test(path);

/**
 * Which of the files that were given are to be read as labels. Of an export of ours the COCO-19 file says everything, so the others are
 * passed over; else COCO's files go before YOLO's.
 */
export function labelFiles<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  const ours = files.filter(({ path }) => baseName(path) === FILE_NAME['coco-19']);
  if (ours.length > 0) return ours;
  const coco = files.filter((file) => isJson(file) && baseName(file.path) !== FILE_NAME.mpii);
  if (coco.length > 0) return coco;
  const yaml = files.filter(isYaml);
  return yaml.length > 0 ? [...yaml, ...files.filter(isText)] : [];
}

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
