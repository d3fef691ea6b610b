import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImageDocument } from '../../annotate/document';
import { labelOf, subjectOf } from '../../annotate/edit';
import { drawnBox } from '../../annotate/gesture';
import { historyOf } from '../../annotate/history';
import { documentOf, IMAGE, row } from '../../annotate/testing';
import { EngineError } from '../../engine/error';
import type { PersonResult } from '../../engine/protocol';
import { imagePoint, imageToView, type Roi, viewPoint } from '../../pose/space';
import { fakePerson } from '../../testing/fake-client';
import { createEditor, type EditorParts } from './editor';
import type { EditorEvent } from './editor-state';
import { createShow } from './show';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'info').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An editor for an image of 400 x 300 shown at twice its size, the edits that it saved, and the passes that it is waiting for. */
function open(document: ImageDocument = documentOf(row(50, 100)), parts: Partial<EditorParts> = {}) {
  const edits: ImageDocument[] = [];
  let history = historyOf(document);
  const passes: { roi: Roi; signal: AbortSignal; answer: (result: PersonResult) => void; fail: (error: unknown) => void }[] = [];
  const show = createShow();
  const editor = createEditor({
    labels: {
      get: () => history,
      set: (changed) => {
        history = changed;
        edits.push(changed.present);
      },
      onDraft: () => undefined,
    },
    size: IMAGE,
    show,
    infer: (signal, roi) => new Promise((answer, fail) => passes.push({ roi, signal, answer, fail })),
    previous: () => undefined,
    ...parts,
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
    edits,
    passes,
    /** Replaces the labels from outside, as an import does. */
    replace: (by: ImageDocument) => {
      history = historyOf(by);
      editor.follow();
    },
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

it('saves after each drag, undo and redo, and shows a drag in progress', () => {
  const { edits, state, send, down, move, up } = open();
  const before = state().document;
  down(50, 100);
  move(80, 120);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 80, y: 120 });
  expect(edits).toEqual([]); // not in the middle of a gesture
  up(90, 130);
  expect(state().said).toBe('Nose moved.');
  send({ type: 'undo' });
  expect([state().document, state().said]).toEqual([before, 'Undone: nose moved.']);
  send({ type: 'redo' });
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 90, y: 130 });
  expect(edits).toHaveLength(3);
  send({ type: 'redo' });
  expect(state().said).toBe('Nothing to redo.');
  expect(edits).toHaveLength(3);
});

it('cancels a drag in progress before running a command', () => {
  const { state, send, down, move, up, edits } = open();
  down(50, 100);
  move(200, 200);
  send({ type: 'swapAll' });
  up(200, 200);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 50, y: 100 });
  expect(edits).toHaveLength(1);
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(50, 100)));
});

it('combines quick nudges of a joint into one undo step, but not later ones or those of another joint', () => {
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

it('adds a person from a box immediately, then drafts them by the cascade, both in one undo step', async () => {
  const { state, send, drag, passes, edits, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  expect(state().selection).toEqual({ subject: 2, joint: undefined });
  expect(edits.at(-1)?.subjects).toHaveLength(2); // already saved
  expect([state().passes, state().said]).toEqual([1, 'Person added. Finding the joints…']);
  expect(passes[0]?.roi).toEqual({ cx: 150, cy: 150, side: 212.5 });
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect([state().passes, state().said]).toEqual([0, 'Person drafted: 18 of 19 joints.']);
  expect(subjectOf(state().document, 2)?.box).toEqual({ x: 100, y: 50, width: 100, height: 200 });
  send({ type: 'undo' });
  expect(state().document.subjects).toHaveLength(1);
  send({ type: 'redo' });
  expect(subjectOf(state().document, 2)?.prediction).toHaveLength(19);
});

it('adds a person with the keyboard: a crosshair sets one corner, and then the other', () => {
  const { state, send, edits } = open();
  const corner: EditorEvent = { type: 'corner' };
  const accept: EditorEvent = { type: 'accept' };
  send({ type: 'step', dx: 5, dy: 5 }, corner, accept); // nothing is being added yet
  expect(state()).toMatchObject({ gesture: { kind: 'idle' }, said: '' });
  send({ type: 'add' });
  expect(state().said).toContain('move a crosshair with the arrow keys');
  send({ type: 'step', dx: -100, dy: -100 });
  expect(state().said).toBe('Crosshair at 100, 50. Press B to set a corner of the box.');
  send(accept);
  expect(state().said).toBe('Press B to set a corner of the box first.');
  send(corner, accept);
  expect(state().said).toMatch(/^The box is too small/);
  send({ type: 'step', dx: 100, dy: 200 });
  expect(state().said).toBe('Box of 100 × 200 pixels. Press Enter to add the person.');
  expect(drawnBox(state().gesture)).toEqual({ x: 100, y: 50, width: 100, height: 200 });
  send(accept);
  expect(subjectOf(edits.at(-1) ?? documentOf(), 2)?.box).toEqual({ x: 100, y: 50, width: 100, height: 200 });
  expect(state()).toMatchObject({ gesture: { kind: 'idle' }, passes: 1, said: 'Person added. Finding the joints…' });
});

it('starts the crosshair in the middle of an enlarged view, follows it, and keeps it when a draft arrives', () => {
  const { state, send, replace } = open();
  send({ type: 'zoom', factor: 4, at: viewPoint(0, 0) }, { type: 'add' }, { type: 'corner' });
  expect(state().gesture).toMatchObject({ aim: { at: { x: 50, y: 37.5 } } });
  const { view } = state();
  send({ type: 'step', dx: 40, dy: 0 });
  expect(state().view).toBe(view);
  send({ type: 'step', dx: 40, dy: 0 });
  const aim = { at: imagePoint(130, 37.5), corner: imagePoint(50, 37.5) };
  expect(imageToView(aim.at, state().view)).toEqual(viewPoint(400, 300));
  replace(documentOf(row(7, 7)));
  expect(state().gesture).toEqual({ kind: 'adding', aim });
  send({ type: 'cancel' });
  expect(state()).toMatchObject({ gesture: { kind: 'idle' }, said: 'Cancelled. Nothing was changed.' });
});

it('applies a draft without touching joints placed by hand meanwhile, or a drag in progress', async () => {
  const { state, send, drag, down, move, up, passes, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'choose', subject: 2, joint: 0 }, { type: 'place' });
  drag(160, 60, 160, 60);
  down(50, 100);
  move(60, 110);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(subjectOf(state().document, 2)?.prediction).toBeUndefined(); // waits for the drag to end
  send({ type: 'cancel' });
  expect(subjectOf(state().document, 2)?.prediction).toHaveLength(19);
  expect(labelOf(state().document, 1, 0)).toMatchObject({ x: 50, y: 100 });
  expect(labelOf(state().document, 2, 0)).toEqual({ x: 160, y: 60, visibility: 2 });
  up(60, 110);
});

it('does not bring back a person who was undone before the draft arrived', async () => {
  const { state, send, drag, passes, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'undo' });
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(state().document.subjects).toHaveLength(1);
});

it('does not apply the draft of an undone person to the one drawn next', async () => {
  const { state, send, drag, passes, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'undo' }, { type: 'add' });
  drag(250, 50, 350, 250);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(subjectOf(state().document, 3)).toMatchObject({ prediction: undefined });
  passes[1]?.answer(fakePerson(passes[1].roi, 'all'));
  await settle();
  const drawn = subjectOf(state().document, 3);
  expect(drawn?.prediction).toHaveLength(19);
  expect(drawn?.labels.filter(({ visibility, x }) => visibility > 0 && (x < 225 || x > 375))).toEqual([]);
});

it('reports a failed pass, and keeps the person to be labelled by hand', async () => {
  const { state, send, drag, passes, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  passes[0]?.fail(new EngineError({ code: 'estimate-failed', detail: '' }));
  await settle();
  expect(state().said).toMatch(/The network failed.*by hand/);
  expect(state().document.subjects).toHaveLength(2);
  expect(state().passes).toBe(0);
});

it('drafts a person again, and can undo it', async () => {
  const { state, send, passes, settle } = open();
  send({ type: 'redraft' });
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(labelOf(state().document, 1, 0)).not.toEqual(labelOf(documentOf(row(50, 100)), 1, 0));
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(50, 100)));
});

it('keeps manual edits made since a redraft was requested, but nothing of another draft', async () => {
  const { state, send, drag, passes, settle } = open();
  send({ type: 'redraft' }, { type: 'redraft' });
  drag(60, 100, 65, 130); // the left eye
  const dragged = labelOf(state().document, 1, 1);
  expect(dragged).toMatchObject({ x: 65, y: 130 });
  for (const [i, { roi, answer }] of passes.entries()) {
    const { pose, ...rest } = fakePerson(roi, 'all');
    answer({ ...rest, pose: pose.map((joint) => ({ ...joint, x: joint.x + i })) });
    await settle();
    expect(labelOf(state().document, 1, 1)).toEqual(dragged);
    expect(labelOf(state().document, 1, 7)?.x).toBe((pose[7]?.x ?? 0) + i);
  }
});

it('infers heat maps only while they are shown, once per person', async () => {
  const { send, show, passes, settle, state } = open(documentOf(row(50, 100), row(50, 200)));
  send({ type: 'stepPerson', by: 1 }, { type: 'stepPerson', by: 1 });
  expect(passes).toHaveLength(0);
  show.setState({ heat: true });
  expect(passes).toHaveLength(1);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  send({ type: 'stepJoint', by: 1 });
  expect(passes).toHaveLength(1);
  send({ type: 'stepPerson', by: 1 });
  expect(passes).toHaveLength(2);
  expect(state().results.size).toBe(1);
});

it('infers the heat maps of the person whose joint is hovered, while heat maps are shown', () => {
  const { send, show, passes, state } = open(documentOf(row(50, 100), row(50, 200)));
  show.setState({ heat: true });
  expect(passes).toHaveLength(1); // the selected person
  const at = { subject: 2, joint: 4 };
  send({ type: 'point', at }, { type: 'point', at: { ...at } });
  expect([state().pointed, passes.length]).toEqual([at, 2]);
  send({ type: 'point', at: undefined });
  expect([state().pointed, state().selection]).toEqual([undefined, { subject: 1, joint: undefined }]);
});

it('zooms at the cursor, fits a person, fits the image, and stays fitted when the canvas is resized', () => {
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

it('deselects a joint that an undo removes', () => {
  const { state, send } = open(documentOf(row(50, 100)), { previous: () => documentOf(row(9, 200)) });
  send({ type: 'copy' }, { type: 'choose', subject: 2, joint: 4 }, { type: 'undo' });
  expect(state().selection).toEqual({ subject: 1, joint: undefined });
});

it('stops placing a joint once an undo has removed its person, and claims nothing', () => {
  const { state, send, drag, down, up, edits } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  send({ type: 'choose', subject: 2, joint: 9 }, { type: 'place' }, { type: 'undo' });
  expect(state().gesture).toEqual({ kind: 'idle' });
  const before = edits.length;
  down(300, 250);
  up(300, 250);
  expect(state().said).toBe('Undone: person added.');
  expect(edits).toHaveLength(before);
});

it('keeps placing a joint of a person who is still there after an undo', () => {
  const { state, send } = open();
  send({ type: 'swapAll' }, { type: 'choose', subject: 1, joint: 9 }, { type: 'place' }, { type: 'undo' });
  expect(state().gesture).toEqual({ kind: 'placing', subject: 1, joint: 9 });
});

it('does not claim to have placed a joint that is where it was', () => {
  const { state, send, down, up, edits } = open();
  send({ type: 'choose', subject: 1, joint: 0 }, { type: 'place' });
  down(50, 100);
  up(50, 100);
  expect(state().said).toBe('Nose: visible, at 50, 100.');
  expect(edits).toEqual([]);
});

it('shows a document replaced from outside, and forgets the history', () => {
  const { replace, state, send, edits } = open();
  send({ type: 'swapAll' });
  replace(documentOf(row(7, 7)));
  send({ type: 'undo' });
  expect(state().document).toEqual(documentOf(row(7, 7)));
  expect(edits).toHaveLength(1);
});

it('keeps adding a person when a draft arrives from outside, but cancels a gesture on a previous person', () => {
  const { replace, state, send, down, move, up } = open();
  send({ type: 'add' });
  replace(documentOf(row(7, 7)));
  expect([state().gesture.kind, state().document]).toEqual(['adding', documentOf(row(7, 7))]);
  down(100, 50);
  move(200, 250);
  up(200, 250);
  expect(state().document.subjects).toHaveLength(2);
  send({ type: 'choose', subject: 1, joint: 3 }, { type: 'place' });
  replace(documentOf(row(9, 9)));
  expect(state().gesture).toEqual({ kind: 'idle' });
});

it('discards drafts in flight for the previous people when the document is replaced', async () => {
  const { replace, state, send, down, move, passes, edits, settle } = open(documentOf(row(50, 100), row(50, 200)));
  send({ type: 'redraft' }, { type: 'stepPerson', by: 1 }, { type: 'redraft' });
  down(50, 100);
  move(60, 110);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle(); // the result waits until the gesture ends
  const imported = documentOf(row(7, 7), row(7, 70));
  replace(imported);
  passes[1]?.answer(fakePerson(passes[1].roi, 'all'));
  await settle();
  expect([state().document, edits, state().results.size]).toEqual([imported, [], 0]);
});

it('still drafts a person who was just drawn when their image is left, but infers no heat maps', async () => {
  const { editor, state, send, drag, show, passes, edits, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  editor.setShown(false);
  show.setState({ heat: true });
  expect(passes).toHaveLength(1);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(subjectOf(edits.at(-1) ?? documentOf(), 2)?.prediction).toHaveLength(19);
  expect([state().results.size, state().passes]).toEqual([0, 0]);
  editor.setShown(true);
  expect(state()).toMatchObject({ selection: { subject: 1 }, fitted: true, said: '' });
  send({ type: 'undo' });
  expect(state().document.subjects).toHaveLength(1);
});

it('aborts its passes when disposed', async () => {
  const { editor, send, drag, passes, edits, settle } = open();
  send({ type: 'add' });
  drag(100, 50, 200, 250);
  const before = edits.length;
  editor.dispose();
  expect(passes[0]?.signal.aborted).toBe(true);
  passes[0]?.answer(fakePerson(passes[0].roi, 'all'));
  await settle();
  expect(edits).toHaveLength(before);
});
