import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { JOINTS, jointIndex, MIRROR } from './skeleton';
import { withoutDuplicates, withoutNeighboursJoints, withoutStrayFace } from './suppression';

/** A person 280 px tall: the face 40 px wide, the limbs 80. */
const person = (x: number, score = 0.8): Pose =>
  JOINTS.map((name, joint) => {
    const width = /nose|eye|ear/.test(name) ? 20 : 40;
    const side = name.startsWith('left_') ? 1 : name.startsWith('right_') ? -1 : 0;
    const y = name === 'head_top' ? 0 : name === 'neck' ? 45 : joint < 5 ? 22 - joint : 60 + 20 * (joint - 5);
    return keypoint(x + side * width, y, score);
  });

it('keeps the pose with the highest score of each person', () => {
  const people = [
    { pose: person(100), score: 0.6 },
    { pose: person(102), score: 0.9 },
    { pose: person(300), score: 0.5 },
  ];
  expect(withoutDuplicates(people)).toEqual([people[1], people[2]]);
});

it('recognises one person with left and right swapped', () => {
  const pose = person(100);
  const exchanged = pose.map((joint, i) => pose[MIRROR[i] ?? i] ?? joint);
  expect(
    withoutDuplicates([
      { pose, score: 0.9 },
      { pose: exchanged, score: 0.8 },
    ]),
  ).toHaveLength(1);
});

it('keeps people who stand close together', () => {
  const people = [100, 160].map((x) => ({ pose: person(x), score: 0.9 }));
  expect(withoutDuplicates(people)).toHaveLength(2);
});

it('assigns a joint that two people claim to the one with the higher score', () => {
  const [wrist, twin] = [jointIndex('left_wrist'), jointIndex('right_wrist')];
  const one = person(100, 0.8);
  const claims = (joint: number, score: number) =>
    person(300, 0.7).map((own, i) => (i === joint ? { ...(one[wrist] ?? own), score } : own));
  const scores = (second: Pose) => withoutNeighboursJoints([one, second]).map((pose) => [pose[wrist]?.score, pose[twin]?.score]);
  expect(scores(claims(wrist, 0.5))).toEqual([
    [0.8, 0.8],
    [0, 0.7],
  ]);
  expect(scores(claims(wrist, 0.9))).toEqual([
    [0, 0.8],
    [0.9, 0.7],
  ]);
  expect(scores(claims(twin, 0.5))[1]).toEqual([0.7, 0]); // the opposite wrist on it counts, too
  expect(scores(claims(wrist, 0.8))).toEqual([
    [0.8, 0.8],
    [0, 0.7],
  ]); // ties go to the first
});

it('sets the score of a face joint that lies on a neighbour to 0, and no other', () => {
  const ear = jointIndex('right_ear');
  const astray = person(100).map((joint, i) => (i === ear ? keypoint(300, 20, 0.7) : joint));
  expect(withoutStrayFace(astray).map(({ score }) => score)).toEqual(person(100).map(({ score }, i) => (i === ear ? 0 : score)));
  expect(withoutStrayFace(person(100))).toEqual(person(100));
});

it('leaves a face unchanged if too few of its joints are visible to locate it', () => {
  const hidden = person(100).map((joint, i) => (i > 1 && i < 5 ? { ...joint, score: 0.1 } : joint));
  expect(withoutStrayFace(hidden)).toEqual(hidden);
});
