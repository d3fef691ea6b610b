import type { Command } from '../../annotate/command';
import type { ImageDocument } from '../../annotate/document';
import type { GestureEvent } from '../../annotate/gesture';
import { type Gesture, IDLE } from '../../annotate/gesture-state';
import type { Selection } from '../../annotate/hit-test';
import { fitView } from '../../draw/viewport';
import type { PersonResult } from '../../engine/protocol';
import type { Size } from '../../pose/roi';
import type { View, ViewPoint } from '../../pose/space';

/** How one open image is shown and edited. Its labels are in its record; this state adds what a gesture in progress does to them. */
export interface EditorState {
  /** As drawn, including the effect of a gesture in progress. */
  readonly document: ImageDocument;
  readonly selection: Selection;
  /** The joint under a hovering pointer: its heat maps take precedence over those of the selected joint. */
  readonly pointed: Selection | undefined;
  readonly gesture: Gesture;
  readonly view: View;
  /** CSS pixels; nothing is drawn until it is known. */
  readonly canvas: Size;
  /** The whole image is in view, and remains so when the canvas is resized. */
  readonly fitted: boolean;
  /** The network's results for people during this visit, by person id: the source of the heat maps. */
  readonly results: ReadonlyMap<number, PersonResult>;
  /** Number of network passes in flight. */
  readonly passes: number;
  /** What happened last, in a sentence. */
  readonly said: string;
}

/** Events that only move the view; allowed during a gesture, too. */
export type ViewEvent =
  /** Zooms about a point of the canvas, by default its centre. */
  | { readonly type: 'zoom'; readonly factor: number; readonly at?: ViewPoint }
  | { readonly type: 'resize'; readonly canvas: Size }
  | { readonly type: 'fit' }
  /** Fits the selected person into the view. */
  | { readonly type: 'fitPerson' };

export type EditorEvent =
  | GestureEvent
  | Command
  | ViewEvent
  | { readonly type: 'point'; readonly at: Selection | undefined }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Drafts the selected person again, in their box. */
  | { readonly type: 'redraft' };

/** Zoom factor of a key press or a button. */
export const ZOOM = 1.25;

export const firstSelection = (document: ImageDocument): Selection => ({ subject: document.subjects[0]?.id, joint: undefined });

/** The parts of the state that are reset on every visit to an image. */
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
