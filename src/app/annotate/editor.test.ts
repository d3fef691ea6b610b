import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImageDocument } from '../../annotate/document';
import { labelOf, subjectOf } from '../../annotate/edit';
import { documentOf, IMAGE, row } from '../../annotate/testing';
import { EngineError } from '../../engine/error';
import type { PersonResult } from '../../engine/protocol';
import { imagePoint, imageToView, type Roi, viewPoint } from '../../pose/space';
import { fakePerson } from '../../testing/fake-client';
import { createEditor, type EditorDeps, type EditorEvent } from './editor';
import { createShow } from './show';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'info').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An editor on an image of 400 x 300 that is shown twice as large; what it gave to be kept; and the looks it waits for. */
function open(document: ImageDocument = documentOf(row(50, 100)), deps: Partial<EditorDeps> = {}) {
  const kept: ImageDocument[] = [];
  const looks: { roi: Roi; signal: AbortSignal; answer: (result: PersonResult) => void; fail: (error: unknown) => void }[] = [];
  const show = createShow();
  const editor = createEditor(document, IMAGE, {
    look: (signal, roi) => new Promise((answer, fail) => looks.push({ roi, signal, answer, fail })),
    previous: () => undefined,
    threshold: 0.2,
    show,
    onChange: (changed) => kept.push(changed),
    ...deps,
  });
  editor.dispatch({ type: 'resize', canvas: { width: 800, height: 600 } });
  const state = editor.store.getState;
  const at = (x: number, y: number) => imageToView(imagePoint(x, y), state().view);
  const send = (...events: EditorEvent[]) => {
    for (const event of events) editor.dispatch(event);
  };
  const down = (x: number, y: number) => send({ type: 'down', pointer: 1, at: at(x, y), touch: false, pans: false });
  const move = (x: number, y: number) => send({ type: 'move', pointer: 1, at: at(x, y) });
  const up = (x: number, y: number) => send({ type: 'up', pointer: 1, at: at(x, y) });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    editor,
    kept,
    looks,
    show,
    state,
    send,
    down,
    move,
    up,
    settle,
    drag: (x0: number, y0: number, x1: number, y1: number) => {
      down(x0, y0);
      move(x1, y1);
      up(x1, y1);
    },
  };
}

it('drags, undoes, redoes: keeps after each, and shows the drag meanwhile', () => {
  const { kept, state, send, down, move, up } = open();
  const before = state().document;
  down(50, 100);
  move(80, 120);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 80, y: 120 });
  expect(kept).toEqual([]); // not in the middle of a gesture
  up(90, 130);
  expect(state().said).toBe('Nose moved.');
  send({ type: 'undo' });
  expect([state().document, state().said]).toEqual([before, 'Undone: nose moved.']);
  send({ type: 'redo' });
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 90, y: 130 });
  expect(kept).toHaveLength(3);
  send({ type: 'redo' });
  expect(state().said).toBe('Nothing to redo.');
  expect(kept).toHaveLength(3);
});

it('a command in the middle of a drag gives the drag up first', () => {
  const { state, send, down, move, up, kept } = open();
  down(50, 100);
  move(200, 200);
  send({ type: 'swapAll' });
  up(200, 200);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 50, y: 100 });
  expect(kept).toHaveLength(1);
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(50, 100)));
});

it('nudges that follow each other are one step back, later ones and those of another joint are not', () => {
  const { state, send } = open();
  const right: EditorEvent = { type: 'nudge', dx: 1, dy: 0 };
  send({ type: 'choose', subject: 1, joint: 0 }, right, right, right);
  expect(labelOf(state().document, 1, 0)?.x).toBe(53);
  vi.advanceTimersByTime(1000);
  send(right, { type: 'stepJoint', by: 1 }, right);
  send({ type: 'undo' }, { type: 'undo' });
  expect(labelOf(state().document, 1, 0)?.x).toBe(53);
  send({ type: 'undo' });
  expect(labelOf(state().document, 1, 0)?.x).toBe(50);
});

it('adds a person from a box: at once, then drafted by the cascade, both one step back', async () => {
  const { state, send, drag, looks, kept, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  expect(state().choice).toEqual({ subject: 2, joint: undefined });
  expect(kept.at(-1)?.subjects).toHaveLength(2); // already safe
  expect([state().looking, state().said]).toEqual([1, 'Person added. The cascade is looking…']);
  expect(looks[0]?.roi).toEqual({ cx: 150, cy: 150, side: 250 });
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect([state().looking, state().said]).toEqual([0, 'Person drafted: 18 of 19 joints.']);
  expect(subjectOf(state().document, 2)?.box).toEqual({ x: 100, y: 50, width: 100, height: 200 });
  send({ type: 'undo' });
  expect(state().document.subjects).toHaveLength(1);
  send({ type: 'redo' });
  expect(subjectOf(state().document, 2)?.prediction).toHaveLength(19);
});

it('a draft neither touches what was placed by hand meanwhile, nor a drag under way', async () => {
  const { state, send, drag, down, move, up, looks, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'choose', subject: 2, joint: 0 }, { type: 'place' });
  drag(160, 60, 160, 60);
  down(50, 100);
  move(60, 110);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(subjectOf(state().document, 2)?.prediction).toBeUndefined(); // waits for the hand
  send({ type: 'cancel' });
  expect(subjectOf(state().document, 2)?.prediction).toHaveLength(19);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 50, y: 100 });
  expect(labelOf(state().document, 2, 0)).toEqual({ x: 160, y: 60, visibility: 2 });
  up(60, 110);
});

it('a person who was taken back before the draft came stays away', async () => {
  const { state, send, drag, looks, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'undo' });
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(state().document.subjects).toHaveLength(1);
});

it('the draft of a person who was taken back does not land on the one drawn next', async () => {
  const { state, send, drag, looks, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'undo' }, { type: 'add' });
  drag(250, 50, 350, 250);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(subjectOf(state().document, 3)).toMatchObject({ prediction: undefined });
  looks[1]?.answer(fakePerson(looks[1].roi, 'all'));
  await settle();
  const drawn = subjectOf(state().document, 3);
  expect(drawn?.prediction).toHaveLength(19);
  expect(drawn?.labels.filter(({ visibility, x }) => visibility > 0 && (x < 225 || x > 375))).toEqual([]);
});

it('a look that fails is told, and the person stays to be placed by hand', async () => {
  const { state, send, drag, looks, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  looks[0]?.fail(new EngineError({ code: 'estimate-failed', detail: '' }));
  await settle();
  expect(state().said).toMatch(/The network failed.*by hand/);
  expect(state().document.subjects).toHaveLength(2);
  expect(state().looking).toBe(0);
});

it('drafts a person again in the box as it is now', async () => {
  const { state, send, looks, settle } = open();
  send({ type: 'redraft' });
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(labelOf(state().document, 1, 0)).not.toEqual(labelOf(documentOf(row(50, 100)), 1, 0));
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(50, 100)));
});

it('looks for heat-maps only where they are shown, once a person', async () => {
  const { send, show, looks, settle, state } = open(documentOf(row(50, 100), row(50, 200)));
  send({ type: 'stepPerson', by: 1 }, { type: 'stepPerson', by: 1 });
  expect(looks).toHaveLength(0);
  show.setState({ heat: true });
  expect(looks).toHaveLength(1);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  send({ type: 'stepJoint', by: 1 });
  expect(looks).toHaveLength(1);
  send({ type: 'stepPerson', by: 1 });
  expect(looks).toHaveLength(2);
  expect(state().looks.size).toBe(1);
});

it('looks at the person whose joint is pointed at, where heat-maps are shown', () => {
  const { send, show, looks, state } = open(documentOf(row(50, 100), row(50, 200)));
  show.setState({ heat: true });
  expect(looks).toHaveLength(1); // the chosen person
  const at = { subject: 2, joint: 4 };
  send({ type: 'point', at }, { type: 'point', at: { ...at } });
  expect([state().pointed, looks.length]).toEqual([at, 2]);
  send({ type: 'point', at: undefined });
  expect([state().pointed, state().choice]).toEqual([undefined, { subject: 1, joint: undefined }]);
});

it('zooms at the cursor, fits a person, fits all, and stays fitted when the window changes', () => {
  const { state, send } = open();
  const at = viewPoint(300, 200);
  send({ type: 'zoom', factor: 2, at });
  expect(state().view.scale).toBe(4);
  expect(imageToView(imagePoint(150, 100), state().view)).toEqual(at);
  send({ type: 'fitPerson' });
  expect(state().view.scale).toBeGreaterThan(2);
  send({ type: 'fit' }, { type: 'resize', canvas: { width: 400, height: 600 } });
  expect(state().view).toMatchObject({ scale: 1, left: 0, top: 150 });
});

it('a chosen joint that an undo takes away is no longer chosen', () => {
  const { state, send } = open(documentOf(row(50, 100)), { previous: () => documentOf(row(9, 200)) });
  send({ type: 'copy' }, { type: 'choose', subject: 2, joint: 4 }, { type: 'undo' });
  expect(state().choice).toEqual({ subject: 1, joint: undefined });
});

it('takes a document from elsewhere and forgets the history', () => {
  const { editor, state, send, kept } = open();
  send({ type: 'swapAll' });
  editor.take(documentOf(row(7, 7)));
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(7, 7)));
  expect(kept).toHaveLength(1);
});

it('takes a document without the drafts that were being made for the people before', async () => {
  const { editor, state, send, down, move, looks, kept, settle } = open(documentOf(row(50, 100), row(50, 200)));
  send({ type: 'redraft' }, { type: 'stepPerson', by: 1 }, { type: 'redraft' });
  down(50, 100);
  move(60, 110);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle(); // waits for the hand
  const imported = documentOf(row(7, 7), row(7, 70));
  editor.take(imported);
  looks[1]?.answer(fakePerson(looks[1].roi, 'all'));
  await settle();
  expect([state().document, kept, state().looks.size]).toEqual([imported, [], 0]);
});

it('still drafts a person who was just drawn when its image is left, but wants no maps', async () => {
  const { editor, state, send, drag, show, looks, kept, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  editor.setShown(false);
  show.setState({ heat: true });
  expect(looks).toHaveLength(1);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(subjectOf(kept.at(-1) ?? documentOf(), 2)?.prediction).toHaveLength(19);
  expect([state().looks.size, state().looking]).toEqual([0, 0]);
  editor.setShown(true);
  expect(state()).toMatchObject({ choice: { subject: 1 }, fitted: true, said: '' });
  send({ type: 'undo' });
  expect(state().document.subjects).toHaveLength(1);
});

it('gives up its looks when it is disposed of', async () => {
  const { editor, send, drag, looks, kept, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  const before = kept.length;
  editor.dispose();
  expect(looks[0]?.signal.aborted).toBe(true);
  looks[0]?.answer(fakePerson(looks[0].roi, 'all'));
  await settle();
  expect(kept).toHaveLength(before);
});
