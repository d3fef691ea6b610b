import type { Box, Size } from '../pose/roi';
import type { ImagePoint, View, ViewPoint } from '../pose/space';
import type { Aim } from './aim';
import type { Grip } from './box';
import type { ImageDocument } from './document';
import type { HitContext, Selection } from './hit-test';

/** The state between gestures: nothing to do, a box to be drawn, or a joint to be placed. */
export type Resting =
  | { readonly kind: 'idle' }
  /** aim: the keyboard's crosshair, once it was moved. */
  | { readonly kind: 'adding'; readonly aim?: Aim }
  | { readonly kind: 'placing'; readonly subject: number; readonly joint: number };

/** A pointer that is down: where it went down, and where it is now. */
interface Finger {
  readonly pointer: number;
  readonly from: ViewPoint;
  readonly at: ViewPoint;
}

/**
 * slop: how far the pointer may move and still click, CSS pixels. Cancelling restores `before` and `view`; `resume` is the resting state that
 * follows; `moved`: it is more than a click.
 */
export type Held = Finger & { readonly slop: number } & (
    | { readonly kind: 'pressing' }
    | {
        readonly kind: 'dragging';
        readonly subject: number;
        readonly joint: number;
        /** Where the joint was when it was grabbed. */
        readonly grabbed: ImagePoint;
        /** The point of the image where the pointer went down: the view may zoom while it is held. */
        readonly hold: ImagePoint;
        readonly before: ImageDocument;
        readonly moved: boolean;
        /** The press itself put the joint there. */
        readonly placed: boolean;
      }
    | {
        readonly kind: 'sizing';
        readonly subject: number;
        readonly grip: Grip;
        readonly hold: ImagePoint;
        readonly before: ImageDocument;
        readonly moved: boolean;
      }
    /** A new box between two corners. */
    | { readonly kind: 'boxing'; readonly a: ImagePoint; readonly b: ImagePoint }
    | { readonly kind: 'panning'; readonly view: View; readonly resume: Resting }
  );

export interface Pinching {
  readonly kind: 'pinching';
  readonly fingers: readonly [Finger, Finger];
  readonly view: View;
  readonly resume: Resting;
}

export type Gesture = Resting | Held | Pinching;

export interface GestureContext extends HitContext {
  readonly image: Size;
  /** CSS pixels. */
  readonly canvas: Size;
}

/** The effect of an event. An absent field leaves things as they are. */
export interface GestureStep {
  readonly gesture: Gesture;
  readonly document?: ImageDocument;
  readonly view?: View;
  readonly selection?: Selection;
  /** The gesture is complete and makes this one entry in the history. */
  readonly commit?: string;
  /** The gesture is complete and drew a box around a person. */
  readonly box?: Box;
  /** For the live region. */
  readonly said?: string;
}

export const IDLE: Resting = { kind: 'idle' };

export function isResting(gesture: Gesture): gesture is Resting {
  return gesture.kind === 'idle' || gesture.kind === 'adding' || gesture.kind === 'placing';
}

/** The resting state after a gesture that gave way to a pan or a pinch. */
export function restOf(gesture: Gesture): Resting {
  if (isResting(gesture)) return gesture;
  if (gesture.kind === 'panning' || gesture.kind === 'pinching') return gesture.resume;
  if (gesture.kind === 'boxing') return { kind: 'adding' };
  if (gesture.kind === 'dragging' && gesture.placed) return { kind: 'placing', subject: gesture.subject, joint: gesture.joint };
  return IDLE;
}

/** Cancels a gesture: everything is as it was before it began. */
export function cancel(gesture: Gesture): GestureStep {
  switch (gesture.kind) {
    case 'dragging':
    case 'sizing':
      return { gesture: IDLE, document: gesture.before };
    case 'panning':
    case 'pinching':
      return { gesture: gesture.resume, view: gesture.view };
    default:
      return { gesture: IDLE };
  }
}
