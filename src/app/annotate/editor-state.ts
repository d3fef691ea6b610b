import type { Command } from '../../annotate/command';
import type { ImageDocument } from '../../annotate/document';
import type { GestureEvent } from '../../annotate/gesture';
import { type Gesture, IDLE } from '../../annotate/gesture-state';
import type { Selection } from '../../annotate/hit-test';
import { fitView } from '../../draw/viewport';
import type { PersonResult } from '../../engine/protocol';
import type { Size } from '../../pose/roi';
import type { View, ViewPoint } from '../../pose/space';

/** How one open image is shown and edited. Its labels are in its record; here is what a gesture under way makes of them. */
export interface EditorState {
  /** As it is drawn: with what a gesture under way does to it. */
  readonly document: ImageDocument;
  readonly selection: Selection;
  /** The joint under a pointer that rests: its heat-maps are shown before the chosen one's. */
  readonly pointed: Selection | undefined;
  readonly gesture: Gesture;
  readonly view: View;
  /** CSS pixels; nothing is drawn before it is known. */
  readonly canvas: Size;
  /** The whole image is shown, and stays so when the canvas changes. */
  readonly fitted: boolean;
  /** What the network found of people in this visit, by their ids: the heat-maps. */
  readonly results: ReadonlyMap<number, PersonResult>;
  /** How many passes of the network are under way. */
  readonly passes: number;
  /** What happened last, in a sentence. */
  readonly said: string;
}

/** What only moves the view: also while a gesture is under way. */
export type ViewEvent =
  /** Zooms at a point of the canvas; without one, at its middle. */
  | { readonly type: 'zoom'; readonly factor: number; readonly at?: ViewPoint }
  | { readonly type: 'resize'; readonly canvas: Size }
  | { readonly type: 'fit' }
  /** Shows the chosen person. */
  | { readonly type: 'fitPerson' };

export type EditorEvent =
  | GestureEvent
  | Command
  | ViewEvent
  | { readonly type: 'point'; readonly at: Selection | undefined }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Drafts the chosen person again, in its box. */
  | { readonly type: 'redraft' };

export const firstSelection = (document: ImageDocument): Selection => ({ subject: document.subjects[0]?.id, joint: undefined });

/** The parts of the state that are new at every visit of an image. */
export const freshVisit = (document: ImageDocument, image: Size) => ({
  selection: firstSelection(document),
  pointed: undefined,
  view: fitView(image, image),
  canvas: { width: 0, height: 0 },
  fitted: true,
  said: '',
});

export const freshEditor = (document: ImageDocument, image: Size): EditorState => ({
  document,
  gesture: IDLE,
  results: new Map(),
  passes: 0,
  ...freshVisit(document, image),
});
