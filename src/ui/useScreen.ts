import { useSyncExternalStore } from 'react';

export type Screen = 'photo' | 'live';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The screen that the address names; #live is the camera's, anything else the photograph's. */
export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, () => (window.location.hash === '#live' ? 'live' : 'photo'));
}
