/**
 * Videos with known ground truth, at the level of poses: people who walk, occlude each other and come back, and what a detector and a pose
 * network would find of them, including their mistakes. Everything is determined by the seed.
 */
import type { Detection } from '../pose/detection';
import type { PersonConfidence } from '../pose/everybody';
import { type Keypoint, keypoint, type Pose } from '../pose/pose';
import { boxFromPose, roiBox, roiFromBox, roiIou, type Size } from '../pose/roi';
import { JOINTS } from '../pose/skeleton';
import type { Roi } from '../pose/space';
import type { Colour } from '../pose/torso';

/** A person in a video. Of two who overlap, the one earlier in the cast is in front. */
export interface Actor {
  /** Position of their centre, pixels, at a time in milliseconds; undefined while they are out of sight. */
  readonly at: (time: number) => readonly [x: number, y: number] | undefined;
  /** Pixels. */
  readonly height: number;
  readonly torso?: Colour;
}

/** What the networks see of a frame. Frame pixels. */
export interface SyntheticFrame {
  /** True poses in the order of the cast. */
  readonly truth: readonly (Pose | undefined)[];
  detect(): Detection[];
  pass(rois: readonly Roi[]): { readonly roi: Roi; readonly pose: Pose; readonly torso: Colour | undefined }[];
}

/** Accepts everyone the detector finds as a person. */
export const ANYBODY: PersonConfidence = { box: 1, somebody: 0, quality: 0, offset: 0, threshold: 0 };

/** How often the detector misses a visible person. */
const MISSED = 0.08;
/** A person with a smaller visible share than this is not detected. */
const MIN_SEEN = 0.35;
/** Standard deviations: of a joint from its place, in body heights; of a box's edges, in box heights; of a colour. */
const NOISE = { joint: 0.012, hidden: 0.05, box: 0.02, colour: 0.03 };
/** How often a joint occluded by another person is found on that person. */
const TAKEN_OVER = 0.5;
/** Half the width of a body, in body heights. */
const HALF_BODY = 0.13;

/** Random numbers of mean 0 and standard deviation 1, and uniform in 0..1, always the same for a seed (mulberry32). */
export function random(seed: number): { uniform(): number; normal(): number } {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  // the sum of three uniform numbers is close enough to a normal one; its standard deviation is a half
  return { uniform, normal: () => 2 * (uniform() + uniform() + uniform() - 1.5) };
}

/** A walking body with its centre at x, y. */
function bodyAt(x: number, y: number, height: number, time: number): Pose {
  const swing = 0.08 * Math.sin(time / 150);
  return JOINTS.map((name, joint) => {
    const side = name.startsWith('left_') ? 1 : name.startsWith('right_') ? -1 : 0;
    const [wide, down] = PLACES[name.replace(/^(left|right)_/, '')] ?? [0, 0];
    const moves = /wrist|ankle/.test(name) ? side * swing : 0;
    return keypoint(x + (side * wide + moves) * height, y + down * height, joint);
  });
}

/** Offsets from the centre of the body, sideways and down, as fractions of its height. */
const PLACES: Readonly<Record<string, readonly [across: number, down: number]>> = {
  nose: [0, -0.42],
  eye: [0.02, -0.44],
  ear: [0.04, -0.43],
  shoulder: [0.11, -0.32],
  elbow: [0.14, -0.15],
  wrist: [0.14, 0],
  hip: [0.07, 0],
  knee: [0.07, 0.25],
  ankle: [0.07, 0.48],
  neck: [0, -0.34],
  head_top: [0, -0.5],
};

/** The frames of a video of this cast, by time in milliseconds; to be requested in chronological order. */
export function synthesize(cast: readonly Actor[], image: Size, seed: number): (time: number) => SyntheticFrame {
  const { uniform, normal } = random(seed);

  return (time) => {
    const places = cast.map(({ at }) => at(time));
    const truth = cast.map(({ height }, i) => places[i] && bodyAt(...places[i], height, time));
    /** Index of the person who occludes the actor at this point, or -1. */
    const hider = (i: number, x: number, y: number) =>
      cast.findIndex(({ height }, k) => {
        const place = places[k];
        return k < i && place && Math.abs(x - place[0]) < HALF_BODY * height && Math.abs(y - place[1]) < 0.5 * height;
      });
    const inside = ({ x, y }: Keypoint) => x >= 0 && y >= 0 && x <= image.width && y <= image.height;
    /** Share of each actor's joints that is visible. */
    const seen = truth.map((pose, i) => {
      const visible = pose?.filter((joint) => inside(joint) && hider(i, joint.x, joint.y) < 0) ?? [];
      return visible.length / JOINTS.length;
    });

    function detect(): Detection[] {
      return truth.flatMap((pose, i) => {
        const box = pose && boxFromPose(pose.filter(inside), 0);
        if (!box || (seen[i] ?? 0) < MIN_SEEN || uniform() < MISSED) return [];
        const size = NOISE.box * box.height;
        const [x, y] = [box.x + size * normal(), box.y + size * normal()];
        return [{ box: { x, y, width: box.width + size * normal(), height: box.height + size * normal() }, score: 0.9 }];
      });
    }

    /** Index of the person the pose network sees in the crop: the one who fills it best and is not occluded. */
    function subject(roi: Roi): number | undefined {
      const shares = truth.map((pose, i) => {
        const box = pose && boxFromPose(pose, 0);
        return box ? roiIou(roiFromBox(box), roi) * (seen[i] ?? 0) : 0;
      });
      const best = Math.max(...shares);
      return best > 0.15 ? shares.indexOf(best) : undefined;
    }

    function look(roi: Roi) {
      const i = subject(roi);
      const pose = i === undefined ? undefined : truth[i];
      const [actor, place] = i === undefined ? [] : [cast[i], places[i]];
      if (i === undefined || !pose || !actor || !place) {
        const { x, y, width } = roiBox(roi);
        const guess = JOINTS.map(() => keypoint(x + width * uniform(), y + width * uniform(), 0.05));
        return { roi, pose: guess, torso: undefined };
      }
      const noisy = (joint: Keypoint, deviation: number, score: number) =>
        keypoint(joint.x + deviation * actor.height * normal(), joint.y + deviation * actor.height * normal(), score);
      const found = pose.map((joint, j) => {
        if (!inside(joint)) return noisy(joint, NOISE.hidden, 0.1);
        const front = hider(i, joint.x, joint.y);
        if (front < 0) return noisy(joint, NOISE.joint, 0.85);
        const theirs = truth[front]?.[j];
        return theirs && uniform() < TAKEN_OVER ? noisy(theirs, NOISE.joint, 0.5) : noisy(joint, NOISE.hidden, 0.25);
      });
      const front = hider(i, place[0], place[1] - 0.15 * actor.height);
      const colour = cast[front < 0 ? i : front]?.torso;
      const shade = NOISE.colour * normal();
      const torso = colour && ([colour[0] + shade, colour[1] + shade, colour[2] + shade] as const);
      return { roi, pose: found, torso };
    }

    return { truth, detect, pass: (rois) => rois.map(look) };
  };
}
