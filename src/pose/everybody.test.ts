import { describe, expect, it } from 'vitest';
import { everybody, everybodyFlipTested, evidence, personScore } from './everybody';
import { keypoint, type Pose } from './pose';
import { roiFromBox } from './roi';
import { JOINTS } from './skeleton';
import type { Roi } from './space';

const box = (x: number, y: number) => ({ x, y, width: 40, height: 100 });

/** Joints along the middle of a crop. */
const poseIn = ({ cx, cy, side }: Roi, score: number): Pose =>
  JOINTS.map((_, i) => keypoint(cx + (i % 3) * 5 - 5, cy - side / 3 + (i * side) / 30, score));

const CONFIDENCE = { box: 1, fill: 3, joints: 4, offset: -4, least: 0.5 };

/** done: of how many boxes the crop has had its pass. */
const find = (
  boxes: readonly { x: number; y: number; score: number }[],
  { jointScore = (_: Roi): number => 0.9, withDoubtful = false, done = boxes.length } = {},
) => {
  const detections = boxes.map(({ x, y, score }) => ({ box: box(x, y), score }));
  const rois = detections.slice(0, done).map((detection) => roiFromBox(detection.box));
  return everybody(
    detections,
    rois.map((roi) => ({ pose: poseIn(roi, jointScore(roi)) })),
    CONFIDENCE,
    withDoubtful,
  );
};

const places = (people: ReturnType<typeof find>) => people.map(({ pose }) => Math.round(pose[1]?.x ?? 0));

describe('everybody', () => {
  const two = [
    { x: 10, y: 20, score: 0.6 },
    { x: 200, y: 20, score: 0.9 },
  ];

  it('has the surest first', () => {
    expect(places(find(two))).toEqual([220, 30]);
    expect(find([])).toEqual([]);
  });

  it('has those whose crops had their pass, while others wait', () => {
    expect(places(find(two, { done: 1 }))).toEqual([30]);
  });

  it('leaves out what looks like a person and has no joints of one', () => {
    const jointScore = (roi: Roi) => (roi.cx < 100 ? 0.05 : 0.9);
    expect(
      places(
        find(
          [
            { x: 10, y: 20, score: 0.9 },
            { x: 200, y: 20, score: 0.5 },
          ],
          { jointScore },
        ),
      ),
    ).toEqual([220]);
  });

  it('has those who are doubtful only where they are asked for', () => {
    const boxes = [
      { x: 10, y: 20, score: 0.35 },
      { x: 200, y: 20, score: 0.9 },
    ];
    const jointScore = (roi: Roi) => (roi.cx < 100 ? 0.8 : 0.9);
    expect(find(boxes, { jointScore }).map(({ doubtful }) => doubtful)).toEqual([false]);
    expect(find(boxes, { jointScore, withDoubtful: true }).map(({ doubtful }) => doubtful)).toEqual([false, true]);
  });

  it('has a person in two boxes once', () => {
    const people = find([
      { x: 10, y: 20, score: 0.7 },
      { x: 11, y: 20, score: 0.9 },
    ]);
    expect(people).toHaveLength(1);
    expect(people[0]?.score).toBe(Math.max(...people.map(({ score }) => score)));
  });
});

describe('everybody after a flip test', () => {
  const boxes = [
    { x: 10, y: 20, score: 0.35 },
    { x: 200, y: 20, score: 0.9 },
  ];
  const jointScore = (roi: Roi) => (roi.cx < 100 ? 0.8 : 0.9);
  const people = find(boxes, { jointScore, withDoubtful: true });
  const shifted = (by: number) => (pose: Pose) => pose.map(({ x, y, score }) => keypoint(x + by, y, score));
  const test = (mirrored: readonly Pose[], confidence = CONFIDENCE, withDoubtful = false) =>
    everybodyFlipTested(people, mirrored, confidence, withDoubtful);
  const same = people.map(({ pose }) => pose);

  it('shows who was doubtful before, where both passes agree', () => {
    expect(people.map(({ doubtful }) => doubtful)).toEqual([false, true]);
    const generous = { ...CONFIDENCE, joints: 6 };
    expect(test(same, generous).map(({ doubtful }) => doubtful)).toEqual([false, false]);
    expect(places(test(same))).toEqual([220]);
    expect(test(same, CONFIDENCE, true).map(({ doubtful }) => doubtful)).toEqual([false, true]);
  });

  it('leaves out whom the mirror image has elsewhere', () => {
    expect(test(same.map(shifted(300)))).toEqual([]);
  });

  it('has the joints of both passes, and the scores of whoever has had one as they were', () => {
    const [first, second] = test(same.slice(0, 1).map(shifted(2)), CONFIDENCE, true);
    expect(first?.pose[1]?.x).toBeCloseTo((people[0]?.pose[1]?.x ?? 0) + 1);
    expect(second).toEqual(people[1]);
  });
});

describe('evidence', () => {
  const withScores = (scores: readonly number[]): Pose => JOINTS.map((_, i) => keypoint(0, 0, scores[i] ?? 0));

  it('is the mean of the joints that are seen, and less with few of them', () => {
    expect(evidence(withScores([0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.1]))).toBeCloseTo(0.8);
    expect(evidence(withScores([0.9, 0.9, 0.9]))).toBeCloseTo(0.45);
    expect(evidence(withScores([0.1, 0.1]))).toBe(0);
  });
});

describe('a person’s score', () => {
  const detection = { box: { x: 0, y: 0, width: 100, height: 200 }, score: 0.5 };
  /** Joints that reach from one corner to the other of a box so large. */
  const pose = (width: number, height: number, score: number): Pose =>
    JOINTS.map((_, i) => keypoint(50 + (width / 1.16) * (i / 18 - 0.5), 100 + (height / 1.16) * (i / 18 - 0.5), score));
  const score = (pose: Pose, box = detection) => personScore(CONFIDENCE, box, pose);

  it('is the logistic function of the box’s odds, how well the joints fill the box, and their scores', () => {
    expect(score(pose(100, 200, 0.75))).toBeCloseTo(1 / (1 + Math.exp(-(3 + 4 * 0.75 - 4))));
    expect(score(pose(100, 100, 0.75))).toBeCloseTo(1 / (1 + Math.exp(-(1.5 + 4 * 0.75 - 4))));
    expect(score(pose(100, 200, 0.1))).toBeCloseTo(1 / (1 + Math.exp(-(4 * 0.1 - 4)))); // joints that are not seen fill nothing
  });

  it('grows with the detector’s, and stays a number for boxes that are certain', () => {
    const at = (box: number) => score(pose(100, 200, 0.5), { ...detection, score: box });
    expect(at(0.6)).toBeGreaterThan(at(0.4));
    expect(at(1)).toBeLessThan(1);
    expect(at(0)).toBeGreaterThan(0);
  });
});
