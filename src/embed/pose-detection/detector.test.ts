/** Code like that in the README of @tensorflow-models/pose-detection, rewritten; only the import is ours. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PersonResult } from '../../engine/protocol';
import * as posecade from '../../index';
import { keypoint, type Pose } from '../../pose/pose';
import { JOINTS } from '../../pose/skeleton';
import type { PoseEstimator, PoseTracker } from '../pose-estimator';
import { detectorsOf } from './create';
import type { MoveNetModelConfig } from './types';

const poseAt = (left: number, score = 0.8) => JOINTS.map((_, i) => keypoint(left + i, 2 * i, score));
const person = (pose: Pose, score: number): PersonResult => ({
  roi: { cx: 0, cy: 18, side: 40 },
  score,
  pose,
  refined: pose,
  coarse: pose,
});

/** An estimator that finds two people in an image of 200 x 100 px and records the calls that it gets. */
function setUp(poseOf = poseAt) {
  const asked: unknown[] = [];
  const size = { width: 200, height: 100 };
  const track: PoseEstimator['track'] = (options): PoseTracker => {
    asked.push({ track: options });
    return {
      next: async (_, { time = -1 } = {}) => {
        const people = [1, 2].map((id) => {
          const pose = poseOf(100 * (id - 1), 0.4 * id);
          return { id, time, pose, roi: { cx: 0, cy: 0, side: 1 }, coarseMaps: undefined };
        });
        return { people, ...size, time };
      },
      restart: () => {
        asked.push('restart');
      },
    };
  };
  const estimator: PoseEstimator = {
    estimate: async (_, options) => {
      asked.push({ estimate: options });
      const timings = { crop: 0, network: 0, total: 0 };
      return { people: [person(poseOf(0), 0.9), person(poseOf(100), 0.5)], ...size, timings, backend: 'wasm' };
    },
    follow: async function* () {},
    track,
    dispose: async () => {
      asked.push('dispose');
    },
  };
  const createDetector = detectorsOf(async () => estimator);
  const poseDetection = { ...posecade, createDetector };
  const multi = (config: MoveNetModelConfig = {}) =>
    createDetector(poseDetection.SupportedModels.MoveNet, {
      modelType: poseDetection.movenet.modelType.MULTIPOSE_LIGHTNING,
      ...config,
    });
  return { poseDetection, multi, asked };
}

const image = {} as ImageBitmap;

describe('the examples of the README', () => {
  it('detects one pose in an image, with 17 named keypoints in pixels', async () => {
    const { poseDetection } = setUp();
    const model = poseDetection.SupportedModels.MoveNet;
    const detector = await poseDetection.createDetector(model);
    const poses = await detector.estimatePoses(image);
    expect(poses).toHaveLength(1);
    expect(poses[0]?.score).toBe(0.9);
    expect(poses[0]?.keypoints).toHaveLength(17);
    expect(poses[0]?.keypoints[0]).toEqual({ x: 0, y: 0, score: 0.8, name: 'nose' });
    expect(poses[0]?.keypoints[16]).toEqual({ x: 16, y: 32, score: 0.8, name: 'right_ankle' });
  });

  it('detects everybody in a video, each with an id, a box and a score', async () => {
    const { poseDetection, asked } = setUp();
    const detectorConfig = {
      modelType: poseDetection.movenet.modelType.MULTIPOSE_LIGHTNING,
      enableTracking: true,
      trackerType: poseDetection.TrackerType.BoundingBox,
    };
    const detector = await poseDetection.createDetector(poseDetection.SupportedModels.MoveNet, detectorConfig);
    const poses = await detector.estimatePoses(image, { maxPoses: 5, flipHorizontal: false }, 40);
    expect(poses.map(({ id }) => id)).toEqual([2, 1]); // highest score first
    expect(poses[1]?.box).toEqual({ xMin: 0, yMin: 0, xMax: 0.09, yMax: 0.36, width: 0.09, height: 0.36 });
    await detector.dispose();
    expect(asked).toEqual([{ track: { atOnce: true } }, 'dispose']);
  });

  it('lists adjacent keypoints, and normalises keypoints to 0..1', async () => {
    const { poseDetection } = setUp();
    const detector = await poseDetection.createDetector(poseDetection.SupportedModels.MoveNet);
    const [pose] = await detector.estimatePoses(image);
    const pairs = poseDetection.util.getAdjacentPairs(poseDetection.SupportedModels.MoveNet);
    expect(pairs).toHaveLength(16);
    for (const joint of pairs.flat()) expect(pose?.keypoints[joint]).toBeDefined();
    const normal = poseDetection.calculators.keypointsToNormalizedKeypoints(pose?.keypoints ?? [], { width: 200, height: 100 });
    expect(normal[2]).toEqual({ x: 0.01, y: 0.04, score: 0.8, name: 'right_eye' });
    expect(poseDetection.util.getKeypointIndexBySide('MoveNet').middle).toEqual([0]);
  });
});

describe('options', () => {
  it('scores a person in a video by the joints that are seen', async () => {
    const { poseDetection } = setUp((left, score) =>
      poseAt(left, score).map((joint, i) => (i < 10 ? joint : { ...joint, score: 0 })),
    );
    const detector = await poseDetection.createDetector('MoveNet');
    expect((await detector.estimatePoses(image, {}, 0))[0]?.score).toBeCloseTo(0.4);
  });

  it('fits the box around the joints that are seen, within the image', async () => {
    const cutOff = (left: number) =>
      poseAt(left - 5).map((joint, i) => (i < 10 ? joint : { ...joint, x: 150, y: 120, score: 0.1 }));
    const detector = await setUp(cutOff).poseDetection.createDetector('MoveNet');
    const box = { xMin: 0, yMin: 0, xMax: 0.02, yMax: 0.18, width: 0.02, height: 0.18 };
    expect((await detector.estimatePoses(image))[0]?.box).toEqual(box);
    const [flipped] = await detector.estimatePoses(image, { flipHorizontal: true });
    expect(flipped?.box).toMatchObject({ xMin: 0.98, xMax: 1 });
  });

  it('fits the box around all joints if none is seen', async () => {
    const detector = await setUp((left) => poseAt(left, 0.1)).poseDetection.createDetector('MoveNet');
    expect((await detector.estimatePoses(image))[0]?.box).toMatchObject({ xMax: 0.09, yMax: 0.36 });
  });

  it('in single-pose mode, returns whoever was in the video first, without an id', async () => {
    const { poseDetection } = setUp();
    const detector = await poseDetection.createDetector('MoveNet');
    const poses = await detector.estimatePoses(image, {}, 0);
    expect(poses.map(({ keypoints, id }) => [keypoints[0]?.x, id])).toEqual([[0, undefined]]);
  });

  it('omits low scores, counts x from the right, and adds neck and head_top', async () => {
    const { multi } = setUp();
    const detector = await multi({ minPoseScore: 0.6, extraKeypoints: true });
    const poses = await detector.estimatePoses(image, { flipHorizontal: true });
    expect(poses.map(({ score }) => score)).toEqual([0.9]);
    expect(poses[0]?.keypoints.map(({ x, name }) => [x, name]).slice(17)).toEqual([
      [183, 'neck'],
      [182, 'head_top'],
    ]);
    expect(poses[0]?.box.xMax).toBe(1);
  });

  it('tracks without smoothing, or not at all; restarts if time goes backwards or no image is given', async () => {
    const { multi, asked } = setUp();
    const plain = await multi({ enableSmoothing: false });
    await plain.estimatePoses(image, {}, 100);
    await plain.estimatePoses(image, {}, 133);
    await plain.estimatePoses(image, {}, 50);
    expect(await plain.estimatePoses(null)).toEqual([]);
    await plain.estimatePoses(image, {}, 60);
    const track = { track: { atOnce: true, smoothing: 0 } };
    expect(asked).toEqual([track, 'restart', track]);
    const still = await multi({ enableSmoothing: false, enableTracking: false });
    await still.estimatePoses(image, {}, 100);
    expect(asked.at(-1)).toEqual({ estimate: { flipTest: false } });
  });

  it('keeps the ids on a device that takes longer for each frame than a jump', async () => {
    const { multi, asked } = setUp();
    const detector = await multi();
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 4500; // read before and after each frame
      return now;
    });
    onTestFinished(() => clock.mockRestore());
    await detector.estimatePoses(image, {}, 0);
    await detector.estimatePoses(image, {}, 8000);
    expect(asked.slice(1)).toEqual([]);
    await detector.estimatePoses(image, {}, 18_000);
    expect(asked.slice(1)).toEqual(['restart']);
  });

  it('notices that a video file plays from another place, but not that of a camera', async () => {
    const { multi, asked } = setUp();
    class FakeVideo {
      currentTime = 5;
      srcObject: unknown = null;
    }
    vi.stubGlobal('HTMLVideoElement', FakeVideo);
    const file = new FakeVideo();
    const detector = await multi();
    const see = () => detector.estimatePoses(file as unknown as HTMLVideoElement);
    await see();
    file.currentTime = 0;
    await see();
    expect(asked.slice(1)).toEqual(['restart']);
    file.currentTime = 300;
    await see();
    expect(asked.slice(1)).toEqual(['restart', 'restart']);
    Object.assign(file, { srcObject: {}, currentTime: 9 }); // another source
    await see();
    file.currentTime = 8;
    await see();
    expect(asked.slice(1)).toEqual(['restart', 'restart', 'restart']);
    vi.unstubAllGlobals();
  });

  it('runs a flip test for Thunder, and refuses other networks by name', async () => {
    const { poseDetection, asked } = setUp();
    const { SINGLEPOSE_THUNDER } = poseDetection.movenet.modelType;
    const detector = await poseDetection.createDetector('MoveNet', { modelType: SINGLEPOSE_THUNDER });
    await detector.estimatePoses(image);
    expect(asked).toEqual([{ estimate: { flipTest: true } }]);
    await expect(poseDetection.createDetector('BlazePose')).rejects.toThrow('posecade has no BlazePose');
  });
});
