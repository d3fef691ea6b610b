import type { AppStore } from './store';

/** Shows a screen: what was said on another one is cleared, but for a failure of the engine, which concerns all of them. */
export function enterScreen(store: AppStore, screen: string): void {
  store.setState(({ engine }) => ({ screen, message: '', ...('failure' in engine ? {} : { notice: undefined }) }));
}

/** Says what happened on a screen, but only while it is shown: on another it would only puzzle. */
export function sayOn(store: AppStore, screen: string, message: string): void {
  if (store.getState().screen === screen) store.setState({ message });
}

/** Resolves once a screen is shown. */
export function shown(store: AppStore, screen: string): Promise<void> {
  return new Promise((resolve) => {
    if (store.getState().screen === screen) return resolve();
    const stop = store.subscribe((state) => {
      if (state.screen !== screen) return;
      stop();
      resolve();
    });
  });
}
