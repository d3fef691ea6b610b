import type { Engine } from './engine';
import type { AppStore } from './store';

/** Does again what the notice is about; an engine that is down is started first. */
export async function retry(store: AppStore, engine: Engine): Promise<void> {
  const { engine: status, notice } = store.getState();
  store.setState({ notice: undefined });
  if ('failure' in status) engine.restart();
  await notice?.again?.();
}
