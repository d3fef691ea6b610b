import { Cascade } from '../../model/cascade';
import type { Contract } from '../../model/contract';
import { fetchContract, fetchWeights } from '../../model/load';
import { type Backend, startBackend, stopBackend, warmUp } from '../../model/start';
import { EngineError } from '../error';
import type { EstimateParams, EstimateResult, EventMessage, InitParams, Ready } from '../protocol';
import { Cutter } from './cut';
import { estimate } from './estimate';
import { type Health, watch } from './watch';

type Emit = (event: EventMessage) => void;

/** The engine in its worker: one backend, one cascade, one picture at a time. Owns all of it until dispose(). */
export class Session {
  readonly ready: Ready;
  private readonly backend: Backend;
  private readonly cascade: Cascade;
  private readonly cutter: Cutter;
  private readonly health: Health;

  /** Rejects with an EngineError or a ModelError, or with the signal's reason; then nothing stays behind. */
  static async create(signal: AbortSignal, params: InitParams, emit: Emit): Promise<Session> {
    const contract = await fetchContract(signal, params.modelUrl);
    const bytes = await fetchWeights(signal, params.modelUrl, contract, (loaded, total) =>
      emit({ type: 'loading', loaded, total }),
    );
    const start = (backend: InitParams['backend'], why?: string) =>
      startBackend(backend, why).catch((error: unknown) => {
        throw new EngineError({ code: 'no-backend', detail: String(error) }, { cause: error });
      });
    const backend = await start(params.backend);
    try {
      return await Session.open(signal, backend, contract, bytes, emit);
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'compile-failed')) throw error;
      return Session.open(signal, await start('wasm', 'the graphics driver does not run the shaders'), contract, bytes, emit);
    }
  }

  /** Takes the backend over, also when it rejects. */
  private static async open(
    signal: AbortSignal,
    backend: Backend,
    contract: Contract,
    bytes: ArrayBuffer,
    emit: Emit,
  ): Promise<Session> {
    const health = watch(backend.gpu?.device, emit);
    let cascade: Cascade | undefined;
    try {
      cascade = await Cascade.create(contract, bytes);
      await warmUp(signal, cascade, backend, (done, total) => emit({ type: 'compiling', done, total })).catch(
        (error: unknown) => {
          signal.throwIfAborted();
          const code = backend.name === 'wasm' ? 'no-backend' : 'compile-failed';
          throw new EngineError({ code, detail: String(error) }, { cause: error });
        },
      );
      return new Session(backend, cascade, health);
    } catch (error) {
      cascade?.dispose();
      health.stop();
      stopBackend(backend);
      throw error;
    }
  }

  private constructor(backend: Backend, cascade: Cascade, health: Health) {
    const { input, coarse, fine, weights } = cascade.contract;
    this.backend = backend;
    this.cascade = cascade;
    this.health = health;
    this.cutter = new Cutter(input.size, backend.name === 'wasm');
    this.ready = {
      backend: backend.name,
      why: backend.why,
      model: {
        name: `cascade ${weights.sha256.slice(0, 8)}`,
        input: input.size,
        pyramid: [input.size, input.size / 2, input.size / 4],
        coarse: { size: coarse.cells, stride: coarse.stride },
        fine: { size: fine.cells, stride: fine.stride },
        parameters: weights.parameters,
        gmac: [...cascade.macs.values()].reduce((sum, macs) => sum + macs, 0) / 1e9,
        bytes: weights.bytes,
      },
    };
  }

  /** Closes the frame's bitmap in any case. Rejects with an EngineError, with the signal's reason, or with what a step threw. */
  async estimate(signal: AbortSignal, params: EstimateParams): Promise<EstimateResult> {
    try {
      const result = await estimate(signal, this.cascade, this.cutter, params);
      this.health.check();
      return { ...result, backend: this.backend.name };
    } catch (error) {
      // What a step throws on a lost device says nothing; the loss itself is known a moment later. An abort needs no reason.
      if (!signal.aborted) await this.health.settle();
      this.health.check();
      throw error;
    } finally {
      params.frame.bitmap.close();
    }
  }

  dispose(): void {
    this.health.stop();
    this.cascade.dispose();
    stopBackend(this.backend);
  }
}
