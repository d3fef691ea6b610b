import type { Engine } from './engine';
import type { AppStore } from './store';

/** Repeats the action that the notice is about, after restarting the engine if it is down. */
export async function retry(store: AppStore, engine: Engine): Promise<void> {
  const { engine: status, notice } = store.getState();
  store.setState({ notice: undefined });
  if ('failure' in status) engine.restart();
  await notice?.again?.();
}
