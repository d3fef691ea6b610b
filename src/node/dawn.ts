/** WebGPU in Node: Dawn, from the package `webgpu`, if the user has installed it. */
import { type Health, watch } from '../engine/watch';
import { adapterOf, openGpu, type WebGpu } from '../model/webgpu/gpu';

/** A device, and what it reports. */
export interface Dawn {
  readonly gpu: WebGpu;
  readonly health: Health;
  /** Destroys the device, which must not be used afterwards. */
  close(): void;
}

/** The API of a package for WebGPU in Node. */
interface Package {
  create(options: string[]): GPU;
  /** The classes and constants that a browser has as globals. */
  readonly globals: object;
}

/** What create() returned: the process crashes if a device is used after its GPU is garbage-collected, and may not exit while that is held. */
const HELD = new Set<GPU>();

const loadPackage = (): Promise<Package> => import('webgpu');

/** A device of the requested adapter, chosen as in a page (model/webgpu/gpu.ts), or a clause that says why there is none. */
export async function openDawn(wanted: 'webgpu' | 'auto', load = loadPackage): Promise<Dawn | string> {
  const dawn = await load()
    .then(({ create, globals }) => {
      Object.assign(globalThis, globals);
      return create([]);
    })
    .catch((error: NodeJS.ErrnoException) =>
      error.code === 'ERR_MODULE_NOT_FOUND'
        ? 'the package webgpu is not installed'
        : `the package webgpu does not load (${error.message})`,
    );
  if (typeof dawn === 'string') return dawn;
  const adapter = await adapterOf(dawn, wanted);
  if (typeof adapter === 'string') return adapter;
  const gpu = await openGpu(adapter).catch((error: unknown) => `the WebGPU adapter provides no device (${error})`);
  if (typeof gpu === 'string') return gpu;
  HELD.add(dawn);
  const health = watch(gpu.device, (event) => {
    if (event.type === 'uncaptured-error') console.error(event.message);
  });
  return {
    gpu,
    health,
    close() {
      health.stop();
      gpu.device.lost.then(() => HELD.delete(dawn));
      gpu.device.destroy();
    },
  };
}
