/** The form that bundlers recognise: they give the worker, and what it loads, addresses of their own. */
const create = () => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });

/** The worker's address and type, which bundlers write into that form only: captures what `create` passes to Worker. */
function askedFor(): ConstructorParameters<typeof Worker> {
  const { Worker: native } = globalThis;
  let asked: ConstructorParameters<typeof Worker> = [''];
  globalThis.Worker = class {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      asked = given;
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
 * Starts the engine's worker. Browsers do not run a worker from another origin, such as a CDN; in that case a worker of the page's own origin
 * imports it. Throws the browser's SecurityError if the page's policy forbids that, too.
 */
export function startEngineWorker(): Worker {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    const [address, options] = askedFor();
    const quoted = JSON.stringify(`${address}`);
    // webpack turns the module into a classic script, which can import others only with importScripts().
    const script = options?.type === 'module' ? `import ${quoted};` : `importScripts(${quoted});`;
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(url, options);
    // The address must stay valid until the worker has loaded, which its first message shows.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }
}
