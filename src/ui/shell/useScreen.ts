import { useSyncExternalStore } from 'react';
import { useApp } from './context';
import type { Screen } from './screens';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The name in the address: the part after # (a screen's settings may follow a question mark). */
const nameNow = () => window.location.hash.slice(1).split('?')[0] ?? '';

/** The screen that the address names; the first one if it names none. */
export function useScreen(): Screen {
  const { screens } = useApp();
  const name = useSyncExternalStore(subscribe, nameNow);
  const screen = screens.all.find((one) => one.name === name) ?? screens.all[0];
  if (!screen) throw new Error('there are no screens');
  return screen;
}
