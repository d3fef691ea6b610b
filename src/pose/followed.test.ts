import { expect, it } from 'vitest';
import type { PersonConfidence } from './everybody';
import { followed, MAX_FOLLOWED } from './followed';
import { keypoint } from './pose';
import { roiFromBox } from './roi';
import { JOINTS } from './skeleton';
import type { Roi } from './space';

const ANYBODY: PersonConfidence = { box: 1, somebody: 0, quality: 0, offset: 0, threshold: 0 };
const NOBODY = { ...ANYBODY, threshold: 1 };
const boxAt = (x: number) => ({ x, y: 100, width: 100, height: 200 });
const detectionAt = (x: number) => ({ box: boxAt(x), score: 0.9 });
const trackedAt = (x: number) => roiFromBox(boxAt(x), 1.4);

/** A pass that returns, for each crop, the crop itself. */
const pass = async (rois: readonly Roi[]) => rois.map((roi) => ({ roi, pose: JOINTS.map(() => keypoint(0, 0, 0.9)) }));

it('keeps the tracked crop of a lone person if the detector finds them, too, and passes it once', async () => {
  const { people } = await followed({ rois: [trackedAt(0)] }, [detectionAt(5)], ANYBODY, pass);
  expect(people.map(({ roi }) => roi)).toEqual([trackedAt(0)]);
});

it('does not take a second box of a person who is followed for somebody else', async () => {
  const { people, tooMany } = await followed({ rois: [trackedAt(0)] }, [detectionAt(0), detectionAt(22)], ANYBODY, pass);
  expect([people.map(({ roi }) => roi), tooMany]).toEqual([[trackedAt(0)], 0]);
});

it('adds other detections that score as people', async () => {
  const found = [detectionAt(0), detectionAt(900), { ...detectionAt(1800), score: 0.1 }];
  const both = await followed({ rois: [trackedAt(0)] }, found, ANYBODY, pass);
  expect(both.people.map(({ roi }) => roi)).toEqual([trackedAt(0), roiFromBox(boxAt(900))]);
  expect((await followed({ rois: [trackedAt(0)] }, found, NOBODY, pass)).people).toHaveLength(1);
});

it('rejects a new detection with few or weak joints, whatever the score of its box', async () => {
  const weak = async (rois: readonly Roi[]) =>
    rois.map((roi) => ({ roi, pose: JOINTS.map((_, j) => keypoint(0, 0, j < 6 ? 0.3 : 0)) }));
  expect((await followed({ rois: [trackedAt(0)] }, [detectionAt(900)], ANYBODY, weak)).people).toHaveLength(1);
});

it('finds the second of two people who stand close together, and crops both by their detections', async () => {
  const { people } = await followed({ rois: [trackedAt(0)] }, [detectionAt(90), detectionAt(10)], ANYBODY, pass);
  expect(people.map(({ roi }) => roi)).toEqual([roiFromBox(boxAt(10)), roiFromBox(boxAt(90))]);
});

it('follows at most ten people, and returns how many were left out', async () => {
  const crowd = Array.from({ length: 13 }, (_, i) => detectionAt(500 * i));
  const { people, tooMany } = await followed({ rois: [trackedAt(0)] }, crowd, ANYBODY, pass);
  expect([people.length, tooMany]).toEqual([MAX_FOLLOWED, 3]);
});

it('prefers detected people to lost ones, and looks for lost ones only while there is room', async () => {
  const inView = Array.from({ length: 7 }, (_, i) => trackedAt(500 * i));
  const away = [trackedAt(4000), trackedAt(4500), trackedAt(5000)];
  const known = { rois: [...inView, ...away], lost: away.length };
  const found = [detectionAt(4505), detectionAt(6000)]; // the second lost one is back, and somebody is new
  const { people, tooMany } = await followed(known, found, ANYBODY, pass);
  expect([people.map(({ roi }) => roi), tooMany]).toEqual([
    [...inView, trackedAt(4500), trackedAt(4000), roiFromBox(boxAt(6000))],
    0,
  ]);
  const crowd = Array.from({ length: 4 }, (_, i) => detectionAt(6000 + 500 * i));
  const crowded = await followed(known, crowd, ANYBODY, pass);
  expect([crowded.people.length, crowded.tooMany]).toEqual([MAX_FOLLOWED, 1]);
  expect(crowded.people.some(({ roi }) => away.some((other) => other.cx === roi.cx))).toBe(false);
});
