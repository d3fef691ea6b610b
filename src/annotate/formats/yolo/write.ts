import { Document, visit } from 'yaml';
import type { Box } from '../../../pose/roi';
import { JOINTS, MIRROR } from '../../../pose/skeleton';
import type { Label, Subject } from '../../document';
import type { JointCount } from '../coco/write';
import { withoutEnding } from '../match';
import { labelled, type SizedImage } from '../notes';
import { type Decimal, decimal, dividedBy, half, minus, plus, shortest, times, toNumber, writeDecimal } from './decimal';

/** Where the images and labels of a YOLO data set lie; a label's path is its image's with the other folder and ending. */
export const IMAGES = 'images/';
export const LABELS = 'labels/';

/** A pixel coordinate as a share of the image's width or height, so that `fromShare` gives exactly it. */
export function toShare(value: number, side: number): Decimal {
  const exact = decimal(value);
  return shortest(
    value,
    (places) => dividedBy(exact, BigInt(side), places),
    (share) => fromShare(share, side),
  );
}

/** Shares are multiplied exactly and rounded once. */
export function fromShare(share: Decimal, side: number): number {
  return toNumber(times(share, BigInt(side)));
}

/** Start of a box's side from the shares of its centre and its length. */
export function startFromShares(centre: Decimal, length: Decimal, side: number): number {
  return toNumber(times(minus(centre, half(length)), BigInt(side)));
}

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

function boxFields({ x, y, width, height }: Box, size: { width: number; height: number }): Decimal[] {
  const [cx, w] = centred(x, width, size.width);
  const [cy, h] = centred(y, height, size.height);
  return [cx, cy, w, h];
}

function labelFields(label: Label, size: { width: number; height: number }): string[] {
  if (!labelled(label)) return ['0', '0', '0'];
  return [writeDecimal(toShare(label.x, size.width)), writeDecimal(toShare(label.y, size.height)), String(label.visibility)];
}

/** One person's line: class, the box's centre and size, and [x, y, v] of each joint, all as shares of the image. */
export function yoloLine({ box, labels }: Subject, image: SizedImage, joints: JointCount): string {
  const fields = labels.slice(0, joints).flatMap((label) => labelFields(label, image.size));
  return ['0', ...boxFields(box, image.size).map(writeDecimal), ...fields].join(' ');
}

/** An image's label file: a line for each person, empty if there is nobody. */
export function yoloLabels(image: SizedImage, joints: JointCount): string {
  return image.document.subjects.map((subject) => `${yoloLine(subject, image, joints)}\n`).join('');
}

/** The path of an image's label file. */
export const labelPath = (name: string): string => `${LABELS}${withoutEnding(name)}.txt`;

/** data.yaml of the data set. Training needs a validation set of its own: both name the same images until somebody parts them. */
export function yoloYaml(joints: JointCount): string {
  const data = new Document({
    path: '.',
    train: IMAGES.slice(0, -1),
    val: IMAGES.slice(0, -1),
    kpt_shape: [joints, 3],
    flip_idx: MIRROR.slice(0, joints),
    names: { 0: 'person' },
    kpt_names: { 0: JOINTS.slice(0, joints) },
  });
  visit(data, {
    Seq: (_, list) => {
      list.flow = true; // on one line, as everybody writes it
    },
  });
  return `# People with ${joints} joints, exported by posecade. Shares of the image's width and height after EXIF orientation, pixel-edge.\n${data.toString({ lineWidth: 0 })}`;
}
