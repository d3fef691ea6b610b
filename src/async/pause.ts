/** How long the page may be held up at a time. Milliseconds. */
const LONGEST_MS = 30;

/**
 * For work whose parts come at once although they are waited for: makes a pause for the page whenever the work has held it up for a while.
 * Resolves to whether there was one. next: resolves once the page had its turn.
 */
export function createPause(now: () => number, next: () => Promise<void>): () => Promise<boolean> {
  let last = now();
  return async () => {
    if (now() - last < LONGEST_MS) return false;
    await next();
    last = now();
    return true;
  };
}
