/** A camera that is on but delivers no frame for this long is reported. Milliseconds. */
export const SILENCE_MS = 5000;
/** How often to check. Milliseconds. */
const LOOK_MS = 1000;

/**
 * Watches for a camera that delivers no frames, until the signal aborts. Returns the function to call at each frame. isHidden: a hidden page
 * gets no frames, which does not count as silence. onChange: the camera fell silent (true), or its frames have resumed (false).
 */
export function watchSilence(signal: AbortSignal, isHidden: () => boolean, onChange: (silent: boolean) => void): () => void {
  let silent = false;
  let frames = 0; // since the last check
  let looks = 0; // consecutive checks with the page shown and no new frame
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
