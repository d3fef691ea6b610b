import type { PhotoStore } from '../../../app/photo/state';
import { viewOfZoom, zoomed } from '../../../app/photo/zoom';
import type { ViewPoint } from '../../../pose/space';
import { pinchOf } from '../../../pose/view';
import { pointIn, watchPanKey, wheelFactor } from '../../shell/view-input';

/** How far a finger may move before it pans. CSS pixels. */
const SLOP = 8;

interface Held {
  readonly from: ViewPoint;
  readonly at: ViewPoint;
}

/** Zooms and pans the photo: with the wheel, two fingers, one finger on an enlarged photo, the middle button, or Space and a drag. */
export interface ZoomControl {
  /** Handles a pointer event; returns whether it is about the view, not about people. */
  takes(event: PointerEvent): boolean;
}

export function controlZoom(signal: AbortSignal, viewer: HTMLElement, overlay: HTMLElement, store: PhotoStore): ZoomControl {
  const held = new Map<number, Held>();
  let moving = false; // the pressed pointers move the view, until all are released
  let space = false;

  const pointOf = (event: MouseEvent) => pointIn(overlay, event);

  function move(from: ViewPoint, to: ViewPoint, by: number): void {
    const { photo, zoom, viewer: size } = store.getState();
    if (!photo || size.width === 0) return;
    const view = viewOfZoom(zoom, photo.frame, size);
    store.setState({ zoom: zoomed(view, from, to, by, photo.frame, size) });
  }

  function down(event: PointerEvent): boolean {
    const at = pointOf(event);
    held.set(event.pointerId, { from: at, at });
    moving ||= held.size > 1 || event.button === 1 || space;
    if (moving) event.preventDefault(); // no autoscroll
    return moving;
  }

  function drag(event: PointerEvent): boolean {
    const before = held.get(event.pointerId);
    if (!before) return false;
    const at = pointOf(event);
    const others = [...held].flatMap(([id, other]) => (id === event.pointerId ? [] : [other.at]));
    held.set(event.pointerId, { ...before, at });
    const strays = Math.hypot(at.x - before.from.x, at.y - before.from.y) > SLOP;
    const pans = event.pointerType === 'touch' && viewer.dataset.boxing === undefined && store.getState().zoom !== undefined;
    moving ||= pans && strays;
    const [other] = others;
    if (!moving) return false;
    if (!other) move(before.at, at, 1);
    else {
      const { from, to, factor } = pinchOf([before.at, other], [at, other]);
      move(from, to, factor);
    }
    return true;
  }

  function up(event: PointerEvent): boolean {
    const moved = moving;
    held.delete(event.pointerId);
    if (held.size === 0) moving = false;
    return moved;
  }

  overlay.addEventListener(
    'wheel',
    (event) => {
      const outward = event.deltaY > 0;
      if (outward && store.getState().zoom === undefined && !event.ctrlKey) return; // lets the page scroll
      event.preventDefault();
      const at = pointOf(event);
      move(at, at, wheelFactor(event));
    },
    { signal, passive: false },
  );
  const isWanted = () => viewer.matches(':hover') || document.activeElement === viewer;
  watchPanKey(signal, isWanted, (held) => {
    space = held;
    viewer.toggleAttribute('data-panning', held);
  });

  return {
    takes: (event) => {
      if (event.type === 'pointerdown') return down(event);
      return event.type === 'pointermove' ? drag(event) : up(event);
    },
  };
}
