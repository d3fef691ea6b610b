/** Code written for @tensorflow-models/pose-detection: only the import, the address of the weights and the backend have changed. */
import * as poseDetection from 'posecade';

export async function detectPoses(image: HTMLCanvasElement) {
  const model = poseDetection.SupportedModels.MoveNet;
  const detectorConfig = {
    modelType: poseDetection.movenet.modelType.MULTIPOSE_LIGHTNING,
    enableTracking: true,
    trackerType: poseDetection.TrackerType.Keypoint,
    modelUrl: 'models/cascade',
    backend: 'wasm',
  } as const;
  const detector = await poseDetection.createDetector(model, detectorConfig);
  const poses = await detector.estimatePoses(image);
  const tracked = await detector.estimatePoses(image, { maxPoses: 3 }, 0);
  await detector.dispose();
  const noses = (found: typeof poses) => found.map(({ keypoints, id }) => ({ ...keypoints[0], id }));
  return { poses: noses(poses), tracked: noses(tracked), boxes: poses.map(({ box }) => box) };
}
