/** The form that bundlers follow: they give the worker, and what it loads, addresses of their own. */
const create = () => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });

/** The worker's address, which bundlers write into nothing but that form: what `create` asks for. */
function addressOfWorker(): string {
  const { Worker: native } = globalThis;
  let asked = '';
  globalThis.Worker = class {
    constructor(address: string | URL) {
      asked = `${address}`;
    }
  } as typeof Worker;
  try {
    create();
  } finally {
    globalThis.Worker = native;
  }
  return asked;
}

/**
 * Starts the engine's worker. A browser does not run a worker from another origin, such as a CDN: there a worker of the page's own origin
 * imports it. Throws the browser's SecurityError where the page's policy forbids that, too.
 */
export function startEngineWorker(): Worker {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    const script = new Blob([`import ${JSON.stringify(addressOfWorker())};`], { type: 'text/javascript' });
    const url = URL.createObjectURL(script);
    const worker = new Worker(url, { type: 'module' });
    // Until it has loaded, the address must stay; its first message says so.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }
}
