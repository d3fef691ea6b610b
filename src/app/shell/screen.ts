import type { Notice } from './report';
import type { AppStore } from './store';

/** Shows a screen and clears the messages of the previous one, except an engine failure, which concerns all screens. */
export function enterScreen(store: AppStore, screen: string): void {
  store.setState({ screen, message: '' });
  clearNotice(store, screen);
}

/** Clears the notice before something new begins on a screen, except that of another screen, or of an engine that is still down. */
export function clearNotice(store: AppStore, on: string): void {
  const { screen, engine } = store.getState();
  if (screen === on && !('failure' in engine)) store.setState({ notice: undefined });
}

/** Shows a failure on a screen: now, or when that screen is shown again, unless the signal is aborted by then. */
export async function noticeOn(store: AppStore, screen: string, notice: Notice, signal?: AbortSignal): Promise<void> {
  if (store.getState().screen !== screen) await shown(store, screen);
  if (!signal?.aborted) store.setState({ notice });
}

/** Says what happened, again if it has happened again: an invisible character makes the same sentence a new one, which is shown and read out. */
export function tell(store: AppStore, sentence: string): void {
  store.setState(({ message }) => ({ message: sentence !== '' && sentence === message ? `${sentence}\u200b` : sentence }));
}

/** Says what happened on a screen, but only while that screen is shown: on another it would be confusing. */
export function sayOn(store: AppStore, screen: string, message: string): void {
  if (store.getState().screen === screen) tell(store, message);
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
