import { expect, it } from 'vitest';
import type { Box } from '../pose/roi';
import { imagePoint, imageToView, type View, viewPoint } from '../pose/space';
import type { ImageDocument } from './document';
import { labelOf, subjectOf } from './edit';
import { advance, drawnBox, type GestureEvent } from './gesture';
import { type Gesture, IDLE } from './gesture-state';
import type { Selection } from './hit-test';
import { asSuggestion, documentOf, IMAGE, row, withVisibility } from './testing';

/** A pointer on an editor: presses, moves and releases in image pixels, and keeps the results. */
class Hand {
  gesture: Gesture = IDLE;
  document: ImageDocument;
  view: View = { scale: 2, left: 0, top: 0, mirrored: false, width: IMAGE.width };
  selection: Selection = { subject: 1, joint: undefined };
  readonly marks: string[] = [];
  readonly boxes: Box[] = [];
  boxesShown = true;

  constructor(document = documentOf(row(50, 100))) {
    this.document = document;
  }

  send(event: GestureEvent): this {
    const context = { ...this, image: IMAGE, canvas: { width: 800, height: 600 }, boxes: this.boxesShown };
    const step = advance(this.gesture, event, context);
    this.gesture = step.gesture;
    this.document = step.document ?? this.document;
    this.view = step.view ?? this.view;
    this.selection = step.selection ?? this.selection;
    if (step.commit) this.marks.push(step.commit);
    if (step.box) this.boxes.push(step.box);
    return this;
  }

  private at(x: number, y: number) {
    return imageToView(imagePoint(x, y), this.view);
  }

  down(x: number, y: number, { pointer = 1, touch = false, pans = false } = {}): this {
    return this.send({ type: 'down', pointer, at: this.at(x, y), touch, pans });
  }

  /** To an image point in the current view: while the view is panned, the point moves with it. */
  move(x: number, y: number, pointer = 1): this {
    return this.send({ type: 'move', pointer, at: this.at(x, y) });
  }

  up(x: number, y: number, pointer = 1): this {
    return this.send({ type: 'up', pointer, at: this.at(x, y) });
  }

  escape(): this {
    return this.send({ type: 'cancel' });
  }

  label(joint: number, subject = 1) {
    return labelOf(this.document, subject, joint);
  }
}

it('drags a joint: selects it on the press, moves it as far as the pointer, and makes one history entry', () => {
  const hand = new Hand().down(52, 101);
  expect(hand.selection).toEqual({ subject: 1, joint: 0 });
  hand.move(60, 101).move(90, 141).up(102, 151);
  expect(hand.label(0)).toEqual({ x: 100, y: 150, visibility: 2 }); // it was grabbed (2, 1) beside the joint and keeps that offset
  expect(hand.marks).toEqual(['nose moved']);
  expect(hand.gesture).toBe(IDLE);
});

it('computes a drag from where it began, whatever path it took', () => {
  const direct = new Hand().down(50, 100).up(80, 130);
  const winding = new Hand().down(50, 100).move(-500, 900).move(300, 2).move(0, 0).up(80, 130);
  expect(winding.document).toEqual(direct.document);
  expect(winding.marks).toHaveLength(1);
});

it.each([
  ['press that barely moves', false, 51],
  ['tap that slides by 8 CSS pixels', true, 54],
])('treats a %s as a click: selects the joint without moving it', (_, touch, x) => {
  const hand = new Hand();
  const before = hand.document;
  hand.down(50, 100, { touch }).move(x, 100).up(x, 100);
  expect(hand.document).toBe(before);
  expect(hand.marks).toEqual([]);
  expect(hand.selection.joint).toBe(0);
});

it('Escape cancels a drag: the joint goes back, and the rest of the drag has no effect', () => {
  const hand = new Hand();
  const before = hand.document;
  hand.down(50, 100).move(90, 90).escape();
  expect(hand.document).toBe(before);
  hand.move(120, 120).up(150, 150);
  expect(hand.document).toBe(before);
  expect(hand.marks).toEqual([]);
});

it('keeps a dragged joint inside the image, and a hidden one hidden', () => {
  const hand = new Hand(documentOf(withVisibility(row(50, 100), 0, 1))).down(50, 100).up(-900, 9000);
  expect(hand.label(0)).toEqual({ x: 0, y: 300, visibility: 1 });
});

it('pans when empty space is dragged, and Escape undoes the pan', () => {
  const hand = new Hand();
  const at = hand.view;
  hand.send({ type: 'down', pointer: 1, at: viewPoint(700, 500), touch: false, pans: false });
  hand.send({ type: 'move', pointer: 1, at: viewPoint(702, 501) });
  expect(hand.view).toBe(at); // not yet more than a click
  hand.send({ type: 'move', pointer: 1, at: viewPoint(650, 520) });
  expect(hand.view).toMatchObject({ left: -50, top: 20, scale: 2 });
  hand.send({ type: 'up', pointer: 1, at: viewPoint(640, 520) });
  expect(hand.view).toMatchObject({ left: -60, top: 20 });
  hand.send({ type: 'down', pointer: 1, at: viewPoint(700, 500), touch: false, pans: false });
  hand.send({ type: 'move', pointer: 1, at: viewPoint(600, 500) });
  hand.escape();
  expect(hand.view).toMatchObject({ left: -60, top: 20 });
  expect(hand.marks).toEqual([]);
});

it('pans with the middle button or Space even over a joint, without selecting or moving it', () => {
  const hand = new Hand();
  const before = hand.document;
  hand.down(50, 100, { pans: true });
  hand.send({ type: 'up', pointer: 1, at: viewPoint(150, 230) });
  expect(hand.view).toMatchObject({ left: 50, top: 30 });
  expect(hand.document).toBe(before);
  expect(hand.selection.joint).toBeUndefined();
});

it('a click beside the joints selects the person there and deselects the joint', () => {
  const hand = new Hand(documentOf(row(50, 100), row(50, 200)));
  hand.down(50, 100).up(50, 100);
  expect(hand.selection).toEqual({ subject: 1, joint: 0 });
  hand.down(155, 215).up(155, 215);
  expect(hand.selection).toEqual({ subject: 2, joint: undefined });
  hand.down(390, 20).up(390, 20);
  expect(hand.selection).toEqual({ subject: 2, joint: undefined });
});

it('draws the box of a new person in any direction, within the image', () => {
  const hand = new Hand();
  hand.gesture = { kind: 'adding' };
  hand.down(300, 200).move(310, 150);
  expect(drawnBox(hand.gesture)).toEqual({ x: 300, y: 150, width: 10, height: 50 });
  hand.up(500, 100);
  expect(hand.boxes).toEqual([{ x: 300, y: 100, width: 100, height: 100 }]);
  expect(hand.gesture).toBe(IDLE);
});

it('ignores a tiny, accidental box and lets it be drawn again', () => {
  const hand = new Hand();
  hand.gesture = { kind: 'adding' };
  hand.down(300, 200).up(303, 202);
  expect(hand.boxes).toEqual([]);
  expect(hand.gesture).toEqual({ kind: 'adding' });
});

it.each([
  ['flat', 2, 350, 201],
  ['thin', 2, 300, 250],
  ['less than a pixel wide in a magnified view', 16, 300.5, 250],
])('ignores a box that is %s, and lets it be drawn again', (_name, scale, x, y) => {
  const hand = new Hand();
  hand.view = { ...hand.view, scale };
  hand.gesture = { kind: 'adding' };
  hand.down(300, 200).up(x, y);
  expect([hand.boxes, hand.gesture]).toEqual([[], { kind: 'adding' }]);
});

it('draws the box of somebody far away, who is a few pixels wide', () => {
  const hand = new Hand();
  hand.gesture = { kind: 'adding' };
  hand.down(300, 200).up(303, 208);
  expect(hand.boxes).toEqual([{ x: 300, y: 200, width: 3, height: 8 }]);
});

it('Escape cancels a new box, half drawn or not yet begun', () => {
  const hand = new Hand();
  hand.gesture = { kind: 'adding' };
  hand.down(300, 200).move(350, 260).escape().up(390, 290);
  expect([hand.boxes, hand.gesture]).toEqual([[], IDLE]);
  hand.gesture = { kind: 'adding' };
  expect(hand.escape().gesture).toBe(IDLE);
});

it("resizes the selected person's box by an edge and a corner, without changing the joints", () => {
  const hand = new Hand();
  const { labels } = hand.document.subjects[0] ?? { labels: [] };
  hand.down(245, 85).move(260, 85).up(255, 99); // the east edge of 45, 70, 200 x 60
  expect(subjectOf(hand.document, 1)?.box).toEqual({ x: 45, y: 70, width: 210, height: 60 });
  hand.down(45, 70).up(35, 75);
  expect(subjectOf(hand.document, 1)?.box).toEqual({ x: 35, y: 75, width: 220, height: 55 });
  expect(hand.marks).toEqual(['box changed', 'box changed']);
  expect(hand.document.subjects[0]?.labels).toBe(labels);
});

it('Escape cancels the drag of a box edge', () => {
  const hand = new Hand();
  const before = hand.document;
  hand.down(245, 85).move(300, 85).escape().up(300, 85);
  expect(hand.document).toBe(before);
  expect(hand.marks).toEqual([]);
});

it('a click on a suggestion keeps it, makes one history entry and selects the person', () => {
  const hand = new Hand(asSuggestion(documentOf(row(50, 50), row(50, 250)), 2)).down(70, 250).up(70, 250);
  expect(hand.document.subjects.map(({ id }) => id)).toEqual([1, 2]);
  expect(hand.document.suggestions).toEqual([]);
  expect(hand.marks).toEqual(['suggestion kept']);
  expect(hand.selection).toEqual({ subject: 2, joint: undefined });
});

it('a click on a person does not keep a suggestion whose box is there as well', () => {
  const hand = new Hand(asSuggestion(documentOf(row(50, 100), row(50, 120)), 2)).down(60, 93).up(60, 93);
  expect(hand.document.suggestions).toHaveLength(1);
  expect(hand.selection.subject).toBe(1);
});

it('a click on a box edge changes nothing, and a hidden box cannot be grabbed', () => {
  const hand = new Hand().down(245, 85).up(245, 85);
  expect(hand.marks).toEqual([]);
  hand.boxesShown = false;
  hand.down(245, 85);
  expect(hand.gesture.kind).toBe('pressing');
});

it('places a missing joint on a press and drags it on in the same gesture, with one history entry', () => {
  const hand = new Hand(documentOf(withVisibility(row(50, 100), 9, 0)));
  hand.gesture = { kind: 'placing', subject: 1, joint: 9 };
  hand.down(300, 200);
  expect(hand.label(9)).toEqual({ x: 300, y: 200, visibility: 2 });
  hand.move(310, 210).up(320, 205);
  expect(hand.label(9)).toEqual({ x: 320, y: 205, visibility: 2 });
  expect(hand.marks).toEqual(['left wrist placed']);
  expect(hand.selection).toEqual({ subject: 1, joint: 9 });
});

it('Escape removes a joint that is being placed', () => {
  const hand = new Hand(documentOf(withVisibility(row(50, 100), 9, 0)));
  const before = hand.document;
  hand.gesture = { kind: 'placing', subject: 1, joint: 9 };
  hand.down(300, 200).escape().up(300, 200);
  expect(hand.document).toBe(before);
  expect([hand.marks, hand.gesture]).toEqual([[], IDLE]);
});

it('a second finger cancels what the first had begun, and both pinch', () => {
  const hand = new Hand();
  const before = hand.document;
  hand.send({ type: 'down', pointer: 1, at: viewPoint(100, 200), touch: true, pans: false }); // on the nose
  hand.send({ type: 'move', pointer: 1, at: viewPoint(200, 200) });
  expect(hand.document).not.toBe(before);
  hand.send({ type: 'down', pointer: 2, at: viewPoint(400, 200), touch: true, pans: false });
  expect(hand.document).toBe(before);
  hand.send({ type: 'move', pointer: 2, at: viewPoint(600, 200) });
  expect(hand.view.scale).toBe(4);
  hand.send({ type: 'up', pointer: 1, at: viewPoint(200, 200) });
  const { view } = hand;
  hand.send({ type: 'move', pointer: 2, at: viewPoint(10, 10) }); // the remaining finger has no effect
  expect([hand.view, hand.document, hand.marks, hand.gesture]).toEqual([view, before, [], IDLE]);
});

it('Escape undoes a pinch', () => {
  const hand = new Hand();
  const { view } = hand;
  hand.send({ type: 'down', pointer: 1, at: viewPoint(700, 500), touch: true, pans: false });
  hand.send({ type: 'down', pointer: 2, at: viewPoint(600, 500), touch: true, pans: false });
  hand.send({ type: 'move', pointer: 2, at: viewPoint(300, 300) });
  expect(hand.view).not.toEqual(view);
  expect(hand.escape().view).toEqual(view);
});

it.each([{ kind: 'adding' }, { kind: 'placing', subject: 1, joint: 9 }] as const)(
  'returns to $kind after a pan and a pinch',
  (resting) => {
    const hand = new Hand(documentOf(withVisibility(row(50, 100), 9, 0)));
    const before = hand.document;
    hand.gesture = resting;
    hand.down(300, 200, { pans: true }).up(310, 200);
    expect(hand.gesture).toEqual(resting);
    hand.down(200, 200, { touch: true }).down(300, 200, { touch: true, pointer: 2 }).move(320, 200, 2).up(320, 200, 2);
    expect(hand.gesture).toEqual(resting);
    expect([hand.document, hand.boxes, hand.marks]).toEqual([before, [], []]);
  },
);

it('grabs a joint from farther away by touch than by mouse', () => {
  const near = { x: 50, y: 100 - 9 }; // 18 CSS pixels away
  expect(new Hand().down(near.x, near.y).gesture.kind).toBe('pressing');
  expect(new Hand().down(near.x, near.y, { touch: true }).gesture.kind).toBe('dragging');
});

it('a second mouse button or pen does not disturb a drag', () => {
  const hand = new Hand().down(50, 100).down(200, 200, { pointer: 2 }).move(90, 120, 2).up(90, 120, 2);
  expect(hand.gesture.kind).toBe('dragging');
  hand.up(60, 110);
  expect(hand.label(0)).toMatchObject({ x: 60, y: 110 });
});

it('keeps a dragged joint under the pointer while the view zooms', () => {
  const hand = new Hand().down(50, 100).move(90, 100);
  hand.view = { ...hand.view, scale: 4, left: -180, top: -200 }; // zoomed at the pointer: (90, 100) stays where it was
  hand.move(90, 100);
  expect(hand.label(0)).toMatchObject({ x: 90, y: 100 });
  hand.up(91, 100);
  expect(hand.label(0)).toMatchObject({ x: 91, y: 100 });
});

it('continues a pan from the view that a zoom left', () => {
  const hand = new Hand().down(10, 290);
  hand.move(20, 290);
  hand.view = { ...hand.view, scale: 4 };
  const { view } = hand;
  hand.send({ type: 'move', pointer: 1, at: viewPoint(hand.gesture.kind === 'panning' ? hand.gesture.at.x + 5 : 0, 580) });
  expect(hand.view).toMatchObject({ scale: 4, left: view.left + 5 });
});
