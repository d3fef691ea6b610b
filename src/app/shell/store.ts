import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Status } from '../../engine/protocol';
import { DISPLAY_THRESHOLD } from '../../pose/pose';
import type { Sample } from '../../source/samples';
import type { Notice } from './report';

/** What the page is currently doing for the user, besides the engine's own status. */
export type Work = 'none' | 'opening' | 'estimating';

/** The state shared by all screens. Each screen keeps the rest in its own store, in its folder. */
export interface State {
  readonly engine: Status;
  /** The name of the screen that is shown (src/screens.ts); empty until the first one is. */
  readonly screen: string;
  /** The photos that ship with the app. */
  readonly samples: readonly Sample[];
  /** Confidence threshold, 0..1: joints that score less are not drawn. */
  readonly threshold: number;
  /** While a photo is being searched, Live drops its frames: the engine runs one pass at a time. */
  readonly work: Work;
  /** A camera or a video feeds the engine: background drafts wait. */
  readonly streaming: boolean;
  /** The last failure, until something succeeds again. */
  readonly notice: Notice | undefined;
  /** Browser behaviour that spoils every result, for as long as the page is open. */
  readonly warning: Notice | undefined;
  /** Set once a new version of the page is ready: switches to it. */
  readonly update: (() => void) | undefined;
  /** What happened last, in a sentence; screen readers read it out. */
  readonly message: string;
}

export type AppStore = StoreApi<State>;

export function createAppStore(): AppStore {
  return createStore<State>(() => ({
    engine: { state: 'loading', loaded: 0, total: 0 },
    screen: '',
    samples: [],
    threshold: DISPLAY_THRESHOLD,
    work: 'none',
    streaming: false,
    notice: undefined,
    warning: undefined,
    update: undefined,
    message: '',
  }));
}
