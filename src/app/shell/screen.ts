import type { AppStore } from './store';

/** Shows a screen and clears the messages of the previous one, except an engine failure, which concerns all screens. */
export function enterScreen(store: AppStore, screen: string): void {
  store.setState(({ engine }) => ({ screen, message: '', ...('failure' in engine ? {} : { notice: undefined }) }));
}

/** Shows what happened on a screen, but only while that screen is shown: on another it would be confusing. */
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
