import { useSyncExternalStore } from 'react';
import type { Screen } from '../../app/shell/store';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function screenNow(): Screen {
  switch (window.location.hash.split('?')[0]) {
    case '#live':
      return 'live';
    case '#annotate':
      return 'annotate';
    default:
      return 'photo';
  }
}

/** The screen that the address names: #live (its settings may follow a question mark), #annotate; anything else is the photograph's. */
export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, screenNow);
}

/** Goes to a screen. Resolves when it is there. */
export async function showScreen(screen: Screen): Promise<void> {
  if (screenNow() === screen) return;
  const changed = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
  window.location.hash = screen;
  await changed;
  await new Promise((resolve) => setTimeout(resolve)); // React has mounted it by then
}
