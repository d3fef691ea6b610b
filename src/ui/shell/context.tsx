import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { KeyBindings } from '../../app/shell/key-bindings';
import type { AppStore, State } from '../../app/shell/store';
import type { Screens } from './screens';

/** What every component can reach. A screen's own actions are in its folder's context. */
export interface AppParts {
  readonly store: AppStore;
  readonly screens: Screens;
  readonly keyBindings: KeyBindings;
  /** Address of the samples' folder, with a trailing slash. */
  readonly samplesUrl: string;
  /** Repeats what the notice is about. */
  retry(): Promise<void>;
}

const Context = createContext<AppParts | undefined>(undefined);

export function AppProvider({ parts, children }: { parts: AppParts; children: ReactNode }) {
  return <Context.Provider value={parts}>{children}</Context.Provider>;
}

/** Throws outside an AppProvider. */
export function useApp(): AppParts {
  const parts = useContext(Context);
  if (!parts) throw new Error('no AppProvider above this component');
  return parts;
}

/** A part of the shared state; re-renders only when that part changes (selectors return stored values, not new objects). */
export function useAppState<T>(select: (state: State) => T): T {
  return useStore(useApp().store, select);
}
