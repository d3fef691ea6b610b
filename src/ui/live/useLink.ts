import { useEffect } from 'react';
import type { AppParts } from '../shell/context';
import { useApp } from '../shell/context';

/** Browsers allow few changes of the address. Milliseconds. */
const WRITE_MS = 400;

const addressOf = (query: string) => (query ? `#live?${query}` : '#live');

/** Puts the settings into the address; going back still leads to the screen before. The address may name another screen already, which
 * a busy page has not shown yet: it is left alone. */
function write({ live }: Pick<AppParts, 'live'>): void {
  const wanted = addressOf(live.link());
  const { hash } = window.location;
  if (hash.split('?')[0] === addressOf('') && hash !== wanted) window.history.replaceState(null, '', wanted);
}

/** Takes the settings from the address, and keeps it up to date while the screen is shown. */
export function useLink(): void {
  const { store, live } = useApp();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const writeSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        write({ live });
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
    const unsubscribe = store.subscribe((now, before) => {
      if (now.live !== before.live || now.threshold !== before.threshold) writeSoon();
    });
    return () => {
      window.removeEventListener('hashchange', read);
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, live]);
}

/** Gives the address with the settings to the clipboard, and says so. */
export async function copyLink({ store, live }: Pick<AppParts, 'store' | 'live'>): Promise<void> {
  write({ live });
  try {
    await navigator.clipboard.writeText(window.location.href); // there is no clipboard on plain http
    store.setState({ message: 'Copied: a link to this screen with its settings.' });
  } catch {
    store.setState({ message: 'The browser did not allow copying. The address of this page is the link.' });
  }
}
