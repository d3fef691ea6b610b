import { useEffect } from 'react';
import type { LiveActions } from '../../app/live/actions';
import { tell } from '../../app/shell/screen';
import type { AppStore } from '../../app/shell/store';
import { useApp } from '../shell/context';
import { useLive } from './context';

/** Browsers limit how often a page may change its address. Milliseconds. */
const WRITE_MS = 400;

const addressOf = (query: string) => (query ? `#live?${query}` : '#live');

/**
 * Writes the settings into the address, without adding to the history. An address that names another screen, which a busy page has not
 * shown yet, is left unchanged.
 */
function write(live: LiveActions): void {
  const wanted = addressOf(live.link());
  const { hash } = window.location;
  if (hash.split('?')[0] === addressOf('') && hash !== wanted) window.history.replaceState(null, '', wanted);
}

/** Applies the settings in the address, and keeps it up to date while the screen is shown. */
export function useLink(): void {
  const { store } = useApp();
  const { live } = useLive();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const writeSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        write(live);
      }, WRITE_MS);
    };
    const read = () => {
      const [screen, query] = window.location.hash.split('?');
      if (screen !== '#live') return;
      if (query !== undefined) live.readLink(query);
      writeSoon();
    };
    read();
    window.addEventListener('hashchange', read);
    const forget = [live.store.subscribe(writeSoon), store.subscribe(writeSoon)];
    return () => {
      window.removeEventListener('hashchange', read);
      for (const unsubscribe of forget) unsubscribe();
      clearTimeout(timer);
    };
  }, [store, live]);
}

/** Copies the address with the settings, and says so. */
export async function copyLink(store: AppStore, live: LiveActions): Promise<void> {
  write(live);
  try {
    await navigator.clipboard.writeText(window.location.href); // the clipboard is not available on plain http
    tell(store, 'Link copied. It opens this screen with its settings.');
  } catch {
    tell(store, 'The browser did not allow copying. Copy the address of this page instead.');
  }
}
