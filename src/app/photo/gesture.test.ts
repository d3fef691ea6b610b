import { expect, it } from 'vitest';
import { imagePoint } from '../../pose/space';
import { advance, draftOf, type Gesture, type GestureEvent, IDLE } from './gesture';

const pointer = (type: 'down' | 'move' | 'up', x: number, y: number, boxes = true): GestureEvent => ({
  type,
  at: imagePoint(x, y),
  slop: 6,
  boxes,
});
const step = (dx: number, dy: number): GestureEvent => ({ type: 'step', dx, dy, width: 100, height: 80 });

/** Plays events from idle; returns the last gesture and all commands. */
function play(...events: GestureEvent[]) {
  let gesture: Gesture = IDLE;
  const commands = events.flatMap((event) => {
    const after = advance(gesture, event);
    gesture = after.gesture;
    return after.command ?? [];
  });
  return { gesture, commands };
}

it('treats a press that barely moves as a click', () => {
  const { gesture, commands } = play(pointer('down', 10, 10), pointer('move', 13, 12), pointer('up', 13, 12));
  expect(commands).toEqual([{ kind: 'point', at: { x: 10, y: 10 } }]);
  expect(gesture).toBe(IDLE);
});

it('draws a box in any direction', () => {
  const { commands } = play(pointer('down', 50, 60), pointer('move', 30, 50), pointer('up', 20, 10));
  expect(commands).toEqual([{ kind: 'box', box: { x: 20, y: 10, width: 30, height: 50 } }]);
});

it('shows the box while it is being drawn, and discards it on cancel', () => {
  const drawing = play(pointer('down', 0, 0), pointer('move', 20, 30));
  expect(draftOf(drawing.gesture)).toEqual({ x: 0, y: 0, width: 20, height: 30 });
  const cancelled = play(pointer('down', 0, 0), pointer('move', 20, 30), { type: 'cancel' }, pointer('up', 20, 30));
  expect(cancelled).toEqual({ gesture: IDLE, commands: [] });
});

it('treats a press that may not draw a box as a click, or as a swipe if it moves', () => {
  const tap = play(pointer('down', 0, 0, false), pointer('up', 3, 4, false));
  expect(tap.commands).toEqual([{ kind: 'point', at: { x: 0, y: 0 } }]);
  const swipe = play(pointer('down', 0, 0, false), pointer('move', 90, 0, false), pointer('up', 2, 0, false));
  expect(swipe).toEqual({ gesture: IDLE, commands: [] });
});

it('aims from the centre with the arrow keys and stays inside the photo', () => {
  expect(play(step(1, 0)).gesture).toMatchObject({ kind: 'aiming', at: { x: 51, y: 40 } });
  expect(play(step(900, 900)).gesture).toMatchObject({ at: { x: 100, y: 80 } });
});

it('points and draws boxes with the keyboard', () => {
  expect(play(step(10, 0), { type: 'accept' }).commands).toEqual([{ kind: 'point', at: { x: 60, y: 40 } }]);
  const { commands, gesture } = play(step(-10, 0), { type: 'corner' }, step(20, 30), { type: 'accept' });
  expect(commands).toEqual([{ kind: 'box', box: { x: 40, y: 40, width: 20, height: 30 } }]);
  expect(draftOf(gesture)).toBeUndefined();
});

it('cancels the keyboard box first, then the crosshair', () => {
  const once = play(step(1, 1), { type: 'corner' }, step(5, 5), { type: 'cancel' });
  expect(once.gesture).toMatchObject({ kind: 'aiming', corner: undefined });
  expect(advance(once.gesture, { type: 'cancel' }).gesture).toBe(IDLE);
});
