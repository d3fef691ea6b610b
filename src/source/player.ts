import { SourceError } from './error';
import { FrameSteps } from './frame-steps';
import { watchFrames } from './frames';
import type { VideoFile } from './video-file';

/** A frame of a video file. */
export interface Moment {
  /** Position in the file, seconds. */
  readonly position: number;
  /** It does not follow the previous frame, or is standalone (a paused video): nothing known from other frames applies. */
  readonly fresh: boolean;
}

/** The playback state of a video file. */
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
  play(): void;
  /** Returns whether it was playing. */
  pause(): boolean;
  toggle(): void;
  /** seconds: from the beginning; clamped to the file. */
  seek(seconds: number): void;
  /**
   * Pauses, and shows the frame after this one (1) or before it (-1). Steps requested while another is in progress add up, except those of a
   * held key, which steps as fast as the frames come.
   */
  step(direction: 1 | -1, held: boolean): void;
  setLoop(loop: boolean): void;
  /** Reports the shown frame once more. */
  repeatFrame(): void;
}

/** Plays a file in a video element, without sound, until the signal is aborted. A frame of a paused video is standalone. */
export function playVideo(signal: AbortSignal, video: HTMLVideoElement, file: VideoFile, events: PlayerEvents): Player {
  const steps = new FrameSteps(signal, file);
  let shown = 0; // the frame on the screen, seconds
  let sought = true;
  let stepped: number | undefined; // where the last step went, until something else moves the video; its frame may come later
  let moves = 0; // number of moves other than steps
  let stepping = Promise.resolve();
  let waiting = 0; // steps whose positions are not known yet

  const tell = () => events.onChange({ position: video.currentTime, playing: !video.paused, loop: video.loop });

  function goTo(seconds: number): void {
    video.currentTime = Math.min(file.duration, Math.max(0, seconds));
  }

  function moved(): void {
    moves += 1;
    stepped = undefined;
  }

  async function takeStep(direction: 1 | -1, move: number): Promise<void> {
    if (move === moves) {
      const place = await steps.beside(stepped ?? shown, direction);
      if (move === moves && !signal.aborted) {
        stepped = place;
        goTo(place);
      }
    }
    waiting -= 1;
  }

  function frame(captured: number, time: number): void {
    const position = time > file.duration ? time % file.duration : time; // Firefox's time keeps growing while a video loops
    shown = position;
    const fresh = sought || video.paused;
    steps.see(position, fresh);
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
    if (video.seeking || waiting > 0) return; // another frame is on its way
    // The frame is reported once more, because its joints were smoothed and may lag. This is done by a seek, because Firefox may show the
    // frame after the one that it reported last; but not at the end, where a seek never completes in WebKitGTK.
    if (video.ended) repeatFrame();
    else goTo(video.currentTime);
  });
  on('error', () => events.onFailed(new SourceError('video-damaged', file.name, { cause: video.error })));
  const stop = watchFrames(video, frame);
  signal.addEventListener('abort', () => {
    stop();
    video.pause();
    video.removeAttribute('src');
    video.load();
  });

  function play(): void {
    moved();
    video.play().catch(() => undefined); // the element went away
  }

  video.src = file.url;
  video.loop = false;
  play();

  function pause(): boolean {
    const played = !video.paused;
    video.pause();
    return played;
  }

  return {
    play,
    pause,
    toggle: () => (video.paused ? play() : pause()),
    seek: (seconds) => {
      moved();
      goTo(seconds);
    },
    step: (direction, held) => {
      if (held && (waiting > 0 || video.seeking)) return;
      video.pause();
      waiting += 1;
      const move = moves;
      stepping = stepping.then(() => takeStep(direction, move));
    },
    setLoop: (loop) => {
      video.loop = loop;
      tell();
    },
    repeatFrame,
  };
}
