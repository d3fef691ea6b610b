/** Finds people in an image in memory, in the same way as the app. */
import type { Detector } from '../model/detector/detector';
import { evidence } from '../pose/everybody';
import { flipTested } from '../pose/flip';
import type { Pose } from '../pose/pose';
import type { Raster } from '../pose/resample';
import { type Box, roiFromBox, wholeFrameRoi } from '../pose/roi';
import { type Pass, searchPeople } from '../pose/search';
import type { Roi } from '../pose/space';
import { rasterCropping } from './cropping';
import type { FoundPose, Poser } from './poser';

/** A person's joints, pixels of the image, and how likely somebody is there, 0..1. */
export interface PersonPose {
  readonly pose: Pose;
  readonly score: number;
}

/**
 * Highest scores first. flipTest: runs a second pass on the mirror image of every candidate. device: the one that the detector runs on, if it
 * runs on a GPU.
 */
export async function findPeople(
  raster: Raster,
  detector: Detector,
  poser: Poser,
  flipTest: boolean,
  device?: GPUDevice,
): Promise<PersonPose[]> {
  const { confidence, input } = detector.contract;
  const { signal } = new AbortController();
  const withCrops = rasterCropping(input.size, device);
  const detections = await withCrops(raster, [wholeFrameRoi(raster)], false, (pixels) => detector.detect(signal, pixels, raster));
  const pass: Pass<FoundPose> = (rois, mirrored) => poser.pass(raster, rois, mirrored);
  return searchPeople(detections, confidence, pass, { flipTest, withDoubtful: false });
}

/** The person in each box, in order. */
export async function poseBoxes(raster: Raster, boxes: readonly Box[], poser: Poser, flipTest: boolean): Promise<PersonPose[]> {
  const rois = boxes.map((box) => roiFromBox(box));
  return (await posesIn(raster, rois, poser, flipTest)).map((pose) => ({ pose, score: evidence(pose) }));
}

/** The pose in each crop, in order; crops in pixels of the image. */
export async function posesIn(raster: Raster, rois: readonly Roi[], poser: Poser, flipTest: boolean): Promise<Pose[]> {
  const found = await poser.pass(raster, rois, false);
  const people = flipTest ? await flipTested(found, (crops) => poser.pass(raster, crops, true)) : found;
  return people.map(({ pose }) => pose);
}
