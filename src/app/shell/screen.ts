import type { AppStore, Screen } from './store';

/** A screen is shown: what was said on another one is taken back, but for the engine's failure, which is everybody's. */
export function enterScreen(store: AppStore, screen: Screen): void {
  store.setState(({ engine }) => ({ screen, message: '', ...('failure' in engine ? {} : { notice: undefined }) }));
}

/** Says what happened on a screen, while it is the one that is shown: on another it would only puzzle. */
export function sayOn(store: AppStore, screen: Screen, message: string): void {
  if (store.getState().screen === screen) store.setState({ message });
}
