import { SourceError } from './error';
import { watchFrames } from './frames';
import { FramePace } from './pace';
import type { VideoFile } from './video-file';

/** A frame of a video file. */
export interface Moment {
  /** Where in the file, seconds. */
  readonly position: number;
  /** It does not follow the frames before it, or stands alone (a paused video): nothing known of other frames holds. */
  readonly fresh: boolean;
}

/** The state of a video file that plays. */
export interface Playback {
  /** Seconds. */
  readonly position: number;
  readonly playing: boolean;
  readonly loop: boolean;
}

export interface PlayerEvents {
  /** captured: milliseconds on the clock of performance.now(). */
  onFrame(captured: number, moment: Moment): void;
  onChange(playback: Playback): void;
  onFailed(error: SourceError): void;
}

/** Controls of a video file. */
export interface Player {
  toggle(): void;
  /** seconds: from the beginning; kept within the file. */
  seek(seconds: number): void;
  /** Pauses, and shows the frame after this one (1) or before it (-1). */
  step(direction: 1 | -1): void;
  setLoop(loop: boolean): void;
  /** Gives the frame that is shown once more. */
  repeatFrame(): void;
}

interface Step {
  readonly direction: 1 | -1;
  /** The frame that is to be left, seconds. */
  readonly from: number;
  readonly tries: number;
  /** Tries of this press, and of those before it that led to no other frame. */
  readonly most: number;
  /** On the clock of performance.now(), milliseconds. */
  readonly begun: number;
}

/** A seek that has not ended by then never will (WebKitGTK, in files without an index): the next press may seek again. Milliseconds. */
const STUCK_MS = 1000;
/** Frames of a file may be further apart than those seen so far. So often one press tries; the next goes on from there. */
const MOST_TRIES = 16;
/** Two frames are further apart, a place in the file is rounded by less. Seconds. */
const JUST = 0.002;
/** A browser that gives the place sought for the frame's own (Firefox) gives the very number. Seconds. */
const THE_VERY = 1e-6;
/** Two frames are not closer. Seconds. */
const SAME_FRAME = 0.0005;

/** Plays a file in a video element, without sound, until the signal. A frame of a paused video stands alone. */
export function playVideo(signal: AbortSignal, video: HTMLVideoElement, file: VideoFile, events: PlayerEvents): Player {
  const pace = new FramePace();
  let shown = 0; // the frame on the screen, seconds
  let sought = true;
  let stepping: Step | undefined;
  let givenUp: Step | undefined; // the last step, if it led to no other frame
  let vague = false; // `shown` is a place within its frame, and not where that begins

  const tell = () => events.onChange({ position: video.currentTime, playing: !video.paused, loop: video.loop });

  function seek(seconds: number): void {
    video.currentTime = Math.min(file.duration, Math.max(0, seconds));
  }

  /** Where frames are not told apart: goes to the middle of the next one or the one before, by how far apart they are. */
  function stepByPace(direction: 1 | -1): void {
    const { interval } = pace;
    const index = Math.floor(shown / interval + 1e-3);
    seek((index + direction + 0.5) * interval);
  }

  /** Goes just behind where the next frame begins, or just before this one does: no frame is skipped. */
  function tryStep(direction: 1 | -1, from: number, tries: number, most: number): void {
    stepping = { direction, from, tries, most, begun: performance.now() };
    const half = pace.interval / 2;
    seek(direction > 0 ? from + half * (tries + 1) + JUST : from - half * (tries - 1) - JUST);
  }

  /** Whether the step has led to the very frame that it was to leave, and is tried again. */
  function stepsOn(position: number): boolean {
    if (!stepping) return false;
    const { direction, from, tries, most } = stepping;
    const atEnd = direction > 0 ? video.currentTime >= file.duration : video.currentTime <= 0;
    const onTheSpot = Math.abs(position - from) < SAME_FRAME && !atEnd;
    if (onTheSpot && tries < most) {
      tryStep(direction, from, tries + 1, most);
      return true;
    }
    givenUp = onTheSpot ? stepping : undefined;
    stepping = undefined;
    return false;
  }

  function frame(captured: number, position: number): void {
    shown = position;
    vague = video.paused && position > 0 && Math.abs(position - video.currentTime) < THE_VERY;
    if (stepsOn(position)) return;
    const fresh = sought || video.paused;
    pace.see(position, fresh);
    sought = false;
    events.onFrame(captured, { position, fresh });
  }

  const repeatFrame = () => events.onFrame(performance.now(), { position: shown, fresh: true });

  const on = (type: string, heard: () => void) => video.addEventListener(type, heard, { signal });
  for (const type of ['play', 'timeupdate', 'seeked', 'ended']) on(type, tell);
  on('seeking', () => {
    sought = true;
    tell();
  });
  on('pause', () => {
    tell();
    if (!video.seeking) repeatFrame(); // its joints were smoothed, and may be late
  });
  on('error', () => events.onFailed(new SourceError('video-damaged', file.name, { cause: video.error })));
  const stop = watchFrames(video, frame);
  signal.addEventListener('abort', () => {
    stop();
    video.pause();
    video.removeAttribute('src');
    video.load();
  });

  const play = () => video.play().catch(() => undefined); // the element went away
  video.src = file.url;
  video.loop = false;
  void play();

  return {
    toggle: () => (video.paused ? void play() : video.pause()),
    seek: (seconds) => {
      stepping = undefined;
      seek(seconds);
    },
    step: (direction) => {
      const stuck = stepping && performance.now() - stepping.begun > STUCK_MS;
      if (stepping && video.seeking && !stuck) return; // a key that is held steps as fast as the frames come
      video.pause();
      if (vague) stepByPace(direction);
      else {
        const before = stuck ? stepping : givenUp;
        const goesOn = before?.direction === direction && Math.abs(before.from - shown) < SAME_FRAME;
        const done = goesOn ? before.tries : 0;
        tryStep(direction, shown, done + 1, done + MOST_TRIES);
      }
    },
    setLoop: (loop) => {
      video.loop = loop;
      tell();
    },
    repeatFrame,
  };
}
