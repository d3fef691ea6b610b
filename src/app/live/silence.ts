/** A camera that is on but delivers no frame for this long is reported. Milliseconds. */
export const SILENCE_MS = 5000;
/** How often to look. Milliseconds. */
const LOOK_MS = 1000;

/**
 * Watches for a camera that gives no frames, until the signal. Returns what is to be called at each frame. isHidden: a hidden page gets no
 * frames, and that is no silence. onChange: it fell silent, or its frames come again.
 */
export function watchSilence(signal: AbortSignal, isHidden: () => boolean, onChange: (silent: boolean) => void): () => void {
  let silent = false;
  let frames = 0; // since the last look
  let looks = 0; // in a row in which the page was shown and no frame had come
  const look = () => {
    looks = frames === 0 && !isHidden() ? looks + 1 : 0;
    frames = 0;
    if (silent || looks * LOOK_MS < SILENCE_MS) return;
    silent = true;
    onChange(true);
  };
  const timer = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return () => {
    frames += 1;
    if (silent) onChange(false);
    silent = false;
  };
}
