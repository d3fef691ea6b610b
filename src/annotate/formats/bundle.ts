import type { AnnotatedImage } from '../document';
import { cocoFile, type JointCount } from './coco';
import { csvLong, csvWide } from './csv';
import { withoutEnding } from './match';
import { mpiiFile } from './mpii';
import { type ExportFormat, FILE_NAME, isOneFile, type TextFormat } from './names';
import { COORDINATES, type SizedImage, sized } from './notes';
import { IMAGES, labelPath, yoloLabels, yoloYaml } from './yolo';

/** One file of an export: a text, or the file of an image. */
export type ExportEntry =
  | { readonly path: string; readonly text: string }
  /** image: its id in the session. */
  | { readonly path: string; readonly image: number };

/** The files of an export, one after the other, so that only one has to be in memory at a time. */
export function* exportEntries(
  images: readonly AnnotatedImage[],
  format: ExportFormat,
  withImages: boolean,
  created: Date,
): Generator<ExportEntry> {
  const named = withPaths(sized(images));
  if (format === 'all') {
    yield { path: 'README.txt', text: README };
    for (const one of Object.keys(FILE_NAME) as TextFormat[]) yield { path: FILE_NAME[one], text: textOf(named, one, created) };
    yield* yoloEntries(named, 19);
  } else if (isOneFile(format)) yield { path: FILE_NAME[format], text: textOf(named, format, created) };
  else yield* yoloEntries(named, format === 'yolo-19' ? 19 : 17);
  if (withImages) for (const { id, name } of named) yield { path: IMAGES + name, image: id };
}

/** The text of a format that is one file. */
function textOf(images: readonly AnnotatedImage[], format: TextFormat, created: Date): string {
  if (format === 'mpii') return JSON.stringify(mpiiFile(images));
  if (format === 'csv-long') return csvLong(images);
  if (format === 'csv-wide') return csvWide(images);
  return JSON.stringify(cocoFile(images, format === 'coco-19' ? 19 : 17, created));
}

function* yoloEntries(images: readonly SizedImage[], joints: JointCount): Generator<ExportEntry> {
  yield { path: 'data.yaml', text: yoloYaml(joints) };
  for (const image of images) yield { path: labelPath(image.name), text: yoloLabels(image, joints) };
}

/**
 * Names that are paths inside a folder and differ even without their endings, as YOLO's label files do: of a.jpg and a.png the second
 * becomes a-png.png. The others keep their names.
 */
function withPaths(images: readonly SizedImage[]): SizedImage[] {
  const taken = new Set<string>();
  return images.map((image) => {
    const inside = image.name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    if (`${inside[0]}/` === IMAGES && inside.length > 1) inside.shift(); // of an export that was opened again
    const name = inside.join('/') || 'image';
    const ending = name.slice(withoutEnding(name).length);
    let stem = withoutEnding(name);
    if (taken.has(stem)) stem += `-${ending.slice(1)}`;
    while (taken.has(stem)) stem += '-2';
    taken.add(stem);
    return { ...image, name: stem + ending };
  });
}

const README = `Labels of people's joints, exported by posecade.

Coordinates: ${COORDINATES}

coco-19.json      COCO key points with neck and head_top: the whole session; drop it on posecade to go on with it
coco-17.json      COCO key points, COCO's own 17
data.yaml, labels YOLO-pose with 19 joints: shares of the image's width and height
mpii.json         MPII's 16 joints; places are not 1-based
joints-*.csv      for spreadsheets: a line for each joint, or for each person
`;
