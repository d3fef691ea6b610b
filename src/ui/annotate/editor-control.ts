import { isResting } from '../../annotate/gesture-state';
import { targetAt } from '../../annotate/hit-test';
import { reachOf } from '../../annotate/press';
import type { Editor } from '../../app/annotate/editor';
import { aimEventOf, pointIn, watchPanKey, wheelFactor } from '../shell/view-input';

/**
 * Turns pointers, the wheel, the Space key and, while a person is being added, the crosshair's keys into events of the editor. `overlay`
 * receives the pointers; `stage` shows by data-cursor what the pointer would do. Returns a function that detaches everything.
 */
export function controlEditor(stage: HTMLElement, overlay: HTMLElement, editor: Editor): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let panKey = false;

  const pointOf = (event: MouseEvent) => pointIn(overlay, event);

  function targetOf(event: MouseEvent, touch: boolean) {
    const { document, view, selection } = editor.store.getState();
    const { boxes } = editor.show.getState();
    return targetAt({ document, view, selection, boxes }, pointOf(event), reachOf(touch));
  }

  function showCursor(event: PointerEvent): void {
    const { gesture } = editor.store.getState();
    if (panKey || gesture.kind === 'panning') stage.dataset.cursor = 'pan';
    else if (gesture.kind === 'adding' || gesture.kind === 'placing' || gesture.kind === 'boxing') stage.dataset.cursor = 'aim';
    else if (isResting(gesture)) {
      const target = targetOf(event, false);
      stage.dataset.cursor = target.kind === 'grip' ? `grip-${target.grip}` : target.kind;
      const hovers = target.kind === 'joint' && event.pointerType !== 'touch'; // a lifted finger points at nothing
      editor.dispatch({ type: 'point', at: hovers ? { subject: target.subject, joint: target.joint } : undefined });
    }
  }

  function down(event: PointerEvent): void {
    if (event.button === 2 || (event.pointerType === 'mouse' && event.button > 2)) return;
    overlay.setPointerCapture(event.pointerId);
    const touch = event.pointerType === 'touch';
    const pans = event.button === 1 || panKey;
    editor.dispatch({ type: 'down', pointer: event.pointerId, at: pointOf(event), touch, pans });
    stage.focus({ preventScroll: true });
    event.preventDefault(); // no text selection, image drag or autoscroll
    showCursor(event);
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    editor.dispatch({ type: 'zoom', factor: wheelFactor(event), at: pointOf(event) });
  }

  /** The right button changes the visibility of the joint under it. A long press with a finger does nothing. */
  function menu(event: PointerEvent): void {
    event.preventDefault();
    if (event.pointerType === 'touch') return;
    const target = targetOf(event, false);
    if (target.kind !== 'joint') return;
    editor.dispatch({ type: 'choose', subject: target.subject, joint: target.joint });
    editor.dispatch({ type: 'visibility' });
  }

  const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    overlay.addEventListener(type, listener, { signal, passive: false });
  on('pointerdown', down);
  on('pointermove', (event) => {
    editor.dispatch({ type: 'move', pointer: event.pointerId, at: pointOf(event) });
    showCursor(event);
  });
  on('pointerup', (event) => {
    editor.dispatch({ type: 'up', pointer: event.pointerId, at: pointOf(event) });
    showCursor(event);
  });
  on('pointerleave', () => editor.dispatch({ type: 'point', at: undefined }));
  on('pointercancel', () => editor.dispatch({ type: 'cancel' }));
  on('wheel', wheel);
  on('contextmenu', (event) => menu(event as PointerEvent));

  stage.addEventListener(
    'keydown',
    (event) => {
      const aim = editor.store.getState().gesture.kind === 'adding' ? aimEventOf(event, editor.size) : undefined;
      if (!aim) return;
      event.preventDefault(); // so that the keys are no shortcuts now
      editor.dispatch(aim);
    },
    { signal },
  );
  const stopListening = editor.store.subscribe(({ gesture }, before) => {
    if (gesture.kind === 'adding' && before.gesture.kind !== 'adding') stage.focus({ preventScroll: true }); // for the crosshair's keys
  });

  watchPanKey(
    signal,
    () => true,
    (held) => {
      if (held) stage.dataset.cursor = 'pan';
      else if (panKey) delete stage.dataset.cursor;
      panKey = held;
    },
  );

  const measure = () => editor.dispatch({ type: 'resize', canvas: { width: overlay.clientWidth, height: overlay.clientHeight } });
  const observer = new ResizeObserver(measure);
  observer.observe(overlay);
  measure(); // at once: the observer waits for a frame
  return () => {
    stop.abort();
    stopListening();
    observer.disconnect();
  };
}
