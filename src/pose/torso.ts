/** The colour of a person's torso, which distinguishes people in the same place. */
import { keypoint, MIN_JOINT_SCORE, type Pose } from './pose';
import type { Box } from './roi';
import { type JointName, jointIndex } from './skeleton';

/** Mean colour of the torso, each channel 0..1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Height and width of the sampled part around the torso's centre, as shares of its length: excludes arms and background. */
const HEIGHT = 0.6;
const WIDTH = 0.3;
/** If the hips are not visible, the torso is assumed to reach this many shoulder widths down from the shoulders. */
const BELOW_SHOULDERS = 1;

function middle(pose: Pose, names: readonly JointName[]): { readonly x: number; readonly y: number } | undefined {
  const seen = names.flatMap((name) => pose[jointIndex(name)] ?? []).filter(({ score }) => score >= MIN_JOINT_SCORE);
  if (seen.length < names.length) return undefined;
  const mean = (pick: (joint: { readonly x: number; readonly y: number }) => number) =>
    seen.reduce((sum, joint) => sum + pick(joint), 0) / seen.length;
  return keypoint(
    mean(({ x }) => x),
    mean(({ y }) => y),
    1,
  );
}

/** The middle of the torso, in the pose's own space; undefined if the shoulders are not visible or its size is unknown. */
export function torsoBox(pose: Pose): Box | undefined {
  const [left, right] = [pose[jointIndex('left_shoulder')], pose[jointIndex('right_shoulder')]];
  const shoulders = middle(pose, ['left_shoulder', 'right_shoulder']);
  if (!left || !right || !shoulders) return undefined;
  const width = Math.hypot(left.x - right.x, left.y - right.y);
  const hips = middle(pose, ['left_hip', 'right_hip']) ?? { x: shoulders.x, y: shoulders.y + BELOW_SHOULDERS * width };
  const length = Math.max(width, Math.hypot(hips.x - shoulders.x, hips.y - shoulders.y));
  if (length === 0) return undefined;
  const [x, y] = [(shoulders.x + hips.x) / 2, (shoulders.y + hips.y) / 2];
  const lying = Math.abs(hips.x - shoulders.x) > Math.abs(hips.y - shoulders.y);
  const [across, along] = [WIDTH * length, HEIGHT * length];
  const size = lying ? { width: along, height: across } : { width: across, height: along };
  return { x: x - size.width / 2, y: y - size.height / 2, ...size };
}

/** The distance between two colours, 0 to the square root of 3. */
export function colourDistance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
