import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EstimateResult, Frame, Progress } from '../../engine/protocol';
import type { Size } from '../../pose/roi';
import { jointIndex } from '../../pose/skeleton';
import type { Sample } from '../../source/samples';
import type { Origin, Person } from './people';
import type { Zoom } from './zoom';

/** The open photo. */
export interface OpenPhoto {
  readonly id: number;
  readonly name: string;
  readonly frame: Frame;
  /** Set for a photo that ships with the app. */
  readonly sample: Sample | undefined;
  /** How many other files came with it and were ignored. */
  readonly others: number;
}

export type HeatChoice = 'none' | 'all' | 'joint';

export interface Overlay {
  readonly skeleton: boolean;
  readonly heat: HeatChoice;
  /** The offset from where the coarse maps alone put each joint to its refined position. */
  readonly offsets: boolean;
}

export interface PhotoState {
  readonly photo: OpenPhoto | undefined;
  /** undefined: the whole photo is shown. */
  readonly zoom: Zoom | undefined;
  /** The viewer's size, CSS pixels; zero until it is shown. */
  readonly viewer: Size;
  readonly people: readonly Person[];
  /** Clicks and boxes whose pass has not ended. */
  readonly waiting: readonly Exclude<Origin, { kind: 'found' }>[];
  /** Progress of the search; undefined: the photo is not being searched. */
  readonly searched: Pick<Progress, 'done' | 'total'> | undefined;
  readonly chosenPerson: number | undefined;
  readonly chosenJoint: number;
  readonly overlay: Overlay;
  /** The panel with the steps of the cascade is open, so fine maps are needed. */
  readonly inspecting: boolean;
  /** Of the last estimate. */
  readonly timings: EstimateResult['timings'] | undefined;
}

export type PhotoStore = StoreApi<PhotoState>;

export function createPhotoStore(): PhotoStore {
  return createStore<PhotoState>(() => ({
    photo: undefined,
    zoom: undefined,
    viewer: { width: 0, height: 0 },
    people: [],
    waiting: [],
    searched: undefined,
    chosenPerson: undefined,
    chosenJoint: jointIndex('left_wrist'),
    overlay: { skeleton: true, heat: 'none', offsets: false },
    inspecting: false,
    timings: undefined,
  }));
}
