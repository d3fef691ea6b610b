import { type FollowedPerson, Follower, type Place } from '../engine/follower';
import type { EstimatorClient, Frame } from '../engine/protocol';
import { smoothingWithin } from './limits';

export interface TrackingOptions {
  /** How much the joints are smoothed, 0 (not at all) to 1. Default: 0.7. */
  readonly smoothing?: number | undefined;
  /** Whether to return the coarse heat maps with each frame. */
  readonly maps?: 'none' | 'coarse' | undefined;
  /** Whether to report people from their first frame instead of their second; waiting for the second avoids false detections. Default: false. */
  readonly atOnce?: boolean | undefined;
}

export interface FollowedFrame {
  /** Everybody in the frame, in the order of their ids. */
  readonly people: readonly FollowedPerson[];
  /** Size of the frame, pixels. */
  readonly width: number;
  readonly height: number;
  /** When the frame was taken, milliseconds; with follow(), on the clock of performance.now(). */
  readonly time: number;
}

/** Follows everybody through the frames of one video, in the order of the calls. */
export class Tracking {
  private readonly client: EstimatorClient;
  private readonly smoothing: number;
  private readonly maps: 'none' | 'coarse';
  private readonly atOnce: boolean;
  private readonly follower = new Follower();

  constructor(client: EstimatorClient, { smoothing, maps = 'none', atOnce = false }: TrackingOptions = {}) {
    this.client = client;
    this.smoothing = smoothingWithin(smoothing);
    this.maps = maps;
    this.atOnce = atOnce;
  }

  /** Call before each frame of a video that is watched; see Follower.begin(). */
  begin(place: Place, fresh: boolean): void {
    this.follower.begin(place, fresh);
  }

  /** The last answer was held for `time`, milliseconds, before the next frame was asked for; see Follower.held(). */
  held(time: number): void {
    this.follower.held(time);
  }

  /** Everybody in the next frame, taken at `time`, is new. */
  restart(time: number): void {
    this.follower.restart(time, false);
  }

  /**
   * alone: no other frame will confirm who is in it. transfer: whether the engine gets the frame's bitmap itself and closes it; a copy can be
   * sent again if the device is lost meanwhile. Rejects with an EngineError or the signal's reason.
   */
  async next(signal: AbortSignal, frame: Frame, { alone = false, transfer = true } = {}): Promise<FollowedFrame> {
    const { width, height, time } = frame;
    const regions = this.follower.regions(time, { width, height });
    const sent = performance.now();
    const result = await this.client.estimate(signal, { frame, regions, maps: this.maps, flipTest: false, transfer });
    const options = { smoothing: this.smoothing, alone: alone || this.atOnce, took: performance.now() - sent };
    const people = this.follower.take(result.people, time, { width, height }, options);
    return { people, width, height, time };
  }
}
