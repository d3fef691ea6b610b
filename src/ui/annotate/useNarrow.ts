import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 940px)');

function subscribe(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The page is too narrow for columns; the same width as in the style sheets. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
