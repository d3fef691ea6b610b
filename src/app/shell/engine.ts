import { EngineError } from '../../engine/error';
import type { CreateEstimator, EstimatorClient, InitParams } from '../../engine/protocol';
import { report } from './report';
import type { AppStore } from './store';

export interface Engine {
  /** The client, once it is ready. Rejects with the reason if it could not start. */
  client(): Promise<EstimatorClient>;
  /** Drops the engine and starts another. */
  restart(): void;
  dispose(): Promise<void>;
}

/** Starts the engine and keeps its status in the store. */
export function startEngine(store: AppStore, create: CreateEstimator, params: InitParams): Engine {
  let stop = new AbortController();
  let client = launch();

  function launch(): Promise<EstimatorClient> {
    const { signal } = stop;
    store.setState({ engine: { state: 'loading', loaded: 0, total: 0 }, notice: undefined });
    const started = create(signal, {
      ...params,
      onStatus: (engine) => {
        if (signal.aborted) return;
        store.setState('failure' in engine ? { engine, notice: report(new EngineError(engine.failure)) } : { engine });
      },
      onUncapturedError: (message) => console.error(`GPU: ${message}`),
    });
    started.catch((error) => {
      if (signal.aborted) return;
      const code = error instanceof EngineError ? error.code : 'worker-crashed';
      const failure = { code, detail: String(error) };
      store.setState({ engine: { state: code === 'no-backend' ? 'unsupported' : 'failed', failure }, notice: report(error) });
    });
    return started;
  }

  async function drop(): Promise<void> {
    stop.abort();
    await client.then((old) => old.dispose()).catch(() => undefined);
  }

  return {
    client: () => client,
    restart: () => {
      void drop();
      stop = new AbortController();
      client = launch();
    },
    dispose: drop,
  };
}
