import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EstimateResult, Frame, Status } from '../engine/protocol';
import type { Sample } from '../source/samples';
import type { Person } from './people';
import type { Notice } from './report';

export interface Photo {
  readonly id: number;
  readonly name: string;
  readonly frame: Frame;
  /** Set for a photograph that ships with the app. */
  readonly sample: Sample | undefined;
  /** How many other files came with it and were left aside. */
  readonly others: number;
}

export type HeatChoice = 'none' | 'all' | 'joint';

export interface Overlay {
  readonly skeleton: boolean;
  readonly heat: HeatChoice;
  /** Where the coarse maps alone put the joints, against the refined places. */
  readonly offsets: boolean;
}

/** What the page works on at the moment, besides the engine's own status. */
export type Work = 'none' | 'opening' | 'estimating';

export interface State {
  readonly engine: Status;
  readonly samples: readonly Sample[];
  readonly photo: Photo | undefined;
  readonly work: Work;
  readonly people: readonly Person[];
  readonly chosenPerson: number | undefined;
  readonly chosenJoint: number;
  readonly overlay: Overlay;
  /** Joints that score less are not drawn; 0..1. */
  readonly threshold: number;
  /** The panel "inside the cascade" is open, so fine maps are wanted. */
  readonly inspecting: boolean;
  /** Of the last look at a person. */
  readonly timings: EstimateResult['timings'] | undefined;
  /** What went wrong last, until something works again. */
  readonly notice: Notice | undefined;
  /** What happened last, in a sentence; read out by screen readers. */
  readonly message: string;
}

export type AppStore = StoreApi<State>;

const DEFAULT_THRESHOLD = 0.2;
const LEFT_WRIST = 9;

export function createAppStore(): AppStore {
  return createStore<State>(() => ({
    engine: { state: 'loading', loaded: 0, total: 0 },
    samples: [],
    photo: undefined,
    work: 'none',
    people: [],
    chosenPerson: undefined,
    chosenJoint: LEFT_WRIST,
    overlay: { skeleton: true, heat: 'none', offsets: false },
    threshold: DEFAULT_THRESHOLD,
    inspecting: false,
    timings: undefined,
    notice: undefined,
    message: '',
  }));
}
