import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Annotate } from '../../app/annotate/annotate';
import type { SessionState } from '../../app/annotate/state';

export const AnnotateContext = createContext<Annotate | undefined>(undefined);

/** The screen's actions and their store. Throws outside the Annotate screen. */
export function useAnnotate(): Annotate {
  const annotate = useContext(AnnotateContext);
  if (!annotate) throw new Error('this component belongs on the Annotate screen');
  return annotate;
}

/** A part of the session's state, like useAppState. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useAnnotate().store, select);
}
