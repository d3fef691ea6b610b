import { clampPoint } from '../pose/roi';
import { type ViewPoint, viewToImage } from '../pose/space';
import { labelOf, placeJoint } from './edit';
import {
  cancel,
  type Gesture,
  type GestureContext,
  type GestureStep,
  type Held,
  isResting,
  type Resting,
  restOf,
} from './gesture-state';
import { targetAt } from './hit-test';

/** A pointer goes down. pans: with the middle button or while a key is held, whatever is under it. touch: a finger, needs more reach. */
export interface Press {
  readonly pointer: number;
  readonly at: ViewPoint;
  readonly touch: boolean;
  readonly pans: boolean;
}

/** How near a handle has to be, CSS pixels. */
const REACH = 11;
const TOUCH_REACH = 24;

/** How far a press may move and still be a click, CSS pixels: a tap always slides a little. */
const SLOP = 4;
const TOUCH_SLOP = 10;

export const reachOf = (touch: boolean): number => (touch ? TOUCH_REACH : REACH);

/** The first pointer goes down, with no gesture in progress. */
function begin(gesture: Resting, press: Press, context: GestureContext): GestureStep {
  const { document, view, image } = context;
  const slop = press.touch ? TOUCH_SLOP : SLOP;
  const finger = { pointer: press.pointer, from: press.at, at: press.at, slop };
  if (press.pans) return { gesture: { ...finger, kind: 'panning', view, resume: gesture } };
  const hold = viewToImage(press.at, view);
  const point = clampPoint(hold, image);
  if (gesture.kind === 'adding') return { gesture: { ...finger, kind: 'boxing', a: point, b: point } };
  const drag = { ...finger, kind: 'dragging', before: document, hold } as const;
  if (gesture.kind === 'placing') {
    const { subject, joint } = gesture;
    return {
      gesture: { ...drag, subject, joint, grabbed: point, moved: true, placed: true },
      document: placeJoint(document, subject, joint, point, image),
      selection: { subject, joint },
    };
  }
  const target = targetAt(context, press.at, reachOf(press.touch));
  if (target.kind === 'joint') {
    const { subject, joint } = target;
    const grabbed = labelOf(document, subject, joint) ?? point;
    return { gesture: { ...drag, subject, joint, grabbed, moved: false, placed: false }, selection: { subject, joint } };
  }
  if (target.kind === 'grip') {
    const { subject, grip } = target;
    return { gesture: { ...finger, kind: 'sizing', subject, grip, hold, before: document, moved: false } };
  }
  return { gesture: { ...finger, kind: 'pressing' } };
}

/** A second finger joins the first: what the first had begun is cancelled, and both pinch. */
function pinch(gesture: Held, press: Press, context: GestureContext): GestureStep {
  const { pointer, at } = gesture;
  const undone = gesture.kind === 'panning' ? {} : cancel(gesture); // what was panned so far stays
  return {
    ...undone,
    gesture: {
      kind: 'pinching',
      fingers: [
        { pointer, from: at, at },
        { pointer: press.pointer, from: press.at, at: press.at },
      ],
      view: context.view,
      resume: restOf(gesture),
    },
  };
}

export function press(gesture: Gesture, event: Press, context: GestureContext): GestureStep {
  if (isResting(gesture)) return begin(gesture, event, context);
  return event.touch && gesture.kind !== 'pinching' ? pinch(gesture, event, context) : { gesture };
}
