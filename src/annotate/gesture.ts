import { type Box, clampPoint } from '../pose/roi';
import { jointLabel } from '../pose/skeleton';
import { type ImagePoint, imagePoint, type ViewPoint, viewToImage } from '../pose/space';
import { pinchOf } from '../pose/view';
import { type AimEvent, addByKeys } from './add-by-keys';
import { aimedBox } from './aim';
import { boxBetween, isDrawn, resizeBox } from './box';
import { keepSuggestion, moveJoint, placeJoint, subjectOf, withBox } from './edit';
import {
  cancel,
  type Gesture,
  type GestureContext,
  type GestureStep,
  type Held,
  IDLE,
  isResting,
  type Pinching,
  restOf,
} from './gesture-state';
import { subjectAt, suggestionAt } from './hit-test';
import { type Press, press, reachOf } from './press';
import { moveView } from './view';

export type GestureEvent =
  | ({ readonly type: 'down' } & Press)
  | { readonly type: 'move'; readonly pointer: number; readonly at: ViewPoint }
  | { readonly type: 'up'; readonly pointer: number; readonly at: ViewPoint }
  | { readonly type: 'cancel' }
  | AimEvent;

function movePinch(gesture: Pinching, pointer: number, at: ViewPoint, { image, canvas }: GestureContext): GestureStep {
  const [a, b] = gesture.fingers;
  const fingers = [a.pointer === pointer ? { ...a, at } : a, b.pointer === pointer ? { ...b, at } : b] as const;
  const { from, to, factor } = pinchOf([a.from, b.from], [fingers[0].at, fingers[1].at]);
  const view = moveView(gesture.view, from, to, factor, image, canvas);
  return { gesture: { ...gesture, fingers }, view };
}

function moveHeld(held: Held, at: ViewPoint, context: GestureContext): GestureStep {
  const { image, canvas, view } = context;
  const { from, slop } = held;
  const way = (hold: ImagePoint) => {
    const now = viewToImage(at, view);
    return { dx: now.x - hold.x, dy: now.y - hold.y };
  };
  const strayed = Math.hypot(at.x - from.x, at.y - from.y) > slop;
  switch (held.kind) {
    case 'pressing':
      return strayed
        ? moveHeld({ pointer: held.pointer, from, at: from, slop, kind: 'panning', view, resume: IDLE }, at, context)
        : { gesture: { ...held, at } };
    case 'panning':
      return { gesture: { ...held, at }, view: moveView(view, held.at, at, 1, image, canvas) };
    case 'boxing':
      return { gesture: { ...held, at, b: clampPoint(viewToImage(at, view), image) } };
    case 'dragging': {
      if (!held.moved && !strayed) return { gesture: { ...held, at } };
      const { subject, joint, grabbed, before } = held;
      const { dx, dy } = way(held.hold);
      const put = held.placed ? placeJoint : moveJoint;
      const document = put(before, subject, joint, imagePoint(grabbed.x + dx, grabbed.y + dy), image);
      return { gesture: { ...held, at, moved: true }, document };
    }
    case 'sizing': {
      const box = subjectOf(held.before, held.subject)?.box;
      if (!box || (!held.moved && !strayed)) return { gesture: { ...held, at } };
      const { dx, dy } = way(held.hold);
      const document = withBox(held.before, held.subject, resizeBox(box, held.grip, dx, dy, image));
      return { gesture: { ...held, at, moved: true }, document };
    }
  }
}

function move(gesture: Gesture, pointer: number, at: ViewPoint, context: GestureContext): GestureStep {
  if (gesture.kind === 'pinching') return movePinch(gesture, pointer, at, context);
  return isResting(gesture) || gesture.pointer !== pointer ? { gesture } : moveHeld(gesture, at, context);
}

/** A click away from all joints keeps the suggestion that is there; otherwise it selects the person whose box is there, and no joint. */
function click(at: ViewPoint, context: GestureContext): GestureStep {
  const { document, view, selection } = context;
  const suggestion = suggestionAt(context, at, reachOf(false));
  if (suggestion !== undefined) {
    const kept = keepSuggestion(document, suggestion);
    return { gesture: IDLE, document: kept, selection: { subject: suggestion, joint: undefined }, commit: 'suggestion kept' };
  }
  const subject = subjectAt(document.subjects, at, view)?.id ?? selection.subject;
  return { gesture: IDLE, selection: { subject, joint: undefined } };
}

function release(gesture: Gesture, pointer: number, at: ViewPoint, context: GestureContext): GestureStep {
  if (gesture.kind === 'pinching') {
    return { gesture: gesture.fingers.some((finger) => finger.pointer === pointer) ? gesture.resume : gesture };
  }
  if (isResting(gesture) || gesture.pointer !== pointer) return { gesture };
  const last = move(gesture, pointer, at, context);
  const now = last.gesture;
  switch (now.kind) {
    case 'pressing':
      return click(at, context);
    case 'boxing': {
      const box = boxBetween(now.a, now.b);
      return isDrawn(box, context.view) ? { gesture: IDLE, box } : { gesture: { kind: 'adding' } };
    }
    case 'dragging': {
      const commit = `${jointLabel(now.joint)} ${now.placed ? 'placed' : 'moved'}`;
      return { ...last, gesture: IDLE, ...(last.document !== now.before && now.moved && { commit }) };
    }
    case 'sizing':
      return { ...last, gesture: IDLE, ...(now.moved && { commit: 'box changed' }) };
    default:
      return { ...last, gesture: restOf(now) };
  }
}

/** The effect of one event. A drag is recomputed at every move, from the document as it was before the drag. */
export function advance(gesture: Gesture, event: GestureEvent, context: GestureContext): GestureStep {
  switch (event.type) {
    case 'down':
      return press(gesture, event, context);
    case 'move':
      return move(gesture, event.pointer, event.at, context);
    case 'up':
      return release(gesture, event.pointer, event.at, context);
    case 'cancel':
      return cancel(gesture);
    default:
      return addByKeys(gesture, event, context);
  }
}

/** The box that is being drawn, if any. Image pixels. */
export function drawnBox(gesture: Gesture): Box | undefined {
  if (gesture.kind === 'adding') return gesture.aim && aimedBox(gesture.aim);
  return gesture.kind === 'boxing' ? boxBetween(gesture.a, gesture.b) : undefined;
}
