/**
 * Decodes the detector's maps into boxes: peaks among 3 x 3 cells, the best of overlapping boxes, then for each of them the mean of the cells
 * that nearly agree with it (training/posecade/detector/decode.py).
 */
import { logistic } from './logistic';
import { type Box, iou, type Size } from './roi';
import { cropPoint, cropToImage, type Roi } from './space';

/** A person's box, and the probability that somebody is there. */
export interface Detection {
  readonly box: Box;
  readonly score: number;
}

/**
 * Boxes with a higher IoU belong to one person. High, because people who are close together have similar boxes; duplicates are recognised by
 * their poses.
 */
const SUPPRESSION_IOU = 0.7;
/** Cells whose boxes overlap a person's by this or more (intersection over union) vote on it. */
const VOTING_IOU = 0.7;
/** Most people returned for an image. */
const MAX_PEOPLE = 100;
/** A box reaches at most e ** MAX_LOG_REACH strides from its cell's centre: more than any input is wide. */
const MAX_LOG_REACH = 4;

interface Geometry {
  readonly cells: number;
  readonly stride: number;
}

/**
 * maps: [cells, cells, channels], row-major: how well the cell's box fits somebody, as a logit, then the distances from the cell's centre to
 * the box's left, top, right and bottom side as logarithms of strides, then any other channels. Returns people, best first, whose score
 * logistic(slope * logit + offset) is at least minScore; boxes in pixels of the input.
 */
export function detections(
  maps: Float32Array,
  { cells, stride }: Geometry,
  { slope, offset }: { readonly slope: number; readonly offset: number },
  minScore: number,
): Detection[] {
  const channels = maps.length / cells ** 2;
  const logit = (cell: number) => maps[cell * channels] ?? 0;
  const boxOf = (cell: number): Box => {
    const reach = (side: number) =>
      stride * Math.exp(Math.min(MAX_LOG_REACH, Math.max(-MAX_LOG_REACH, maps[cell * channels + side] ?? 0)));
    const [x, y] = [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride];
    const [left, top, right, bottom] = [reach(1), reach(2), reach(3), reach(4)];
    return { x: x - left, y: y - top, width: left + right, height: top + bottom };
  };
  const found = peaks(maps, cells, channels)
    .map((cell) => ({ cell, score: logistic(slope * logit(cell) + offset) }))
    .filter(({ score }) => score >= minScore)
    .map(({ cell, score }) => ({ box: boxOf(cell), score }));
  const people = nonMaximumSuppression(found).slice(0, MAX_PEOPLE);
  if (people.length === 0) return people;
  const votes = Array.from({ length: cells * cells }, (_, cell) => ({ box: boxOf(cell), score: logistic(logit(cell)) }));
  return people.map(({ box, score }) => ({ box: voted(box, votes), score }));
}

/**
 * A box as the mean of those that nearly agree with it, weighted by their scores (box voting: Gidaris and Komodakis, "Object detection via
 * a multi-region and semantic segmentation-aware CNN model", 2015).
 */
function voted(box: Box, votes: readonly Detection[]): Box {
  const agreeing = votes.filter((vote) => iou(vote.box, box) >= VOTING_IOU);
  const total = agreeing.reduce((sum, { score }) => sum + score, 0);
  const mean = (side: keyof Box) => agreeing.reduce((sum, vote) => sum + vote.score * vote.box[side], 0) / total;
  return { x: mean('x'), y: mean('y'), width: mean('width'), height: mean('height') };
}

/** Indices of the cells whose logit is not exceeded by any neighbour's. */
function peaks(maps: Float32Array, cells: number, channels: number): number[] {
  const logit = (column: number, row: number) =>
    column < 0 || row < 0 || column >= cells || row >= cells ? -Infinity : (maps[(row * cells + column) * channels] ?? -Infinity);
  const isPeak = (column: number, row: number) => {
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) if (logit(column + dx, row + dy) > logit(column, row)) return false;
    return true;
  };
  return Array.from({ length: cells * cells }, (_, i) => i).filter((i) => isPeak(i % cells, Math.floor(i / cells)));
}

/** Non-maximum suppression: best first, without boxes that overlap a better one. */
export function nonMaximumSuppression(found: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const one of [...found].sort((a, b) => b.score - a.score))
    if (kept.every(({ box }) => iou(box, one.box) <= SUPPRESSION_IOU)) kept.push(one);
  return kept;
}

/** Converts a detection from pixels of the input, to which a square of the image (roi) was resampled, to image pixels; clipped to the image. */
export function detectionInImage({ box, score }: Detection, roi: Roi, input: number, image: Size): Detection {
  const inside = (x: number, y: number) => {
    const point = cropToImage(cropPoint(x, y), roi, input);
    return [Math.min(image.width, Math.max(0, point.x)), Math.min(image.height, Math.max(0, point.y))] as const;
  };
  const [x, y] = inside(box.x, box.y);
  const [right, bottom] = inside(box.x + box.width, box.y + box.height);
  return { box: { x, y, width: right - x, height: bottom - y }, score };
}
