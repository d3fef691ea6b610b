import type { Engine } from './engine';
import type { AppStore } from './store';

/** Restarts the engine if it is down. */
export function revive(store: AppStore, engine: Engine): void {
  if ('failure' in store.getState().engine) engine.restart();
}

/** Repeats the action that the notice is about, after restarting the engine if it is down. */
export async function retry(store: AppStore, engine: Engine): Promise<void> {
  const { notice } = store.getState();
  store.setState({ notice: undefined });
  revive(store, engine);
  await notice?.again?.();
}
