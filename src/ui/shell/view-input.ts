import { keyOf } from '../../app/shell/keys';
import type { Size } from '../../pose/roi';
import { type ViewPoint, viewPoint } from '../../pose/space';

/** Where a pointer is on the canvas. */
export function pointIn(canvas: HTMLElement, { clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): ViewPoint {
  const { left, top } = canvas.getBoundingClientRect();
  return viewPoint(clientX - left, clientY - top);
}

/** How much the wheel enlarges; a pinch on a track pad arrives as a wheel event with Ctrl, in smaller numbers. */
const WHEEL = 0.0016;
const PINCH = 0.01;
/** Pixels in a line, for wheels that count lines. */
const LINE = 20;

/** The factor by which a wheel event enlarges what is shown; below 1 it reduces it. */
export function wheelFactor(event: WheelEvent): number {
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
  return Math.exp(-event.deltaY * lines * (event.ctrlKey ? PINCH : WHEEL));
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far a key moves the crosshair of an image; ten times as far with Shift. Image pixels. */
export const aimStepOf = (image: Size): number => Math.max(image.width, image.height) / 100;

/** What a key does to the crosshair of an image of that size; undefined: nothing. */
export function aimEventOf(event: KeyboardEvent, image: Size) {
  const arrow = ARROWS[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const stride = aimStepOf(image) * (event.shiftKey ? 10 : 1);
  if (arrow) return { type: 'step', dx: arrow[0] * stride, dy: arrow[1] * stride } as const;
  if (keyOf(event) === 'B') return { type: 'corner' } as const;
  return event.key === 'Enter' ? ({ type: 'accept' } as const) : undefined;
}

/** Whether Space is held to pan, and not pressed on a button or in a field. */
function isFreeSpace({ key, target }: KeyboardEvent): boolean {
  return key === ' ' && !(target instanceof HTMLElement && target.closest('button, a, input, select, textarea, summary'));
}

/** Says when Space is held to pan, and when it is released. isWanted: whether it pans now; otherwise it scrolls the page as usual. */
export function watchPanKey(signal: AbortSignal, isWanted: () => boolean, onChange: (held: boolean) => void): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (!isFreeSpace(event)) return;
      const held = isWanted();
      if (held) event.preventDefault(); // the page does not scroll
      onChange(held);
    },
    { signal },
  );
  window.addEventListener('keyup', ({ key }) => key === ' ' && onChange(false), { signal });
  window.addEventListener('blur', () => onChange(false), { signal }); // it may be released in another window
}
