/**
 * Starts the engine's worker. A browser does not run a worker from another origin, such as a CDN: there a worker of the page's own origin
 * imports it. Throws the browser's SecurityError where the page's policy forbids that, too.
 */
export function startEngineWorker(): Worker {
  try {
    return new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' }); // the form that bundlers follow
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    // Its fixed name in the package (tools/library has it, too), not in the form that bundlers take for a file to bundle.
    const address = JSON.stringify(import.meta.url.replace(/[^/]*$/, 'engine-worker.js'));
    const script = new Blob([`import ${address};`], { type: 'text/javascript' });
    const url = URL.createObjectURL(script);
    const worker = new Worker(url, { type: 'module' });
    // Until it has loaded, the address must stay; its first message says so.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }
}
