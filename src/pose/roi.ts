import type { Pose } from './pose';
import { type ImagePoint, imagePoint, type Roi } from './space';

/** A rectangle; whoever uses it says in which space. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The crop's side over the longer side of the person's box, at which the network is most accurate (MARGIN of training/posecade/predict.py). */
export const MARGIN = 1.0625;
/** The network could not recognise a person in a smaller crop. Image pixels. */
const MIN_SIDE = 16;

/** The crop for a person's box: same centre, MARGIN times the longer side. */
export function roiFromBox(box: Box, margin = MARGIN): Roi {
  return {
    cx: box.x + box.width / 2,
    cy: box.y + box.height / 2,
    side: Math.max(MIN_SIDE, margin * Math.max(box.width, box.height)),
  };
}

/** Throws a RangeError for an invalid box, which would give an invalid crop. */
export function assertBox({ x, y, width, height }: Box): void {
  if ([x, y, width, height].every(Number.isFinite) && width > 0 && height > 0) return;
  throw new RangeError(`a box needs finite numbers and a size, not ${width} x ${height} at ${x}, ${y}`);
}

/** The square that holds the whole image. */
export function wholeFrameRoi(image: Size): Roi {
  return { cx: image.width / 2, cy: image.height / 2, side: Math.max(image.width, image.height) };
}

/** A square around a point, with `share` of the image's longer side as its side. */
export function roiAround(point: ImagePoint, image: Size, share: number): Roi {
  return clampRoi({ cx: point.x, cy: point.y, side: share * Math.max(image.width, image.height) }, image);
}

/** Box around the joints that score at least `minScore`, or undefined with fewer than `minJoints` of them. */
export function boxFromPose(pose: Pose, minScore: number, minJoints = 3): Box | undefined {
  const seen = pose.filter((joint) => joint.score >= minScore);
  if (seen.length < minJoints) return undefined;
  const x = Math.min(...seen.map((joint) => joint.x));
  const y = Math.min(...seen.map((joint) => joint.y));
  return {
    x,
    y,
    width: Math.max(...seen.map((joint) => joint.x)) - x,
    height: Math.max(...seen.map((joint) => joint.y)) - y,
  };
}

/** The crop for the next pass on a person whose pose is known, or undefined if too few of its joints are. */
export function roiFromPose(pose: Pose, image: Size, minScore: number, margin = MARGIN): Roi | undefined {
  const box = boxFromPose(pose, minScore);
  return box && clampRoi(roiFromBox(box, margin), image);
}

/** The nearest point of the image. */
export function clampPoint(point: ImagePoint, image: Size): ImagePoint {
  return imagePoint(clamp(point.x, 0, image.width), clamp(point.y, 0, image.height));
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Keeps a crop's centre in the image and its side between MIN_SIDE and twice the image. */
export function clampRoi(roi: Roi, image: Size): Roi {
  return {
    cx: clamp(roi.cx, 0, image.width),
    cy: clamp(roi.cy, 0, image.height),
    side: clamp(roi.side, MIN_SIDE, 2 * Math.max(image.width, image.height, MIN_SIDE)),
  };
}

/** Intersection over union of two boxes, 0..1. */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}

/** Intersection over union of two squares, 0..1. */
export function roiIou(a: Roi, b: Roi): number {
  return iou(roiBox(a), roiBox(b));
}

/** The square as a box, image pixels. */
export function roiBox(roi: Roi): Box {
  return { x: roi.cx - roi.side / 2, y: roi.cy - roi.side / 2, width: roi.side, height: roi.side };
}
