import { useSyncExternalStore } from 'react';

export type Screen = 'photo' | 'live';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

const current = (): Screen => (window.location.hash === '#live' ? 'live' : 'photo');

/** The screen that the address names; #live is the camera's, anything else the photograph's. */
export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, current);
}

/** Goes to a screen. Resolves when it is there. */
export async function showScreen(screen: Screen): Promise<void> {
  if (current() === screen) return;
  const changed = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
  window.location.hash = screen;
  await changed;
  await new Promise((resolve) => setTimeout(resolve)); // React has mounted it by then
}
