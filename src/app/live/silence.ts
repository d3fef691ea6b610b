/** A camera that is on and gives no frame for this long is told of. Milliseconds. */
export const SILENCE_MS = 5000;

/**
 * Watches for a camera that gives no frames, until the signal. Returns what is to be called at each frame. isHidden: a hidden page gets no
 * frames, and that is no silence. onChange: it fell silent, or its frames come again.
 */
export function watchSilence(signal: AbortSignal, isHidden: () => boolean, onChange: (silent: boolean) => void): () => void {
  let silent = false;
  let frames = 0; // since the last look
  const look = () => {
    if (frames === 0 && !silent && !isHidden()) {
      silent = true;
      onChange(true);
    }
    frames = 0;
  };
  const timer = setInterval(look, SILENCE_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return () => {
    frames += 1;
    if (silent) onChange(false);
    silent = false;
  };
}
