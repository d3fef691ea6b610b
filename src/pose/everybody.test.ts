import { describe, expect, it } from 'vitest';
import { type CropResult, everybody, everybodyFlipTested, evidence, personScore, type Verdict } from './everybody';
import { keypoint, type Pose } from './pose';
import { roiFromBox } from './roi';
import { JOINTS } from './skeleton';
import type { Roi } from './space';

const box = (x: number, y: number) => ({ x, y, width: 40, height: 100 });

/** Joints along the middle of a crop. */
const poseIn = ({ cx, cy, side }: Roi, score: number): Pose =>
  JOINTS.map((_, i) => keypoint(cx + (i % 3) * 5 - 5, cy - side / 3 + (i * side) / 30, score));

const CONFIDENCE = { box: 1, somebody: 1, quality: 0.5, offset: -1, threshold: 0.5 };
const SURE: Verdict = { somebody: 2, quality: 2 };

/** done: how many of the boxes have had their pass. */
const find = (
  boxes: readonly { x: number; y: number; score: number }[],
  { verdictOf = (_: Roi): Verdict => SURE, withDoubtful = false, done = boxes.length } = {},
) => {
  const detections = boxes.map(({ x, y, score }) => ({ box: box(x, y), score }));
  const rois = detections.slice(0, done).map((detection) => roiFromBox(detection.box));
  return everybody(
    detections,
    rois.map((roi) => ({ pose: poseIn(roi, 0.9), verdict: verdictOf(roi) })),
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

  it('sorts people by score, highest first', () => {
    expect(places(find(two))).toEqual([220, 30]);
    expect(find([])).toEqual([]);
  });

  it('includes only the boxes whose crops have had their pass', () => {
    expect(places(find(two, { done: 1 }))).toEqual([30]);
  });

  it('leaves out detections that the pose network rejects', () => {
    const verdictOf = ({ cx }: Roi) => (cx < 100 ? { somebody: -3, quality: -3 } : SURE);
    const boxes = [
      { x: 10, y: 20, score: 0.9 },
      { x: 200, y: 20, score: 0.5 },
    ];
    expect(places(find(boxes, { verdictOf }))).toEqual([220]);
  });

  it('includes doubtful people only on request', () => {
    const boxes = [
      { x: 10, y: 20, score: 0.35 },
      { x: 200, y: 20, score: 0.9 },
    ];
    const verdictOf = ({ cx }: Roi) => (cx < 100 ? { somebody: 1, quality: 0 } : SURE);
    expect(find(boxes, { verdictOf }).map(({ doubtful }) => doubtful)).toEqual([false]);
    expect(find(boxes, { verdictOf, withDoubtful: true }).map(({ doubtful }) => doubtful)).toEqual([false, true]);
  });

  it('returns a person found in two boxes once', () => {
    const people = find([
      { x: 10, y: 20, score: 0.7 },
      { x: 11, y: 20, score: 0.9 },
    ]);
    expect(places(people)).toEqual([31]); // the surer box's
  });
});

describe('everybody after a flip test', () => {
  const boxes = [
    { x: 10, y: 20, score: 0.35 },
    { x: 200, y: 20, score: 0.9 },
  ];
  const verdictOf = ({ cx }: Roi) => (cx < 100 ? { somebody: 1, quality: 0 } : SURE);
  const people = find(boxes, { verdictOf, withDoubtful: true });
  const test = (mirrored: readonly CropResult[], withDoubtful = false) =>
    everybodyFlipTested(people, mirrored, CONFIDENCE, withDoubtful);
  const same = people.map(({ found }) => found);
  const withVerdict = (verdict: Verdict) => same.map(({ pose }) => ({ pose, verdict }));

  it('shows people who were doubtful before if the verdict on the mirror image is strong', () => {
    expect(people.map(({ doubtful }) => doubtful)).toEqual([false, true]);
    expect(places(test(same))).toEqual([220]);
    expect(test(same, true).map(({ doubtful }) => doubtful)).toEqual([false, true]);
    expect(test(withVerdict({ somebody: 4, quality: 2 })).map(({ doubtful }) => doubtful)).toEqual([false, false]);
  });

  it('leaves out people rejected by the mean verdict of both passes', () => {
    expect(places(test(withVerdict({ somebody: -1, quality: 0 })))).toEqual([220]);
    expect(test(withVerdict({ somebody: -9, quality: 0 }))).toEqual([]);
  });

  it('averages the joints of both passes, and leaves people without a second pass unchanged', () => {
    const shifted = same.slice(0, 1).map(({ pose }) => ({ pose: pose.map(({ x, y, score }) => keypoint(x + 2, y, score)) }));
    const [first, second] = test(shifted, true);
    expect(first?.pose[1]?.x).toBeCloseTo((people[0]?.pose[1]?.x ?? 0) + 1);
    expect(second).toEqual(people[1]);
  });
});

describe('evidence', () => {
  const withScores = (scores: readonly number[]): Pose => JOINTS.map((_, i) => keypoint(0, 0, scores[i] ?? 0));

  it('is the mean score of the visible joints, and less if there are few', () => {
    expect(evidence(withScores([0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.1]))).toBeCloseTo(0.8);
    expect(evidence(withScores([0.9, 0.9, 0.9]))).toBeCloseTo(0.45);
    expect(evidence(withScores([0.1, 0.1]))).toBe(0);
  });
});

describe('a person’s score', () => {
  const score = (box: number, verdict?: Verdict) => personScore(CONFIDENCE, box, verdict);

  it('is the logistic function of the box’s log-odds and the verdict', () => {
    expect(score(0.5, { somebody: -2, quality: 3 })).toBeCloseTo(1 / (1 + Math.exp(-(-2 + 0.5 * 3 - 1))));
    expect(score(0.5)).toBeCloseTo(1 / (1 + Math.exp(1))); // for a network that gives no verdict
  });

  it('grows with the detector’s score, and stays strictly between 0 and 1 for box scores of 0 and 1', () => {
    expect(score(0.6, SURE)).toBeGreaterThan(score(0.4, SURE));
    expect(score(1, SURE)).toBeLessThan(1);
    expect(score(0, SURE)).toBeGreaterThan(0);
  });
});
