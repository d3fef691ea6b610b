/** People in an image in memory, by the path that the app takes. */
import type { Detector } from '../model/detector/detector';
import { detectionInImage } from '../pose/detection';
import { everybody, evidence, LEAST_BOX, type Somebody } from '../pose/everybody';
import type { Raster } from '../pose/resample';
import { type Box, roiFromBox, wholeFrameRoi } from '../pose/roi';
import { croppingFor } from './cropping';
import type { FoundPose, Poser } from './poser';

/** The surest first. device: the one that the detector runs on, if it runs on a GPU. */
export async function findPeople(
  raster: Raster,
  detector: Detector,
  poser: Poser,
  device?: GPUDevice,
): Promise<Somebody<FoundPose>[]> {
  const { size } = detector.contract.input;
  const whole = wholeFrameRoi(raster);
  const { signal } = new AbortController();
  const [found = []] = await croppingFor(size, device)(raster, [whole], false, (pixels) =>
    detector.run(signal, pixels, LEAST_BOX),
  );
  const detections = found.map((one) => detectionInImage(one, whole, size, raster));
  const passes = await poser.pass(
    raster,
    detections.map(({ box }) => roiFromBox(box)),
  );
  return everybody(detections, passes, detector.contract.confidence.person, false);
}

/** The person in each box, in order. */
export async function poseBoxes(
  raster: Raster,
  boxes: readonly Box[],
  poser: Poser,
): Promise<Pick<Somebody<FoundPose>, 'found' | 'pose' | 'score'>[]> {
  if (boxes.length === 0) return [];
  const people = await poser.pass(
    raster,
    boxes.map((box) => roiFromBox(box)),
  );
  return people.map((found) => ({ found, pose: found.pose, score: evidence(found.pose) }));
}
