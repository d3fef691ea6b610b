/** Calls back whenever the screen's pixels per CSS pixel change: the page is zoomed, or its window moved to another screen. */
export function watchPixelRatio(signal: AbortSignal, changed: () => void): void {
  const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  const next = () => {
    watchPixelRatio(signal, changed);
    changed();
  };
  query.addEventListener('change', next, { once: true, signal });
}
