import { type StartedBackend, startBackend, stopBackend } from '../../model/start';
import { warmUp } from '../../model/warm-up';
import { EngineError, GPU_FAILURES, isDeviceLost, isOutOfMemory } from '../error';
import type { EstimateParams, EstimateResult, EventMessage, InitParams, Progress, Ready } from '../protocol';
import { type Health, watch } from '../watch';
import { bitmapCropping, blankSheet, type Cropping } from './cut';
import { estimate } from './estimate';
import { Finder } from './finder';
import {
  compileNetworks,
  createNetworks,
  disposeNetworks,
  fetchNetworks,
  fetchSpecs,
  type NetworkFiles,
  type Networks,
} from './networks';

type Emit = (event: EventMessage) => void;

/** The engine in its worker: one backend, its networks, one image at a time. Owns all of it until dispose(). */
export class Runtime {
  readonly ready: Ready;
  private readonly backend: StartedBackend;
  private readonly networks: Networks;
  private readonly cropping: Cropping;
  private readonly finder: Finder;
  private readonly health: Health;

  /** Rejects with an EngineError or a ModelError, or with the signal's reason, leaving nothing allocated. */
  static async create(signal: AbortSignal, params: InitParams, emit: Emit): Promise<Runtime> {
    const start = (backend: InitParams['backend'], why?: string) =>
      startBackend(backend, why).catch((error: unknown) => {
        throw new EngineError({ code: 'no-backend', detail: String(error) }, { cause: error });
      });
    // Shaders are compiled while the weights load; what fails here fails again where it is awaited.
    const starting = start(params.backend, params.why);
    starting.catch(() => undefined);
    const fetchAll = async (): Promise<NetworkFiles> => {
      const specs = await fetchSpecs(signal, params);
      starting.then(({ gpu }) => gpu && compileNetworks(specs, gpu)).catch(() => undefined);
      return fetchNetworks(signal, params, specs, (loaded, total) => emit({ type: 'loading', loaded, total }));
    };
    const files = await fetchAll().catch(async (error: unknown) => {
      await starting.then(stopBackend, () => undefined);
      throw error;
    });
    const backend = await starting;
    try {
      return await Runtime.open(signal, backend, files, emit);
    } catch (error) {
      const reason = error instanceof EngineError && GPU_FAILURES.get(error.code);
      if (!reason || backend.name === 'wasm' || isDeviceLost(error)) throw error; // after a loss, the page starts another worker
      return Runtime.open(signal, await start('wasm', reason), files, emit);
    }
  }

  /** Takes ownership of the backend, even if it rejects. */
  private static async open(signal: AbortSignal, backend: StartedBackend, files: NetworkFiles, emit: Emit): Promise<Runtime> {
    const health = watch(backend.gpu?.device, emit);
    let networks: Networks | undefined;
    try {
      networks = await createNetworks(files, backend.gpu);
      const onProgress = (done: number, total: number) => emit({ type: 'compiling', done, total });
      await warmUp(signal, networks, blankSheet, onProgress).catch(async (error: unknown) => {
        signal.throwIfAborted();
        await health.settle(); // a device that was lost has rejected no shaders
        health.check();
        const refusal = backend.name === 'wasm' ? 'no-backend' : 'compile-failed';
        const code = isOutOfMemory(error) ? 'out-of-memory' : refusal;
        throw new EngineError({ code, detail: String(error) }, { cause: error });
      });
      return new Runtime(backend, networks, health);
    } catch (error) {
      if (networks) disposeNetworks(networks);
      health.stop();
      stopBackend(backend);
      throw error;
    }
  }

  private constructor(backend: StartedBackend, networks: Networks, health: Health) {
    this.backend = backend;
    this.networks = networks;
    this.health = health;
    const { info } = networks.model;
    const device = backend.gpu?.device;
    this.cropping = bitmapCropping(info.input, device);
    this.finder = new Finder(networks.detector, bitmapCropping(networks.detector.contract.input.size, device));
    this.ready = { backend: backend.name, why: backend.why, model: info };
  }

  /** Closes the frame's bitmap in any case. Rejects with an EngineError, with the signal's reason, or with what a step threw. */
  async estimate(signal: AbortSignal, params: EstimateParams, onProgress: (progress: Progress) => void): Promise<EstimateResult> {
    try {
      const result = await estimate(signal, this.networks.model, this.cropping, this.finder, params, onProgress);
      this.health.check();
      return { ...result, backend: this.backend.name };
    } catch (error) {
      // What a step throws on a lost device is not informative; the loss itself is reported a moment later. An abort needs no reason.
      if (!signal.aborted) await this.health.settle();
      this.health.check();
      throw error;
    } finally {
      params.frame.bitmap.close();
    }
  }

  dispose(): void {
    this.health.stop();
    disposeNetworks(this.networks);
    stopBackend(this.backend);
  }
}
