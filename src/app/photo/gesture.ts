import { type Aim, aimAt, aimedBox, cornerAim, moveAim } from '../../annotate/aim';
import { boxBetween } from '../../annotate/box';
import type { Box } from '../../pose/roi';
import { type ImagePoint, imagePoint } from '../../pose/space';

/** What the pointer or the keyboard is doing on the photo. Points in image pixels. */
export type Gesture =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pressing'; readonly from: ImagePoint }
  | { readonly kind: 'boxing'; readonly from: ImagePoint; readonly to: ImagePoint }
  | ({ readonly kind: 'aiming' } & Aim);

export type GestureEvent =
  /** slop: how far a press may move and still be a click, image pixels. boxes: one that moves further draws a box; else it is a swipe, ignored. */
  | { readonly type: 'down' | 'move' | 'up'; readonly at: ImagePoint; readonly slop: number; readonly boxes: boolean }
  | { readonly type: 'step'; readonly dx: number; readonly dy: number; readonly width: number; readonly height: number }
  | { readonly type: 'corner' }
  | { readonly type: 'accept' }
  | { readonly type: 'cancel' };

type PressEvent = Extract<GestureEvent, { slop: number }>;

export type Command = { readonly kind: 'point'; readonly at: ImagePoint } | { readonly kind: 'box'; readonly box: Box };

export interface GestureStep {
  readonly gesture: Gesture;
  readonly command?: Command;
}

export const IDLE: Gesture = { kind: 'idle' };

/** The box that the gesture is drawing, if any. */
export function draftOf(gesture: Gesture): Box | undefined {
  if (gesture.kind === 'boxing') return boxBetween(gesture.from, gesture.to);
  return gesture.kind === 'aiming' ? aimedBox(gesture) : undefined;
}

function move(gesture: Gesture, { at, slop, boxes }: PressEvent): Gesture {
  if (gesture.kind === 'boxing') return { ...gesture, to: at };
  if (gesture.kind !== 'pressing') return gesture;
  if (Math.hypot(at.x - gesture.from.x, at.y - gesture.from.y) <= slop) return gesture;
  return boxes ? { kind: 'boxing', from: gesture.from, to: at } : IDLE;
}

function step(gesture: Gesture, event: Extract<GestureEvent, { type: 'step' }>): Gesture {
  const { dx, dy, width, height } = event;
  const aim = gesture.kind === 'aiming' ? gesture : aimAt(imagePoint(width / 2, height / 2));
  return { kind: 'aiming', ...moveAim(aim, dx, dy, { width, height }) };
}

/** The effect of one event: the gesture after it, and the command that it completes. */
export function advance(gesture: Gesture, event: GestureEvent): GestureStep {
  switch (event.type) {
    case 'down':
      return { gesture: { kind: 'pressing', from: event.at } };
    case 'move':
      return { gesture: move(gesture, event) };
    case 'up': {
      const last = move(gesture, event);
      const draft = draftOf(last);
      if (last.kind === 'boxing' && draft) return { gesture: IDLE, command: { kind: 'box', box: draft } };
      return last.kind === 'pressing' ? { gesture: IDLE, command: { kind: 'point', at: last.from } } : { gesture: last };
    }
    case 'step':
      return { gesture: step(gesture, event) };
    case 'corner':
      return { gesture: gesture.kind === 'aiming' ? { kind: 'aiming', ...cornerAim(gesture) } : gesture };
    case 'accept': {
      if (gesture.kind !== 'aiming') return { gesture };
      const box = draftOf(gesture);
      return box
        ? { gesture: { kind: 'aiming', ...aimAt(gesture.at) }, command: { kind: 'box', box } }
        : { gesture, command: { kind: 'point', at: gesture.at } };
    }
    case 'cancel':
      return { gesture: gesture.kind === 'aiming' && gesture.corner ? { kind: 'aiming', ...aimAt(gesture.at) } : IDLE };
  }
}
