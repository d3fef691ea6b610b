import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FoundPose } from '../../engine/follower';
import type { EstimateResult, Frame, Status } from '../../engine/protocol';
import type { TrailPoint } from '../../pose/trail';
import type { CameraInfo, Facing, Lines } from '../../source/camera';
import type { Playback } from '../../source/player';
import type { Sample } from '../../source/samples';
import type { LiveStats } from '../live/meter';
import { DEFAULTS, type Trails } from '../live/settings';
import type { Person } from '../photo/people';
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

/** The video file that is open. */
export interface FilmState extends Playback {
  readonly name: string;
  /** Seconds. */
  readonly duration: number;
}

/**
 * asking: the browser may be asking the user. changing: for another camera. starting: it is on (or the file is open), no frame has been
 * looked at yet.
 */
export type LivePhase = 'off' | 'asking' | 'changing' | 'starting' | 'running';

/** The live screen, but for what changes with every frame. */
export interface LiveState {
  readonly phase: LivePhase;
  readonly cameras: readonly CameraInfo[];
  /** The camera that runs, or ran last. */
  readonly camera: string | undefined;
  /** The camera says which side of the device it is on, so there may be another on the other side. */
  readonly facing: Facing | undefined;
  /** A video file takes the camera's place. */
  readonly film: FilmState | undefined;
  /** Image pixels. */
  readonly width: number;
  readonly height: number;
  /** Shown as in a mirror. Poses are not mirrored. */
  readonly mirrored: boolean;
  /** Whether the user wants cameras that do not look away to be mirrored; undefined: never said. */
  readonly mirror: boolean | undefined;
  /** The height of the camera's picture that is asked for, pixels. */
  readonly lines: Lines;
  /** Nobody has been found for a while. */
  readonly nobody: boolean;
  readonly heat: boolean;
  readonly trails: Trails;
  /** How much the joints are smoothed, 0..1. */
  readonly smoothing: number;
  readonly stats: LiveStats | undefined;
  /** What is being filmed. */
  readonly recording: { readonly seconds: number; readonly bytes: number } | undefined;
  /** The joints that were written down, or are being so. */
  readonly series: { readonly running: boolean; readonly frames: number } | undefined;
}

/** What was found in the newest frame. No component reads it: the painter does. */
export interface LivePose extends FoundPose {
  /** Where in the video file the frame is, seconds; undefined: it came from a camera. */
  readonly position: number | undefined;
  /** Where the joints were lately, this frame included; empty if no paths are drawn. */
  readonly trail: readonly TrailPoint[];
}

export type Screen = 'photo' | 'live' | 'annotate';

export interface State {
  readonly engine: Status;
  readonly samples: readonly Sample[];
  /** The one that is shown. */
  readonly screen: Screen;
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
  readonly live: LiveState;
  readonly livePose: LivePose | undefined;
  /** Of the last look at a person. */
  readonly timings: EstimateResult['timings'] | undefined;
  /** What went wrong last, until something works again. */
  readonly notice: Notice | undefined;
  /** What happened last, in a sentence; read out by screen readers. */
  readonly message: string;
}

export type AppStore = StoreApi<State>;

const LEFT_WRIST = 9;

export function createAppStore(): AppStore {
  return createStore<State>(() => ({
    engine: { state: 'loading', loaded: 0, total: 0 },
    samples: [],
    screen: 'photo',
    photo: undefined,
    work: 'none',
    people: [],
    chosenPerson: undefined,
    chosenJoint: LEFT_WRIST,
    overlay: { skeleton: true, heat: 'none', offsets: false },
    threshold: DEFAULTS.threshold,
    inspecting: false,
    live: {
      phase: 'off',
      cameras: [],
      camera: undefined,
      facing: undefined,
      film: undefined,
      width: 4,
      height: 3,
      mirrored: true,
      mirror: DEFAULTS.mirror,
      lines: DEFAULTS.lines,
      nobody: false,
      heat: DEFAULTS.heat,
      trails: DEFAULTS.trails,
      smoothing: DEFAULTS.smoothing,
      stats: undefined,
      recording: undefined,
      series: undefined,
    },
    livePose: undefined,
    timings: undefined,
    notice: undefined,
    message: '',
  }));
}
