import type { AppStore, Screen } from './store';

/** A screen is shown: what was said on another one is taken back, but for the engine's failure, which is everybody's. */
export function enterScreen(store: AppStore, screen: Screen): void {
  store.setState(({ engine }) => ({ screen, message: '', ...('failure' in engine ? {} : { notice: undefined }) }));
}
