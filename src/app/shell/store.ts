import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Status } from '../../engine/protocol';
import type { Sample } from '../../source/samples';
import type { Notice } from './report';

/** What the page does for the user at the moment, besides the engine's own status. */
export type Work = 'none' | 'opening' | 'estimating';

/** What screens share. Each screen keeps the rest in a store of its own, in its folder. */
export interface State {
  readonly engine: Status;
  /** The name of the screen that is shown (src/screens.ts); empty until the first one is. */
  readonly screen: string;
  /** The photos that ship with the app. */
  readonly samples: readonly Sample[];
  /** Joints that score less are not drawn; 0..1. */
  readonly threshold: number;
  /** While a photo is being searched, Live drops its frames: the engine runs one pass at a time. */
  readonly work: Work;
  /** A camera or a video feeds the engine: drafts in the background wait. */
  readonly streaming: boolean;
  /** What went wrong last, until something works again. */
  readonly notice: Notice | undefined;
  /** What this browser does that spoils every answer, for as long as the page is open. */
  readonly warning: Notice | undefined;
  /** Set once a new version of the page is ready: changes to it. */
  readonly update: (() => void) | undefined;
  /** What happened last, in a sentence; screen readers read it out. */
  readonly message: string;
}

export type AppStore = StoreApi<State>;

export const DEFAULT_THRESHOLD = 0.2;

export function createAppStore(): AppStore {
  return createStore<State>(() => ({
    engine: { state: 'loading', loaded: 0, total: 0 },
    screen: '',
    samples: [],
    threshold: DEFAULT_THRESHOLD,
    work: 'none',
    streaming: false,
    notice: undefined,
    warning: undefined,
    update: undefined,
    message: '',
  }));
}
