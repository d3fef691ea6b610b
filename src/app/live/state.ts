import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FollowedPerson } from '../../engine/follower';
import type { TrailPoint } from '../../pose/trail';
import type { CameraInfo, Facing, Lines } from '../../source/camera';
import type { Playback } from '../../source/player';
import type { LiveStats } from './meter';
import { DEFAULTS, type Trails } from './settings';

/** The open video file. */
interface VideoState extends Playback {
  readonly name: string;
  /** Seconds. */
  readonly duration: number;
}

/**
 * asking: the browser may be asking the user for permission. changing: switching to another camera. starting: the camera is on (or the file
 * is open), but no frame has gone through the network yet.
 */
type LivePhase = 'off' | 'asking' | 'changing' | 'starting' | 'running';

/** A frame that went through the network. */
interface LiveFrame {
  /** When it was captured, milliseconds. */
  readonly time: number;
  /** Position in the video file, seconds; undefined: it came from a camera. */
  readonly position: number | undefined;
  /** It was played right after the previous one; any frames between them were skipped. */
  readonly follows: boolean;
}

/** A person in the newest frame. */
export interface LivePerson extends FollowedPerson {
  /** Where the joints were recently, including this frame; empty if no trails are drawn. */
  readonly trail: readonly TrailPoint[];
}

export interface LiveState {
  readonly phase: LivePhase;
  readonly cameras: readonly CameraInfo[];
  /** The id of the camera that is on, or was on last. */
  readonly camera: string | undefined;
  /** Which side of the device the camera is on, if it reports that: there may be another on the other side. */
  readonly facing: Facing | undefined;
  /** The file that plays in place of a camera. */
  readonly video: VideoState | undefined;
  /** Image pixels. */
  readonly width: number;
  readonly height: number;
  /** Shown as in a mirror. Poses are not mirrored. */
  readonly mirrored: boolean;
  /** Whether the user wants cameras that do not face away to be mirrored; undefined: never chosen. */
  readonly mirror: boolean | undefined;
  /** The height requested from the camera, pixels. */
  readonly lines: Lines;
  /** The newest frame that went through the network; undefined: none yet. Changes with every frame, as does `people`. */
  readonly frame: LiveFrame | undefined;
  /**
   * The people found in it; undefined: another frame is on the screen by now, about which nothing is known yet. Read by the painter, not by
   * components: it changes with every frame.
   */
  readonly people: readonly LivePerson[] | undefined;
  /** Nobody has been found for a while. */
  readonly nobody: boolean;
  /** The id of the only person whom trails and recordings cover; undefined: everybody. Never reused for anybody else, even after they have left. */
  readonly followed: number | undefined;
  /** That person has not been found for a while. */
  readonly lost: boolean;
  /** The ids of everybody who can be followed alone: those in view now or a moment ago. Ascending. */
  readonly known: readonly number[];
  /** There has been more than one such person since the source was opened. */
  readonly several: boolean;
  /** How many people in view are beyond the limit, and so are not tracked. */
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

/** One shared list for every frame without people, so that nothing is repainted for it. */
export const NOBODY: readonly LivePerson[] = [];

/** The people the user wants to see: everybody, or only the followed person. undefined: nothing is known about the frame on the screen yet. */
export function wantedPeople({ people, followed }: Pick<LiveState, 'people' | 'followed'>): readonly LivePerson[] | undefined {
  return followed === undefined ? people : people?.filter(({ id }) => id === followed);
}

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
