/** The names of @tensorflow-models/pose-detection, for code that was written for it. Its MoveNet stands for our only network. */

import type { Size } from '../../pose/roi';
import { COCO_COUNT, JOINTS, type JointName, jointIndex, type Side, sideOf } from '../../pose/skeleton';

export const SupportedModels = { MoveNet: 'MoveNet', BlazePose: 'BlazePose', PoseNet: 'PoseNet' } as const;
export type SupportedModels = (typeof SupportedModels)[keyof typeof SupportedModels];

/** There is only one tracker, whichever is requested. */
export const TrackerType = { Keypoint: 'keypoint', BoundingBox: 'boundingBox' } as const;
export type TrackerType = (typeof TrackerType)[keyof typeof TrackerType];

export const movenet = {
  modelType: {
    /** The person with the highest score; in a video, the person who has been there longest. */
    SINGLEPOSE_LIGHTNING: 'SinglePose.Lightning',
    /** The same, with a second pass on the mirror image of still images. */
    SINGLEPOSE_THUNDER: 'SinglePose.Thunder',
    /** Everybody. */
    MULTIPOSE_LIGHTNING: 'MultiPose.Lightning',
  },
} as const;
export type MoveNetModelType = (typeof movenet.modelType)[keyof typeof movenet.modelType];

const COCO_PAIRS = (
  [
    ['nose', 'left_eye'],
    ['nose', 'right_eye'],
    ['left_eye', 'left_ear'],
    ['right_eye', 'right_ear'],
    ['left_shoulder', 'right_shoulder'],
    ['left_shoulder', 'left_elbow'],
    ['right_shoulder', 'right_elbow'],
    ['left_elbow', 'left_wrist'],
    ['right_elbow', 'right_wrist'],
    ['left_shoulder', 'left_hip'],
    ['right_shoulder', 'right_hip'],
    ['left_hip', 'right_hip'],
    ['left_hip', 'left_knee'],
    ['right_hip', 'right_knee'],
    ['left_knee', 'left_ankle'],
    ['right_knee', 'right_ankle'],
  ] satisfies [JointName, JointName][]
).map(([a, b]) => [jointIndex(a), jointIndex(b)]);

/** Throws an Error for any network other than MoveNet, which stands for ours. */
export function expectMoveNet(model: SupportedModels): void {
  if (model !== SupportedModels.MoveNet)
    throw new Error(`posecade has no ${model}: it has one network, and SupportedModels.MoveNet stands for it`);
}

const COCO_JOINTS = JOINTS.slice(0, COCO_COUNT);

export const util = {
  /** Pairs of keypoints that a line connects, by index. */
  getAdjacentPairs(model: SupportedModels): number[][] {
    expectMoveNet(model);
    return COCO_PAIRS.map((pair) => [...pair]);
  },
  /** The keypoints of each side, by index. */
  getKeypointIndexBySide(model: SupportedModels): Record<Side, number[]> {
    expectMoveNet(model);
    const on = (side: Side) => COCO_JOINTS.flatMap((_, joint) => (sideOf(joint) === side ? joint : []));
    return { left: on('left'), right: on('right'), middle: on('middle') };
  },
  /** Index of a keypoint by its name. */
  getKeypointIndexByName(model: SupportedModels): Record<string, number> {
    expectMoveNet(model);
    return Object.fromEntries(COCO_JOINTS.map((name, joint) => [name, joint]));
  },
};

export const calculators = {
  /** The same keypoints in 0..1 of the image's width and height instead of pixels. */
  keypointsToNormalizedKeypoints<K extends { x: number; y: number }>(keypoints: readonly K[], { width, height }: Size): K[] {
    return keypoints.map((one) => ({ ...one, x: one.x / width, y: one.y / height }));
  },
};
