/** Following one person: the next frame's crop from this frame's joints and how they move. */
import { MIN_JOINT_SCORE, type Pose } from './pose';
import { clampRoi, roiFromPose, type Size } from './roi';
import { type JointName, jointIndex } from './skeleton';
import type { Roi } from './space';

/** What is known of the person after a frame. */
export interface Track {
  readonly pose: Pose;
  /** The crop that fits this frame's joints. */
  readonly roi: Roi;
  /** Mean velocity of the joints, image pixels per millisecond. */
  readonly vx: number;
  readonly vy: number;
  /** Milliseconds. */
  readonly time: number;
}

/** Wider than for a photograph: the person moves between the frames. */
export const MARGIN = 1.4;
const SHOULDERS: readonly JointName[] = ['left_shoulder', 'right_shoulder'];
const HIPS: readonly JointName[] = ['left_hip', 'right_hip'];
/** Number of joints that a person needs; the mean score of the best ones must not fall below CONFIDENT either. */
const SURE_JOINTS = 5;
const CONFIDENT = 0.3;
const DOUBTFUL = 0.6;
/** If the joints lie this close together, there is no person to follow. Crop's side as a share of the image's longer one. */
const MIN_SIZE = 0.05;
/** A crop that differs by less than these shares of its side stays as it is: a still person gets the same pixels in every frame. */
const STILL = 0.03;
const SAME_SIDE = 0.08;
/** The shares below are those of a frame at this rate; of a longer one, they are larger. Milliseconds. */
const FRAME_MS = 33;
/** A crop grows at once, and shrinks by this share of the difference per frame, so that a flickering joint does not make it pulsate. */
const SHRINK = 0.25;
/** The next crop is moved by at most this share of its side. */
const FURTHEST = 0.25;
/** Weight of the newest frame in the velocity, of a frame of FRAME_MS. */
const NEWEST = 0.5;
/** After a longer pause, it is unknown where the person went. Milliseconds. */
const GAP_MS = 500;

/** How certain it is that there is a person, 0..1: the mean score of the SURE_JOINTS best joints; 0 with fewer joints. */
export function trackConfidence(pose: Pose): number {
  const best = pose
    .map(({ score }) => score)
    .sort((a, b) => b - a)
    .slice(0, SURE_JOINTS);
  return best.length < SURE_JOINTS ? 0 : best.reduce((sum, score) => sum + score, 0) / SURE_JOINTS;
}

/** Whether the person is still there. */
export const isConfident = (pose: Pose): boolean => trackConfidence(pose) >= CONFIDENT;

/** Whether the crop may have slipped off the person, so that a search of the whole frame may do better. */
export const isDoubtful = (pose: Pose): boolean => trackConfidence(pose) < DOUBTFUL;

/** Mean movement of the joints visible in both frames, image pixels. */
function movement(from: Pose, to: Pose): { dx: number; dy: number } {
  let [dx, dy, count] = [0, 0, 0];
  to.forEach((joint, i) => {
    const before = from[i];
    if (!before || Math.min(before.score, joint.score) < MIN_JOINT_SCORE) return;
    dx += joint.x - before.x;
    dy += joint.y - before.y;
    count += 1;
  });
  return count > 0 ? { dx: dx / count, dy: dy / count } : { dx: 0, dy: 0 };
}

/** What a share per frame amounts to over `elapsed` milliseconds. */
const shareOver = (elapsed: number, share: number) => 1 - (1 - share) ** (elapsed / FRAME_MS);

const sees = (pose: Pose, names: readonly JointName[]) =>
  names.some((name) => (pose[jointIndex(name)]?.score ?? 0) >= MIN_JOINT_SCORE);

/** The next crop after a pass on `crop`; `wanted` is the one that fits the joints found. elapsed: since the previous frame, milliseconds. */
function settle(crop: Roi, wanted: Roi, pose: Pose, elapsed: number): Roi {
  if (!sees(pose, SHOULDERS) || !sees(pose, HIPS)) {
    // A face alone says little about where the body is: a crop that closed in on it would never include the shoulders again.
    const side = Math.max(crop.side, wanted.side);
    const room = (side - wanted.side) / 2;
    const within = (at: number, middle: number) => Math.min(middle + room, Math.max(middle - room, at));
    return { cx: within(crop.cx, wanted.cx), cy: within(crop.cy, wanted.cy), side };
  }
  const far = Math.hypot(wanted.cx - crop.cx, wanted.cy - crop.cy) / crop.side;
  if (far < STILL && Math.abs(wanted.side / crop.side - 1) < SAME_SIDE) return crop;
  const share = wanted.side > crop.side ? 1 : shareOver(elapsed, SHRINK);
  const side = crop.side + share * (wanted.side - crop.side);
  return { ...wanted, side };
}

/**
 * Updates the track with one frame's pose. crop: the one that it was found in; time: when the frame was taken, milliseconds. Returns
 * undefined if the person is lost and the whole frame has to be searched.
 */
export function follow(previous: Track | undefined, pose: Pose, crop: Roi, time: number, image: Size): Track | undefined {
  const wanted = isConfident(pose) ? roiFromPose(pose, image, MIN_JOINT_SCORE, MARGIN) : undefined;
  if (!wanted || wanted.side < MIN_SIZE * Math.max(image.width, image.height)) return undefined;
  const elapsed = previous ? time - previous.time : 0;
  const roi = settle(crop, wanted, pose, previous ? Math.max(0, elapsed) : FRAME_MS);
  if (!previous || elapsed <= 0) return { pose, roi, vx: previous?.vx ?? 0, vy: previous?.vy ?? 0, time };
  const { dx, dy } = movement(previous.pose, pose);
  const share = shareOver(elapsed, NEWEST);
  return {
    pose,
    roi,
    vx: previous.vx + share * (dx / elapsed - previous.vx),
    vy: previous.vy + share * (dy / elapsed - previous.vy),
    time,
  };
}

/** The crop in a frame taken at `time`: moved by the person's velocity; unchanged after a pause. */
export function expectedRoi({ roi, vx, vy, time: last }: Track, time: number, image: Size): Roi {
  const elapsed = Math.max(0, time - last);
  if (elapsed > GAP_MS) return roi;
  const [dx, dy] = [vx * elapsed, vy * elapsed];
  const far = Math.hypot(dx, dy) / roi.side;
  if (far < STILL) return roi;
  const share = Math.min(1, FURTHEST / far);
  return clampRoi({ ...roi, cx: roi.cx + share * dx, cy: roi.cy + share * dy }, image);
}
