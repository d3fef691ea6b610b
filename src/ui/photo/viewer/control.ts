import type { PhotoActions } from '../../../app/photo/actions';
import { advance, type Command, type Gesture, type GestureEvent, IDLE } from '../../../app/photo/gesture';
import { jointAt, personAt } from '../../../app/photo/people';
import type { PhotoState } from '../../../app/photo/state';
import { viewOfZoom, withInSight } from '../../../app/photo/zoom';
import type { AppStore } from '../../../app/shell/store';
import { paint, paintImage } from '../../../draw/paint';
import { prepareCanvas } from '../../../draw/viewport';
import { clampPoint } from '../../../pose/roi';
import { type View, viewToImage } from '../../../pose/space';
import { watchPixelRatio } from '../../shell/pixel-ratio';
import { aimEventOf, pointIn } from '../../shell/view-input';
import { imageOf, sceneOf } from './scene';
import { controlZoom } from './zoom-control';

/** How far a press may move and still be a click, and how near a joint it must be to choose it. CSS pixels. */
const SLOP = 6;
const FINGER_SLOP = 10;
const REACH = 12;
/** Smaller boxes are drawn by accident. CSS pixels. */
const MIN_BOX_SIDE = 12;

interface Canvases {
  readonly photo: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/**
 * Runs the viewer outside of React: paints on the next animation frame after a change, and turns pointers and keys into actions. A finger
 * draws boxes only while the viewer has data-boxing; otherwise it scrolls the page, or pans an enlarged photo. onBoxed: a box was drawn.
 * Returns a function that stops all this.
 */
export function controlViewer(
  viewer: HTMLElement,
  canvases: Canvases,
  app: AppStore,
  { store, detect }: PhotoActions,
  onBoxed: () => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let gesture: Gesture = IDLE;
  let painted: unknown;
  let frame = 0;

  function viewNow(): View | undefined {
    const { photo, zoom, viewer: size } = store.getState();
    return photo && size.width > 0 ? viewOfZoom(zoom, photo.frame, size) : undefined;
  }

  function repaint(): void {
    const state = store.getState();
    const [image, view] = [imageOf(state), viewNow()];
    if (!image || !view) return;
    const ratio = window.devicePixelRatio;
    const size = state.viewer;
    const key = [state.photo?.id, size.width, size.height, ratio, view.scale, view.left, view.top].join();
    if (key !== painted) paintImage(prepareCanvas(canvases.photo, size, ratio), image, view);
    painted = key;
    paint(prepareCanvas(canvases.overlay, size, ratio), sceneOf(state, app.getState().threshold, gesture, view));
  }

  function schedule(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(repaint);
  }

  function obey(command: Command, view: View): void {
    if (command.kind === 'box') {
      onBoxed();
      if (Math.max(command.box.width, command.box.height) * view.scale >= MIN_BOX_SIDE) void detect(command);
      return;
    }
    const { people } = store.getState();
    const { threshold } = app.getState();
    const hit = jointAt(people, command.at, REACH / view.scale, threshold);
    const person = personAt(people, command.at, threshold);
    if (hit) store.setState({ chosenPerson: hit.person, chosenJoint: hit.joint });
    else if (person)
      store.setState({ chosenPerson: person.id }); // already known: a pass for this click would hardly find more
    else void detect(command);
  }

  function send(event: GestureEvent): void {
    const view = viewNow();
    if (!view) return;
    const after = advance(gesture, event);
    gesture = after.gesture;
    const { photo, zoom, viewer: size } = store.getState();
    if (event.type === 'step' && gesture.kind === 'aiming' && photo) {
      store.setState({ zoom: withInSight(zoom, gesture.at, photo.frame, size) });
    }
    if (after.command) obey(after.command, view);
    schedule();
  }

  const zooming = controlZoom(signal, viewer, canvases.overlay, store);

  function pointer(type: 'down' | 'move' | 'up', event: PointerEvent): void {
    if (zooming.takes(event)) {
      if (gesture.kind === 'pressing' || gesture.kind === 'boxing') send({ type: 'cancel' });
      return;
    }
    const { photo } = store.getState();
    const view = viewNow();
    if (!photo || !view || !event.isPrimary || (type === 'down' && event.button !== 0)) return;
    const free = viewToImage(pointIn(canvases.overlay, event), view);
    const at = clampPoint(free, photo.frame); // a captured pointer may leave the photo, but its box may not
    const beyond = Math.hypot(free.x - at.x, free.y - at.y) * view.scale;
    if (type === 'down' && beyond > SLOP) return; // on the margin of a very long photo
    const boxes = event.pointerType !== 'touch' || viewer.dataset.boxing !== undefined;
    send({ type, at, slop: (event.pointerType === 'touch' ? FINGER_SLOP : SLOP) / view.scale, boxes });
  }

  function key(event: KeyboardEvent): void {
    const { photo } = store.getState();
    if (!photo) return;
    const { width, height } = photo.frame;
    const aim = event.key === 'Escape' ? ({ type: 'cancel' } as const) : aimEventOf(event, photo.frame);
    if (!aim) return;
    send(aim.type === 'step' ? { ...aim, width, height } : aim);
    event.preventDefault();
  }

  canvases.overlay.addEventListener(
    'pointerdown',
    (event) => {
      canvases.overlay.setPointerCapture(event.pointerId);
      pointer('down', event);
    },
    { signal },
  );
  canvases.overlay.addEventListener('pointermove', (event) => pointer('move', event), { signal });
  canvases.overlay.addEventListener('pointerup', (event) => pointer('up', event), { signal });
  canvases.overlay.addEventListener(
    'pointercancel',
    (event) => {
      zooming.takes(event);
      send({ type: 'cancel' });
    },
    { signal },
  );
  viewer.addEventListener('keydown', key, { signal });
  viewer.addEventListener(
    'blur',
    () => {
      gesture = IDLE;
      schedule();
    },
    { signal },
  );

  const measure = () => {
    const { clientWidth: width, clientHeight: height } = canvases.overlay;
    store.setState({ viewer: { width, height } }); // which schedules a repaint
  };
  const observer = new ResizeObserver(measure);
  observer.observe(canvases.overlay);
  watchPixelRatio(signal, schedule);
  measure(); // at once: the observer waits for a frame, and a key pressed before that would be lost
  const onChange = ({ photo }: PhotoState, before: PhotoState) => {
    if (photo?.id !== before.photo?.id) gesture = IDLE; // it belonged to the previous photo
    schedule();
  };
  const forget = [store.subscribe(onChange), app.subscribe(schedule)];

  return () => {
    stop.abort();
    observer.disconnect();
    for (const unsubscribe of forget) unsubscribe();
    cancelAnimationFrame(frame);
  };
}
