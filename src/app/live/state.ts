import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FollowedPerson } from '../../engine/follower';
import type { TrailPoint } from '../../pose/trail';
import type { CameraInfo, Facing, Lines } from '../../source/camera';
import type { Playback } from '../../source/player';
import type { LiveStats } from './meter';
import { DEFAULTS, type Trails } from './settings';

/** The video file that is open. */
export interface VideoState extends Playback {
  readonly name: string;
  /** Seconds. */
  readonly duration: number;
}

/**
 * asking: the browser may be asking the user. changing: switching to another camera. starting: it is on (or the file is open), and no frame
 * has been through the network yet.
 */
export type LivePhase = 'off' | 'asking' | 'changing' | 'starting' | 'running';

/** A frame that went through the network. */
export interface LiveFrame {
  /** When it was taken, milliseconds. */
  readonly time: number;
  /** Where in the video file, seconds; undefined: it came from a camera. */
  readonly position: number | undefined;
  /** It came after the one before it in play; whatever lies between them was left out. */
  readonly follows: boolean;
}

/** A person in the newest frame. */
export interface LivePerson extends FollowedPerson {
  /** Where the joints were lately, this frame included; empty if no trails are drawn. */
  readonly trail: readonly TrailPoint[];
}

export interface LiveState {
  readonly phase: LivePhase;
  readonly cameras: readonly CameraInfo[];
  /** The camera that runs, or ran last. */
  readonly camera: string | undefined;
  /** Which side of the device the camera is on, where it says so: there may be another on the other side. */
  readonly facing: Facing | undefined;
  /** The file that plays in place of a camera. */
  readonly video: VideoState | undefined;
  /** Image pixels. */
  readonly width: number;
  readonly height: number;
  /** Shown as in a mirror. Poses are not mirrored. */
  readonly mirrored: boolean;
  /** Whether the user wants cameras that do not face away to be mirrored; undefined: never said. */
  readonly mirror: boolean | undefined;
  /** The height that is asked of the camera, pixels. */
  readonly lines: Lines;
  /** The newest that went through the network; undefined: none has. Changes with every frame, as `people`. */
  readonly frame: LiveFrame | undefined;
  /** Who was found in it. The painter reads it, components do not: it changes with every frame. */
  readonly people: readonly LivePerson[];
  /** Nobody has been found for a while. */
  readonly nobody: boolean;
  /** The id of the one person whom trails and recordings are about; undefined: everybody. Never reused for anybody else, even after they have gone. */
  readonly followed: number | undefined;
  /** That person has not been found for a while. */
  readonly lost: boolean;
  /** The ids of everybody who can be followed alone: those in view, and those who were there a moment ago. Ascending. */
  readonly known: readonly number[];
  /** There has been more than one of them since the source was opened. */
  readonly several: boolean;
  /** How many people in view are too many to be followed. */
  readonly tooMany: number;
  readonly heat: boolean;
  readonly trails: Trails;
  /** How much the joints are smoothed, 0..1. */
  readonly smoothing: number;
  readonly stats: LiveStats | undefined;
  /** The video recording in progress. */
  readonly recording: { readonly seconds: number; readonly bytes: number } | undefined;
  /** The recording of joints, in progress or finished. */
  readonly series: { readonly running: boolean; readonly frames: number } | undefined;
}

export type LiveStore = StoreApi<LiveState>;

/** Those whom the user wants to see: everybody, or the one person who is followed. */
export function wantedPeople({ people, followed }: Pick<LiveState, 'people' | 'followed'>): readonly LivePerson[] {
  return followed === undefined ? people : people.filter(({ id }) => id === followed);
}

/** One list for every frame without people, so that nothing is painted again for it. */
export const NOBODY: readonly LivePerson[] = [];

/** The people of a frame that is on the screen and not processed yet: nothing is known of them. */
export const UNKNOWN: readonly LivePerson[] = [];

export function createLiveStore(): LiveStore {
  const { heat, trails, smoothing, mirror, lines } = DEFAULTS;
  return createStore<LiveState>(() => ({
    phase: 'off',
    cameras: [],
    camera: undefined,
    facing: undefined,
    video: undefined,
    width: 4,
    height: 3,
    mirrored: true,
    mirror,
    lines,
    frame: undefined,
    people: NOBODY,
    nobody: false,
    followed: undefined,
    lost: false,
    known: [],
    several: false,
    tooMany: 0,
    heat,
    trails,
    smoothing,
    stats: undefined,
    recording: undefined,
    series: undefined,
  }));
}
