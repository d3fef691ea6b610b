/** The form that bundlers follow: they give the worker, and what it loads, addresses of their own. */
const create = () => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });

/** The worker's address and kind, which bundlers write into nothing but that form: what `create` asks for. */
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
 * Starts the engine's worker. A browser does not run a worker from another origin, such as a CDN: there a worker of the page's own origin
 * imports it. Throws the browser's SecurityError where the page's policy forbids that, too.
 */
export function startEngineWorker(): Worker {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    const [address, options] = askedFor();
    const quoted = JSON.stringify(`${address}`);
    // webpack makes a classic script of the module, which may import others by importScripts() alone.
    const script = options?.type === 'module' ? `import ${quoted};` : `importScripts(${quoted});`;
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(url, options);
    // Until it has loaded, the address must stay; its first message says so.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }
}
