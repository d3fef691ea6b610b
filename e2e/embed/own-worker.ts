/** The page's own worker, with the engine in it. Given an image, it answers with the noses in it and in a video of two frames that show it. */
import { createPoseEstimator, type FollowedFrame, jointIndex, type Keypoint } from 'posecade/worker';

export interface Asked {
  readonly image: Blob;
  readonly modelUrl: string;
}

export interface Answer {
  readonly all: readonly (Keypoint | undefined)[];
  /** By person's id. */
  readonly followed: readonly (readonly [id: number, nose: Keypoint | undefined])[];
}

const NOSE = jointIndex('nose');

addEventListener('message', async ({ data: { image, modelUrl } }: MessageEvent<Asked>) => {
  const options = { backend: 'wasm', modelUrl } as const;
  const [estimator, other] = await Promise.all([createPoseEstimator(options), createPoseEstimator(options)]);
  await other.dispose(); // the two share what exists once per thread
  const all = (await estimator.estimate(image)).people.map(({ pose }) => pose[NOSE]);
  const video = estimator.track();
  let frame: FollowedFrame | undefined;
  for (const time of [0, 33]) frame = await video.next(await createImageBitmap(image), { time });
  const followed = (frame?.people ?? []).map(({ id, pose }) => [id, pose[NOSE]] as const);
  await estimator.dispose();
  await (await createPoseEstimator(options)).dispose();
  self.postMessage({ all, followed } satisfies Answer);
});
