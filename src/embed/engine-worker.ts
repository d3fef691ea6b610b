/** The worker's name in the package: fixed, so that it is known below. tools/library has it, too. */
const WORKER_FILE = 'engine-worker.js';

/** Not in the form new URL(..., import.meta.url), which bundlers take for a file to bundle. */
export const OWN_FOLDER = import.meta.url.replace(/[^/]*$/, '');

/**
 * Starts the engine's worker. A browser does not run a worker from another origin, such as a CDN: there a worker of the page's own origin
 * imports it. Throws the browser's SecurityError where the page's policy forbids that, too.
 */
export function startEngineWorker(): Worker {
  try {
    return new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' }); // the form that bundlers follow
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    const address = JSON.stringify(OWN_FOLDER + WORKER_FILE);
    const script = new Blob([`import ${address};`], { type: 'text/javascript' });
    const url = URL.createObjectURL(script);
    const worker = new Worker(url, { type: 'module' });
    // Until it has loaded, the address must stay; its first message says so.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }
}
