import { expect, it } from 'vitest';
import { jointIndex, MIRROR } from '../pose/skeleton';
import { imagePoint } from '../pose/space';
import { resizeBox } from './box';
import { noLabels } from './document';
import {
  addSubject,
  copySubjects,
  deleteSubject,
  labelOf,
  likelyPlace,
  moveJoint,
  placeJoint,
  resetJoints,
  setVisibility,
  subjectOf,
  swapJoint,
  swapSides,
} from './edit';
import { mirrorSide } from './mirror';
import { documentOf, IMAGE, row, withVisibility } from './testing';

const WRIST = jointIndex('left_wrist');
const TWIN = jointIndex('right_wrist');
const NOSE = jointIndex('nose');
const DRAFTED = { threshold: 0.3, image: IMAGE };
const document = documentOf(row(50, 100), row(50, 200));

it('moves one joint of one person, within the image, and leaves everything else unchanged', () => {
  const moved = moveJoint(document, 2, WRIST, imagePoint(333.25, 9999), IMAGE);
  expect(labelOf(moved, 2, WRIST)).toEqual({ x: 333.25, y: 300, visibility: 2 });
  expect(subjectOf(moved, 1)).toBe(subjectOf(document, 1));
  expect(labelOf(moved, 2, TWIN)).toBe(labelOf(document, 2, TWIN));
});

it('returns the same document object if nothing changes', () => {
  const missing = documentOf(withVisibility(row(50, 100), WRIST, 0));
  expect(moveJoint(missing, 1, WRIST, imagePoint(5, 5), IMAGE)).toBe(missing); // it has no label to move
  expect(moveJoint(document, 7, WRIST, imagePoint(5, 5), IMAGE)).toBe(document);
  expect(setVisibility(document, 1, WRIST, 2)).toBe(document);
  expect(setVisibility(missing, 1, WRIST, 1)).toBe(missing); // it has no position to be hidden at
  expect(deleteSubject(document, 9)).toBe(document);
  expect(swapJoint(document, 1, NOSE)).toBe(document);
});

it('hides a joint, or removes its label together with its position', () => {
  expect(labelOf(setVisibility(document, 1, WRIST, 1), 1, WRIST)).toEqual({ x: 140, y: 100, visibility: 1 });
  expect(labelOf(setVisibility(document, 1, WRIST, 0), 1, WRIST)).toEqual({ x: 0, y: 0, visibility: 0 });
});

it('places a joint that has no label', () => {
  const placed = placeJoint(documentOf(noLabels()), 1, WRIST, imagePoint(-3, 20), IMAGE);
  expect(labelOf(placed, 1, WRIST)).toEqual({ x: 0, y: 20, visibility: 2 });
});

it('swaps a joint with its twin, including visibility, even if one has no label', () => {
  const start = documentOf(withVisibility(row(50, 100), TWIN, 0));
  const swapped = swapJoint(start, 1, WRIST);
  expect(labelOf(swapped, 1, TWIN)).toEqual(labelOf(start, 1, WRIST));
  expect(labelOf(swapped, 1, WRIST)).toEqual(labelOf(start, 1, TWIN));
  expect(swapJoint(swapped, 1, TWIN)).toEqual(start);
});

it('swaps left and right of a whole person, and back', () => {
  const swapped = swapSides(document, 1);
  MIRROR.forEach((twin, joint) => {
    expect(labelOf(swapped, 1, joint)).toEqual(labelOf(document, 1, twin));
  });
  expect(swapSides(swapped, 1)).toEqual(document);
});

it('resets joints to the draft, labelled if they reach the threshold', () => {
  const start = moveJoint(moveJoint(document, 1, NOSE, imagePoint(9, 9), IMAGE), 1, WRIST, imagePoint(9, 9), IMAGE);
  const one = resetJoints(start, 1, [NOSE], DRAFTED);
  expect(labelOf(one, 1, NOSE)).toEqual(labelOf(document, 1, NOSE));
  expect(labelOf(one, 1, WRIST)).toEqual({ x: 9, y: 9, visibility: 2 });
  const all = resetJoints(start, 1, [NOSE, WRIST, 18], DRAFTED); // joint 18 scores 0.23
  expect(labelOf(all, 1, WRIST)).toEqual(labelOf(document, 1, WRIST));
  expect(labelOf(all, 1, 18)?.visibility).toBe(0);
  const { document: undrafted, id } = addSubject(document, { x: 1, y: 1, width: 20, height: 40 });
  expect(resetJoints(undrafted, id, [NOSE], DRAFTED)).toBe(undrafted);
});

it('proposes the position of the draft, else the middle of the box', () => {
  const drafted = subjectOf(document, 1);
  expect(drafted && likelyPlace(drafted, WRIST)).toEqual({ x: 140, y: 100 });
  const { document: more, id } = addSubject(document, { x: 100, y: 50, width: 20, height: 40 });
  const fresh = subjectOf(more, id);
  expect(fresh && likelyPlace(fresh, WRIST)).toEqual({ x: 110, y: 70 });
});

it('never reuses the id of a deleted person', () => {
  const { document: after, id } = addSubject(deleteSubject(document, 2), { x: 0, y: 0, width: 9, height: 9 });
  expect(id).toBe(3);
  expect(after.subjects.map((subject) => subject.id)).toEqual([1, 3]);
});

it('copies the people of another image, without what lies outside this one and without their drafts', () => {
  const copied = copySubjects(documentOf(row(10, 10)), documentOf(row(353, 290)), IMAGE);
  expect(copied.subjects.map(({ id }) => id)).toEqual([1, 2]);
  const copy = subjectOf(copied, 2);
  expect(copy?.prediction).toBeUndefined();
  expect(copy?.labels[4]).toEqual({ x: 393, y: 290, visibility: 2 });
  expect(copy?.labels[5]).toEqual({ x: 400, y: 290, visibility: 2 }); // was 3 pixels outside
  expect(copy?.labels.slice(6).map(({ visibility }) => visibility)).toEqual(Array(13).fill(0));
  expect(copy?.box).toEqual({ x: 348, y: 260, width: 52, height: 40 });
});

it('copies people with their class', () => {
  const from = documentOf(row(10, 10), row(10, 90));
  const players = { ...from, subjects: from.subjects.map((one) => (one.id === 2 ? { ...one, category: 'player' } : one)) };
  expect(copySubjects(documentOf(), players, IMAGE).subjects.map(({ category }) => category)).toEqual([undefined, 'player']);
});

it('resizes a box by a corner or an edge, within the image, even past the opposite edge', () => {
  const box = { x: 100, y: 100, width: 50, height: 40 };
  expect(resizeBox(box, 'se', 10, 20, IMAGE)).toEqual({ x: 100, y: 100, width: 60, height: 60 });
  expect(resizeBox(box, 'n', 999, -10, IMAGE)).toEqual({ x: 100, y: 90, width: 50, height: 50 });
  expect(resizeBox(box, 'w', -999, 0, IMAGE)).toEqual({ x: 0, y: 100, width: 150, height: 40 });
  expect(resizeBox(box, 'w', 80, 0, IMAGE)).toEqual({ x: 150, y: 100, width: 30, height: 40 });
  expect(resizeBox(box, 'e', -50, 0, IMAGE).width).toBe(1);
});

it('mirrors a side across the axis of the body', () => {
  const body: Record<string, readonly [number, number]> = {
    neck: [100, 50],
    left_shoulder: [120, 60],
    right_shoulder: [90, 55],
    left_hip: [110, 150],
    right_hip: [90, 150],
    left_wrist: [140, 100],
  };
  const labels = noLabels().map((label, joint) => {
    const at = Object.entries(body).find(([name]) => jointIndex(name as 'neck') === joint)?.[1];
    return at ? { ...imagePoint(...at), visibility: 2 as const } : label;
  });
  const mirrored = mirrorSide(documentOf(labels), 1, 'left', IMAGE);
  expect(labelOf(mirrored, 1, jointIndex('right_shoulder'))).toEqual({ x: 80, y: 60, visibility: 2 });
  expect(labelOf(mirrored, 1, jointIndex('right_wrist'))).toEqual({ x: 60, y: 100, visibility: 2 });
  expect(labelOf(mirrored, 1, jointIndex('left_wrist'))).toEqual({ x: 140, y: 100, visibility: 2 });
  expect(labelOf(mirrored, 1, jointIndex('neck'))).toEqual({ x: 100, y: 50, visibility: 2 });
  expect(labelOf(mirrored, 1, jointIndex('right_knee'))?.visibility).toBe(0); // the left one has no label
  const tilted = mirrorSide(
    documentOf(labels.map(({ x, y, visibility }) => ({ ...imagePoint(y, x), visibility }))),
    1,
    'left',
    IMAGE,
  );
  expect(labelOf(tilted, 1, jointIndex('right_wrist'))).toEqual({ x: 100, y: 60, visibility: 2 }); // a body lying down
});

it('copies neither crowds nor people beyond the edges of this image', () => {
  const from = documentOf(row(50, 100), row(900, 100), row(60, 200));
  const [, , crowd] = from.subjects;
  const subjects = from.subjects.map((one) => (one === crowd ? { ...one, foreign: { iscrowd: 1 } } : one));
  const copied = copySubjects(documentOf(), { ...from, subjects }, IMAGE);
  expect(copied.subjects.map(({ box }) => box.x)).toEqual([45]);
});
