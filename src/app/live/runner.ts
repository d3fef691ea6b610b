import type { Engine } from '../shell/engine';
import type { AppStore } from '../shell/store';
import type { Feed } from './feed';
import type { LiveSource } from './live-source';
import { createLoop } from './loop';
import { Meter } from './meter';
import type { LiveStore } from './state';

export interface RunnerParts {
  readonly app: AppStore;
  readonly store: LiveStore;
  readonly engine: Engine;
  readonly source: LiveSource;
  /** Called with the error that ends the feed. */
  fail(error: unknown): void;
}

/** Runs a feed in a video element, and its frames through the network. */
export interface Runner {
  /** What plays. */
  readonly feed: Feed | undefined;
  /** Plays a feed, after closing the previous one. */
  open(feed: Feed): void;
  close(): void;
  /** Plays in this element until the returned function is called. */
  attach(element: HTMLVideoElement): () => void;
  /** While the page is hidden no frame is processed, and a video pauses; a camera stays on. */
  setHidden(hidden: boolean): void;
  /** Reports that the pose of the frame captured at `captured` (milliseconds) is on the screen. */
  drawn(captured: number): void;
}

export function createRunner({ fail, ...parts }: RunnerParts): Runner {
  let feed: Feed | undefined;
  let element: HTMLVideoElement | undefined;
  let playing = new AbortController(); // of one feed in one element
  let meter = new Meter();
  let hidden = false;
  let resume = false; // the video would play if the page were not hidden

  /** Starts playing once both the feed and the element are set. */
  function play(): void {
    playing.abort();
    if (!feed || !element) return;
    playing = new AbortController();
    meter = new Meter();
    const { signal } = playing;
    const onFrame = createLoop(signal, { ...parts, meter, video: element, fail });
    feed.play(signal, element, (captured, moment) => {
      if (!hidden) onFrame(captured, moment);
    });
    if (hidden) rest();
  }

  function rest(): void {
    resume = feed?.player?.pause() ?? false;
  }

  function close(): void {
    playing.abort();
    feed?.close();
    feed = undefined;
    resume = false;
  }

  return {
    get feed() {
      return feed;
    },

    open: (opened) => {
      close();
      feed = opened;
      play();
    },

    close,

    attach: (shown) => {
      element = shown;
      play();
      return () => {
        playing.abort();
        if (element === shown) element = undefined;
      };
    },

    setHidden: (now) => {
      if (hidden === now) return;
      hidden = now;
      if (hidden) rest();
      else if (resume) feed?.player?.play();
    },

    drawn: (captured) => meter.draw(parts.source.now(), captured),
  };
}
