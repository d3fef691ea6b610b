/**
 * npm run figures -- smoothing: how much the real cascade's joints jitter on a still image with noise, and how far they lag on a moving
 * one, unsmoothed and smoothed. The camera's clock is simulated, so that the machine's speed has no influence.
 */
import { keypoint, type Pose } from '../../src/pose/pose';
import { type Smoothing, type SmoothState, smoothingOf, smoothPose } from '../../src/pose/smooth';
import type { Found } from '../engine/main';
import { expect, test } from '../engine/test';
import { HEIGHT, WIDTH } from '../support/camera';

const FPS = 30;
/** Standard deviation on each channel of each pixel, of 255. */
const NOISE = 12;
/** Pixels per frame. */
const SLOW = 2;
const FAST = 6;
/** Frames that are not counted, while the filter settles. */
const BEGIN = 15;
const SCALE = HEIGHT / 512;
const DEFAULT = smoothingOf(0.7);

const SETTINGS: readonly (readonly [string, Smoothing | undefined])[] = [
  ['unsmoothed', undefined],
  ['default', DEFAULT],
  ...[0.5, 1, 2].flatMap((minCutoff) =>
    [2.5, 5, 10, 20].map((beta) => [`cutoff ${minCutoff} Hz, beta ${beta}`, { minCutoff, beta }] as const),
  ),
];

/** The frames' poses as they would be drawn. Frames without anybody are left out; as long as nobody is lost there are none. */
function smoothed(frames: readonly Found[], options: Smoothing | undefined): Pose[] {
  let state: SmoothState | undefined;
  return frames.flatMap((found, i) => {
    if (!found || !options) return found ? [found.pose] : [];
    const next = smoothPose(state, found.pose, found.roi.side, (i * 1000) / FPS, options);
    state = next.state;
    return [next.pose];
  });
}

/** Joints that the cascade is sure of on the still image, and finds in every frame. */
function sureJoints(still: Pose, frames: readonly Found[]): number[] {
  const found = (joint: number) => frames.every((frame) => (frame?.pose[joint]?.score ?? 0) >= 0.2);
  return still.flatMap(({ score }, joint) => (score >= 0.7 && found(joint) ? joint : []));
}

/** Root mean square of the movement from frame to frame, image pixels. */
function jitter(poses: readonly Pose[], joints: readonly number[]): number {
  const steps = poses.slice(BEGIN).flatMap((pose, i) =>
    joints.map((joint) => {
      const [now, before] = [pose[joint], poses[BEGIN + i - 1]?.[joint]];
      return now && before ? (now.x - before.x) ** 2 + (now.y - before.y) ** 2 : Number.NaN;
    }),
  );
  return Math.sqrt(steps.reduce((sum, step) => sum + step, 0) / steps.length);
}

/** Lag of the joints, milliseconds; they move to the right by `speed` pixels per frame, from their positions in `still`. */
function lag(poses: readonly Pose[], still: Pose, joints: readonly number[], speed: number): number {
  const late = poses
    .slice(BEGIN)
    .flatMap((pose, i) =>
      joints.map(
        (joint) => (still[joint] ?? keypoint(Number.NaN, 0, 0)).x + (BEGIN + i) * speed - (pose[joint]?.x ?? Number.NaN),
      ),
    );
  return (late.reduce((sum, x) => sum + x, 0) / late.length / speed) * (1000 / FPS);
}

test('measures jitter and lag of each smoothing setting', async ({ engine }) => {
  test.setTimeout(1_800_000);
  await engine.evaluate(() => harness.start('wasm'));
  const follow = (speed: number, noise: number) => {
    const shots = Array.from({ length: 45 }, (_, i) => ({ left: 20 + i * speed, top: 0, scale: SCALE }));
    const given = { source: 'samples/astronaut.jpg', size: { width: WIDTH, height: HEIGHT }, shots, framesPerSecond: FPS, noise };
    return engine.evaluate((image) => harness.follow(image), given);
  };
  const [noisy, slow, fast] = [await follow(0, NOISE), await follow(SLOW, 0), await follow(FAST, 0)];
  const [still] = await follow(0, 0);
  const joints = sureJoints(still?.pose ?? [], [...noisy, ...slow, ...fast]);
  expect(joints.length).toBeGreaterThan(2);
  const side = noisy[0]?.roi.side ?? Number.NaN;
  const sides = (speed: number) => ((speed * FPS) / side).toFixed(2);
  console.log(`${joints.length} joints; noise ${NOISE} of 255; ${sides(SLOW)} and ${sides(FAST)} crop sides a second`);
  const raw = jitter(smoothed(noisy, undefined), joints);
  for (const [name, options] of SETTINGS) {
    const shake = jitter(smoothed(noisy, options), joints);
    const lags = (
      [
        [slow, SLOW],
        [fast, FAST],
      ] as const
    ).map(([film, speed]) => lag(smoothed(film, options), still?.pose ?? [], joints, speed));
    console.log(
      `${name.padEnd(24)} jitter ${shake.toFixed(3)} px (${((100 * shake) / side).toFixed(3)}% of the crop, ${(shake / raw).toFixed(2)} of unsmoothed), lag ${lags.map((ms) => ms.toFixed(0)).join(' and ')} ms`,
    );
  }
  await engine.evaluate(() => harness.dispose());
});
