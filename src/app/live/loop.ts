import { isDeviceLost } from '../../engine/error';
import { type FollowedPerson, Follower } from '../../engine/follower';
import { NewestFrame, type WaitingFrame } from '../../engine/newest';
import type { EstimateResult, EstimatorClient } from '../../engine/protocol';
import { extendTrail } from '../../pose/trail';
import type { grabFrame } from '../../source/frames';
import type { Moment } from '../../source/player';
import type { Engine } from '../shell/engine';
import type { AppStore } from '../shell/store';
import { type Meter, STATS_MS } from './meter';
import { type LiveState, type LiveStore, NOBODY } from './state';

export interface LoopParts {
  readonly app: AppStore;
  readonly store: LiveStore;
  readonly engine: Engine;
  readonly source: {
    readonly grabFrame: typeof grabFrame;
    /** Milliseconds, on the same clock as the frames. */
    readonly now: () => number;
  };
  readonly meter: Meter;
  readonly video: HTMLVideoElement;
  fail(error: unknown): void;
}

/** Called for each frame. captured: milliseconds; moment: the position in a video file. */
export type OnFrame = (captured: number, moment?: Moment) => void;

/** In a shorter absence the person may only have turned away. Milliseconds. */
const NOBODY_MS = 1000;

/**
 * Estimates poses until the signal aborts: one frame at a time, then the newest that has arrived. Returns the function to call for each frame.
 * Not the library's loop (embed/follow.ts), whose consumer asks for each frame and may hold it: here settings may change between two frames, and
 * a photo that is being searched goes first. What both do alike is in the engine (NewestFrame, Follower).
 */
export function createLoop(signal: AbortSignal, parts: LoopParts): OnFrame {
  const { app, store, engine, source, meter, video } = parts;
  const follower = new Follower();
  store.setState({ followed: undefined, lost: false, known: [], several: false, tooMany: 0 }); // ids restart
  const frames = new NewestFrame();
  let seen: number | undefined; // when somebody was last seen, or else when the first frame arrived
  let wanted = Number.NEGATIVE_INFINITY; // when the followed person was last seen
  let anew = true; // no frame has gone through the network since the last restart
  let told = Number.NEGATIVE_INFINITY; // when the statistics were last written to the store

  /** undefined: the frame is lost, and the loop continues. */
  async function estimate(client: EstimatorClient, waiting: WaitingFrame): Promise<EstimateResult | undefined> {
    const { captured } = waiting;
    const { heat } = store.getState();
    const frame = await source.grabFrame(video, captured);
    if (signal.aborted) frame?.bitmap.close();
    if (!frame || signal.aborted) return undefined;
    try {
      const { width, height } = frame;
      const regions = follower.regions(captured, { width, height });
      const maps = heat ? 'coarse' : 'none';
      const result = await client.estimate(signal, { frame, regions, maps, flipTest: false, transfer: true }); // the client closes the bitmap
      if (!signal.aborted) show(result, waiting, width, height);
      return result;
    } catch (error) {
      // The client restarts a lost device once by itself; only this frame is lost.
      if (signal.aborted) return undefined;
      if (isDeviceLost(error) && app.getState().engine.state !== 'failed') {
        store.setState({ people: undefined }); // the image on the screen changes meanwhile
        return undefined;
      }
      throw error;
    }
  }

  /** width and height: of the frame, pixels. */
  function show(
    { people, timings, tooMany }: EstimateResult,
    { captured, position, alone }: WaitingFrame,
    width: number,
    height: number,
  ): void {
    const before = store.getState();
    const now = source.now();
    meter.pass(now, timings);
    const due = now - told >= STATS_MS;
    if (due) told = now;
    const found = follower.take(
      people,
      captured,
      { width, height },
      { smoothing: before.smoothing, alone, took: now - captured },
    );
    if (found.length > 0) seen = captured;
    seen ??= captured;
    const nobody = found.length === 0 && (alone || captured - seen >= NOBODY_MS);
    const { followed } = before;
    if (followed === undefined || found.some(({ id }) => id === followed)) wanted = captured;
    const lost = captured > wanted && (alone || captured - wanted >= NOBODY_MS);
    const stats: Partial<LiveState> = due ? { stats: meter.read(now) } : {};
    const trailOf = ({ id, pose }: FollowedPerson) => {
      const trail = before.people?.find((person) => person.id === id)?.trail ?? [];
      return before.trails === 'off' ? [] : extendTrail(trail, { time: captured, pose });
    };
    const shown = found.map((person) => ({ ...person, trail: trailOf(person) }));
    const inView = shown.length > 0 ? shown : NOBODY;
    const { known } = follower;
    const current = frames.waiting?.fresh ? undefined : inView; // another image may be on the screen by now
    store.setState({
      phase: 'running',
      width,
      height,
      nobody,
      lost,
      tooMany: tooMany ?? before.tooMany, // until the detector counts again
      known,
      several: before.several || known.length > 1,
      frame: { time: captured, position, follows: !anew },
      people: current,
      ...stats,
    });
    anew = false;
  }

  /** Whether there will be another attempt. */
  const tryAgain = (waiting: WaitingFrame) => frames.again(() => ({ ...waiting, captured: source.now(), fresh: true }));

  async function work(): Promise<void> {
    try {
      while (await frames.arrival(signal)) {
        const client = await engine.client(); // may wait for the engine to start: the newest frame by then is next
        const waiting = frames.take();
        if (!waiting || signal.aborted) continue;
        const { captured, position, alone, fresh } = waiting;
        if (!follower.begin({ time: captured, position }, fresh)) anew = true;
        // The engine runs one pass at a time: while a photo is being searched, the user is waiting for that one.
        const free = app.getState().work !== 'estimating';
        if (free && (await estimate(client, waiting))) continue;
        if (!(alone && (await tryAgain(waiting)))) meter.drop();
      }
    } catch (error) {
      if (!signal.aborted) parts.fail(error);
    }
  }

  void work();
  return (captured, moment) => {
    meter.frame();
    const fresh = moment?.fresh ?? false;
    const dropped = frames.put({ captured, position: moment?.position, alone: fresh, fresh });
    if (dropped) meter.drop();
    // joints of another frame do not belong on this one
    if (fresh && store.getState().frame?.position !== moment?.position) store.setState({ people: undefined });
  };
}
