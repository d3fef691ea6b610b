import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Annotate } from '../../app/annotate/annotate';
import type { SessionState } from '../../app/annotate/state';
import type { JointRecorder } from '../../app/live/joint-recorder';
import type { Live } from '../../app/live/live';
import type { VideoRecorder } from '../../app/live/video-recorder';
import type { Review } from '../../app/photo/review';
import type { Shortcuts } from '../../app/shell/shortcuts';
import type { AppStore, State } from '../../app/shell/store';

export interface AppParts {
  readonly store: AppStore;
  readonly review: Review;
  readonly live: Live;
  /** Does again what the notice is about. */
  retry(): Promise<void>;
  readonly annotate: Annotate;
  readonly videoRecorder: VideoRecorder;
  readonly jointRecorder: JointRecorder;
  readonly shortcuts: Shortcuts;
  /** Address of the samples' folder, with a closing slash. */
  readonly samplesUrl: string;
}

const Context = createContext<AppParts | undefined>(undefined);

export function AppProvider({ parts, children }: { parts: AppParts; children: ReactNode }) {
  return <Context.Provider value={parts}>{children}</Context.Provider>;
}

/** The store and the actions. Throws outside of an AppProvider. */
export function useApp(): AppParts {
  const parts = useContext(Context);
  if (!parts) throw new Error('no AppProvider above this component');
  return parts;
}

/** A part of the state; renders again only when that part changes (selectors return stored values, not fresh objects). */
export function useAppState<T>(select: (state: State) => T): T {
  return useStore(useApp().store, select);
}

/** A part of the annotation session's state, as useAppState. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useApp().annotate.store, select);
}

const choosePerson = ({ people, chosenPerson }: State) => people.find(({ id }) => id === chosenPerson);

/** The person that the tables and the panels are about. */
export function useChosenPerson() {
  return useAppState(choosePerson);
}
