import { expect, it } from 'vitest';
import { imagePoint, imageToView, type View, viewPoint } from '../pose/space';
import { subjectAt, targetAt } from './hit-test';
import { documentOf, row, withVisibility } from './testing';

const NOBODY = { subject: undefined, joint: undefined };
const view = (scale: number): View => ({ scale, left: 7, top: -3, mirrored: false, width: 400 });
const two = documentOf(row(50, 100, 15), row(53, 104, 15));

it.each([0.05, 1, 48])('hits a joint from the same distance on the screen at a scale of %d', (scale) => {
  const document = documentOf(row(50, 100, 15));
  const at = imageToView(imagePoint(50, 100), view(scale));
  const context = { document, view: view(scale), selection: NOBODY, boxes: false };
  expect(targetAt(context, viewPoint(at.x - 8, at.y - 7), 11)).toEqual({ kind: 'joint', subject: 1, joint: 0 });
  expect(targetAt(context, viewPoint(at.x - 12, at.y), 11)).toEqual({ kind: 'nothing' });
});

it('hits the nearest joint', () => {
  const context = { document: two, view: view(1), selection: NOBODY, boxes: false };
  expect(targetAt(context, imageToView(imagePoint(50, 101), view(1)), 11)).toMatchObject({ subject: 1, joint: 0 });
  expect(targetAt(context, imageToView(imagePoint(53, 103), view(1)), 11)).toMatchObject({ subject: 2, joint: 0 });
  expect(targetAt(context, imageToView(imagePoint(66, 100), view(1)), 11)).toMatchObject({ subject: 1, joint: 1 });
});

it('prefers the selected person to others, and the selected joint where several overlap', () => {
  const on = imageToView(imagePoint(53, 104), view(1)); // right on a joint of person 2
  const selection = { subject: 1, joint: undefined };
  expect(targetAt({ document: two, view: view(1), selection, boxes: false }, on, 11)).toMatchObject({ subject: 1, joint: 0 });
  const stacked = documentOf(row(50, 100, 1));
  const at = imageToView(imagePoint(50, 100), view(1));
  const joint = (chosen: number | undefined) =>
    targetAt({ document: stacked, view: view(1), selection: { subject: 1, joint: chosen }, boxes: false }, at, 11);
  expect(joint(undefined)).toMatchObject({ joint: 0 });
  expect(joint(4)).toMatchObject({ joint: 4 });
});

it('ignores joints without a label', () => {
  const document = documentOf(withVisibility(row(0, 0, 15), 0, 0));
  const context = { document, view: view(1), selection: NOBODY, boxes: false };
  expect(targetAt(context, imageToView(imagePoint(0, 0), view(1)), 11)).toEqual({ kind: 'nothing' });
});

it("hits the selected person's box if boxes are shown: corners before edges, joints before both", () => {
  const document = documentOf(row(50, 100)); // its box: 45, 70, 200 x 60
  const at = (x: number, y: number, boxes = true, subject = 1) =>
    targetAt(
      { document, view: view(2), selection: { subject, joint: undefined }, boxes },
      imageToView(imagePoint(x, y), view(2)),
      11,
    );
  expect(at(46, 71)).toEqual({ kind: 'grip', subject: 1, grip: 'nw' });
  expect(at(140, 71)).toEqual({ kind: 'grip', subject: 1, grip: 'n' });
  expect(at(245, 90)).toEqual({ kind: 'grip', subject: 1, grip: 'e' });
  expect(at(45, 100)).toMatchObject({ kind: 'joint', joint: 0 });
  expect(at(140, 115)).toEqual({ kind: 'nothing' });
  expect(at(46, 71, false)).toEqual({ kind: 'nothing' });
  expect(at(46, 71, true, 99)).toEqual({ kind: 'nothing' });
});

it('finds the person whose box contains a point, the smallest of several', () => {
  const inner = {
    ...two,
    subjects: two.subjects.map((one) => (one.id === 2 ? { ...one, box: { x: 60, y: 80, width: 20, height: 20 } } : one)),
  };
  const at = imageToView(imagePoint(70, 90), view(1));
  expect(subjectAt(inner.subjects, at, view(1))?.id).toBe(2);
  expect(subjectAt(inner.subjects, imageToView(imagePoint(100, 90), view(1)), view(1))?.id).toBe(1);
  expect(subjectAt(inner.subjects, imageToView(imagePoint(390, 290), view(1)), view(1))).toBeUndefined();
});
