/** How long the page may be blocked at a time. Milliseconds. */
const MAX_MS = 30;

/**
 * For work that awaits its parts without ever yielding to the page: pauses whenever the work has blocked the page for a while. Resolves to
 * whether it paused. next: resolves once the page has had its turn.
 */
export function createPause(now: () => number, next: () => Promise<void>): () => Promise<boolean> {
  let last = now();
  return async () => {
    if (now() - last < MAX_MS) return false;
    await next();
    last = now();
    return true;
  };
}
