import { labelOf } from '../../annotate/edit';
import type { Editor } from '../../app/annotate/editor';
import type { AppStore } from '../../app/shell/store';
import { paintAnnotation } from '../../draw/annotation';
import { paintLoupe } from '../../draw/loupe';
import { type DrawnImage, paintImage } from '../../draw/paint';
import { prepareCanvas } from '../../draw/viewport';
import type { Frame } from '../../engine/protocol';
import { watchPixelRatio } from '../shell/pixel-ratio';
import { annotationScene } from './editor-scene';

export interface Canvases {
  readonly photo: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/** From this many screen pixels per bitmap pixel, pixels are drawn as squares. */
const SQUARES = 6;

/** Paints the image and what lies over it on the next animation frame after a change. Returns a function that stops this. */
export function paintEditor(canvases: Canvases, editor: Editor, frame: Frame, app: AppStore): () => void {
  const { bitmap, width, height } = frame;
  const image: DrawnImage = { source: bitmap, width, height };
  let scheduled = 0;
  let painted = '';

  function paintBelow(ratio: number): void {
    const { view, canvas } = editor.store.getState();
    const key = [view.scale, view.left, view.top, canvas.width, canvas.height, ratio].join();
    if (key === painted) return;
    painted = key;
    const ctx = prepareCanvas(canvases.photo, canvas, ratio);
    ctx.imageSmoothingEnabled = (view.scale * width) / bitmap.width < SQUARES;
    paintImage(ctx, image, view);
  }

  function repaint(): void {
    const state = editor.store.getState();
    const { canvas, gesture, document, view } = state;
    if (canvas.width === 0 || bitmap.width === 0) return; // not laid out yet, or closed
    const ratio = window.devicePixelRatio;
    const { engine } = app.getState();
    paintBelow(ratio);
    const ctx = prepareCanvas(canvases.overlay, canvas, ratio);
    paintAnnotation(ctx, annotationScene(state, editor.show.getState(), 'ready' in engine ? engine.ready.model : undefined));
    if (gesture.kind !== 'dragging' || !gesture.moved) return;
    const held = labelOf(document, gesture.subject, gesture.joint);
    if (held) paintLoupe(ctx, image, held, gesture.at, view, canvas);
  }

  const schedule = () => {
    cancelAnimationFrame(scheduled);
    scheduled = requestAnimationFrame(repaint);
  };
  const forget = [editor.store.subscribe(schedule), editor.show.subscribe(schedule)];
  const watching = new AbortController();
  watchPixelRatio(watching.signal, schedule);
  schedule();
  return () => {
    watching.abort();
    for (const stop of forget) stop();
    cancelAnimationFrame(scheduled);
  };
}
