import { Document, visit } from 'yaml';
import type { Box, Size } from '../../../pose/roi';
import { JOINTS, MIRROR } from '../../../pose/skeleton';
import { type Label, noLabels } from '../../document';
import { type Categories, categoriesOf } from '../categories';
import type { JointCount } from '../coco/write';
import { boxOf } from '../fields';
import { labelled, peopleOf } from '../notes';
import { withoutExtension } from '../paths';
import type { PlacedImage } from '../placed';
import { provenanceOf } from '../provenance';
import type { Split } from '../split';
import { type Decimal, decimal, dividedBy, half, plus, shortest, writeDecimal } from './decimal';
import { startFromShares, toShare } from './share';

/** Where the images and labels of a YOLO dataset are; a label's path is its image's with the other folder and extension. */
const IMAGES = 'images/';
export const LABELS = 'labels/';

/** Centre and length of one side of a box. */
function centred(start: number, length: number, side: number): [Decimal, Decimal] {
  const share = toShare(length, side);
  const from = decimal(start);
  const centre = shortest(
    start,
    (places) => plus(dividedBy(from, BigInt(side), places), dividedBy(half(share), 1n, places)),
    (made) => startFromShares(made, share, side),
  );
  return [centre, share];
}

function boxFields({ x, y, width, height }: Box, size: Size): Decimal[] {
  const [cx, w] = centred(x, width, size.width);
  const [cy, h] = centred(y, height, size.height);
  return [cx, cy, w, h];
}

function labelFields(label: Label, size: Size): string[] {
  if (!labelled(label)) return ['0', '0', '0'];
  return [writeDecimal(toShare(label.x, size.width)), writeDecimal(toShare(label.y, size.height)), String(label.visibility)];
}

/** One person's line: class, the box's centre and size, and [x, y, v] of each joint, all as shares of the image. */
function yoloLine(number: number, box: Box, labels: readonly Label[], size: Size): string {
  return [String(number), ...boxFields(box, size).map(writeDecimal), ...labels.flatMap((label) => labelFields(label, size))].join(
    ' ',
  );
}

/** An image's label file: a line for each person, empty if there is nobody. Crowds are left out: a trainer would take them for a person. */
export function yoloLabels(image: PlacedImage, classes: Categories, joints: JointCount): string {
  const number = (name: string) => classes.list.findIndex((one) => one.name === name);
  const people = peopleOf(image.document).map((subject) =>
    yoloLine(number(classes.nameOf(subject)), subject.box, subject.labels.slice(0, joints), image.size),
  );
  const others = (provenanceOf(image).others ?? []).flatMap(({ category, fields }) => {
    const box = boxOf(fields.bbox);
    return box && number(category) >= 0 ? [yoloLine(number(category), box, noLabels().slice(0, joints), image.size)] : [];
  });
  return [...people, ...others].map((line) => `${line}\n`).join('');
}

/** The classes of a data set: categories with joints. A pose trainer could not read the boxes of others. */
export function yoloClasses(images: readonly PlacedImage[]): Categories {
  const { list, ...categories } = categoriesOf(images);
  return { list: list.filter(({ joints }) => joints), ...categories };
}

/** The path of an image's label file, as Ultralytics finds it: the last `/images/` of the image's path becomes `/labels/`. */
export const labelPath = (path: string): string => `${LABELS}${withoutExtension(path)}.txt`;

/** data.yaml of the data set. Without validation images the training images stand in for them: trainers require some. */
export function yoloYaml(splits: ReadonlySet<Split | undefined>, classes: Categories, joints: JointCount): string {
  const folder = (...wanted: readonly Split[]) => {
    const split = wanted.find((one) => splits.has(one));
    return `${IMAGES}${split ?? ''}`.replace(/\/$/, '');
  };
  const names = classes.list.map(({ name }, i) => [i, name] as const);
  const data = new Document(
    {
      train: folder('train', 'val', 'test'),
      val: folder('val', 'train', 'test'),
      ...(splits.has('test') && { test: folder('test') }),
      kpt_shape: [joints, 3],
      flip_idx: MIRROR.slice(0, joints),
      names: new Map(names), // keys stay numbers: '0' in quotes is another key to some readers
      kpt_names: new Map(names.map(([i]) => [i, JOINTS.slice(0, joints)])),
    },
    { aliasDuplicateObjects: false },
  );
  visit(data, {
    Seq: (_, list) => {
      list.flow = true; // on one line, as is customary
    },
  });
  return `# People with ${joints} joints, exported by posecade. Fractions of the image's width and height after EXIF orientation, pixel-edge.\n${data.toString({ lineWidth: 0 })}`;
}
