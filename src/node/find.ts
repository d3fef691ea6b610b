/** People in an image in memory, by the path that the app takes. */
import * as tf from '@tensorflow/tfjs-core';
import type { Detector } from '../model/detector/detector';
import { detectionInImage } from '../pose/detection';
import { everybody, evidence, LEAST_BOX, type Somebody } from '../pose/everybody';
import { cutSquare, type Raster } from '../pose/resample';
import { type Box, roiFromBox, wholeFrameRoi } from '../pose/roi';
import type { FoundPose, Poser } from './poser';

/** The surest first. */
export async function findPeople(raster: Raster, detector: Detector, poser: Poser): Promise<Somebody<FoundPose>[]> {
  const { size } = detector.contract.input;
  const whole = wholeFrameRoi(raster);
  const pixels = tf.tensor4d(cutSquare(raster, whole, size), [1, size, size, 3], 'int32');
  try {
    const [found = []] = await detector.run(new AbortController().signal, pixels, LEAST_BOX);
    const detections = found.map((one) => detectionInImage(one, whole, size, raster));
    const passes = await poser.pass(
      raster,
      detections.map(({ box }) => roiFromBox(box)),
    );
    return everybody(detections, passes, detector.contract.confidence.person, false);
  } finally {
    pixels.dispose();
  }
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
