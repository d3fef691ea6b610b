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

/** Whether Space is held to pan, and not pressed on a button or in a field. */
export function isFreeSpace({ key, target }: KeyboardEvent): boolean {
  return key === ' ' && !(target instanceof HTMLElement && target.closest('button, a, input, select, textarea, summary'));
}
