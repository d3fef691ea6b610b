import { describe, expect, it } from 'vitest';
import { everybody, evidence } from './everybody';
import { keypoint, type Pose } from './pose';
import { MARGIN } from './roi';
import { JOINTS } from './skeleton';
import type { Roi } from './space';

const box = (x: number, y: number) => ({ x, y, width: 40, height: 100 });

/** Joints along the middle of a crop. */
const poseIn = ({ cx, cy, side }: Roi, score: number): Pose =>
  JOINTS.map((_, i) => keypoint(cx + (i % 3) * 5 - 5, cy - side / 3 + (i * side) / 30, score));

const find = async (boxes: readonly { x: number; y: number; score: number }[], jointScore: (roi: Roi) => number = () => 0.9) => {
  const passes: Roi[][] = [];
  const people = await everybody(
    boxes.map(({ x, y, score }) => ({ box: box(x, y), score })),
    async (rois) => {
      passes.push([...rois]);
      return rois.map((roi) => ({ pose: poseIn(roi, jointScore(roi)) }));
    },
  );
  return { people, passes };
};

describe('everybody', () => {
  it('takes one pass of one crop a box, as wide as the network likes it', async () => {
    const { people, passes } = await find([
      { x: 10, y: 20, score: 0.6 },
      { x: 200, y: 20, score: 0.9 },
    ]);
    expect(passes).toEqual([
      [
        { cx: 30, cy: 70, side: 100 * MARGIN },
        { cx: 220, cy: 70, side: 100 * MARGIN },
      ],
    ]);
    expect(people.map(({ score }) => score.toFixed(2))).toEqual(['0.85', '0.57']);
  });

  it('asks for nothing where there is no box', async () => {
    expect(await find([])).toEqual({ people: [], passes: [] });
  });

  it('leaves out what looks like a person and has no joints of one', async () => {
    const animal = (roi: Roi) => (roi.cx < 100 ? 0.15 : 0.9);
    const { people } = await find(
      [
        { x: 10, y: 20, score: 0.9 },
        { x: 200, y: 20, score: 0.5 },
      ],
      animal,
    );
    expect(people.map(({ pose }) => Math.round(pose[1]?.x ?? 0))).toEqual([220]);
  });

  it('has a person in two boxes once', async () => {
    const { people } = await find([
      { x: 10, y: 20, score: 0.7 },
      { x: 11, y: 20, score: 0.9 },
    ]);
    expect(people).toHaveLength(1);
    expect(people[0]?.score).toBeCloseTo(0.9 * Math.sqrt(0.9));
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
