import { watchFrames } from '../../source/frames';
import { recordCanvas } from '../../source/recorder';
import { report } from '../shell/report';
import type { AppStore, State } from '../shell/store';
import { megabytes, stamp } from '../shell/summary';

/** Gives a file to the user. */
export type Save = (name: string, content: Blob) => void;

/** What can be filmed: the video, and what paints it with its joints. */
export interface Stage {
  readonly video: HTMLVideoElement;
  /** Paints what the stage shows at this moment, in a canvas of any size. */
  compose(canvas: HTMLCanvasElement, state: State): void;
}

/** Films the live screen's picture with the joints over it. Nothing here throws. */
export interface VideoRecorder {
  /** The stage is there, until the returned function is called: that saves what was filmed. */
  attach(stage: Stage): () => void;
  /** Begins, or ends and saves the file. */
  toggle(): void;
  /** Closing the tab now would lose what is being filmed. */
  readonly atRisk: boolean;
}

/** Tests give their own. */
export interface RecorderSource {
  readonly recordCanvas: typeof recordCanvas;
  readonly watchFrames: typeof watchFrames;
  readonly createCanvas: () => HTMLCanvasElement;
  /** Milliseconds. */
  readonly now: () => number;
}

const BROWSER: RecorderSource = {
  recordCanvas,
  watchFrames,
  createCanvas: () => document.createElement('canvas'),
  now: () => performance.now(),
};

/** A recording that comes to this is ended and saved: the browser keeps all of it until then. */
const MOST_BYTES = 500e6;

/** How often the page says how long it is. Milliseconds. */
const TICK_MS = 500;

/** H.264 takes even sizes only: the last row or column of pixels may be left out. */
const even = (side: number) => Math.max(2, side - (side % 2));

export function createVideoRecorder(store: AppStore, save: Save, source = BROWSER): VideoRecorder {
  let stage: Stage | undefined;
  let end: (() => void) | undefined; // of what is being filmed

  const show = (recording: State['live']['recording']) => store.setState(({ live }) => ({ live: { ...live, recording } }));
  const say = (message: string) => store.setState({ message });

  function fail(error: unknown): void {
    console.info('posecade:', error);
    store.setState({ notice: report(error) });
  }

  /** Paints the canvas whenever there is something new to see. Returns what ends that. */
  function keepPainting({ video, compose }: Stage, canvas: HTMLCanvasElement): () => void {
    const paint = () => compose(canvas, store.getState());
    paint();
    const unwatch = source.watchFrames(video, paint);
    const unsubscribe = store.subscribe((now, before) => now.livePose !== before.livePose && paint());
    return () => {
      unwatch();
      unsubscribe();
    };
  }

  /** Throws a SourceError where the browser cannot do it. */
  function begin(on: Stage): void {
    const { width, height } = store.getState().live;
    const canvas = source.createCanvas();
    [canvas.width, canvas.height] = [even(width), even(height)];
    on.compose(canvas, store.getState()); // Firefox films no canvas that was never painted
    const started = source.now();
    let bytes = 0;
    const recording = source.recordCanvas(canvas, (total) => {
      bytes = total;
      if (bytes >= MOST_BYTES) finish();
    });
    const ticking = setInterval(() => show({ seconds: (source.now() - started) / 1000, bytes }), TICK_MS);
    const stopPainting = keepPainting(on, canvas);
    function finish(): void {
      if (end !== finish) return;
      end = undefined;
      clearInterval(ticking);
      stopPainting();
      recording.stop();
      show(undefined);
    }
    end = finish;
    show({ seconds: 0, bytes: 0 });
    say('Recording the picture with the joints over it.');
    recording.done
      .finally(finish) // the browser may have ended it by itself
      .then(({ blob, extension }) => {
        const name = `posecade ${stamp()}.${extension}`;
        save(name, blob);
        const full = blob.size >= MOST_BYTES ? ' That is as long as a recording may be; begin another one to go on.' : '';
        say(`${name} saved, ${megabytes(blob.size)}.${full}`);
      })
      .catch(fail);
  }

  return {
    attach: (now) => {
      stage = now;
      return () => {
        end?.();
        if (stage === now) stage = undefined;
      };
    },

    toggle: () => {
      if (end) end();
      else if (stage) {
        try {
          begin(stage);
        } catch (error) {
          fail(error);
        }
      }
    },

    get atRisk() {
      return end !== undefined;
    },
  };
}
