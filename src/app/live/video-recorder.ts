import { watchFrames } from '../../source/frames';
import { browserFormat, recordCanvas } from '../../source/recorder';
import { megabytes, stamp } from '../shell/format';
import { report } from '../shell/report';
import { tell } from '../shell/screen';
import type { AppStore } from '../shell/store';
import type { LiveState, LiveStore } from './state';

/** Gives a file to the user. */
export type Save = (name: string, content: Blob) => void;

/** What can be recorded: the viewer's video, and the function that paints it with its joints. */
interface RecordedView {
  readonly video: HTMLVideoElement;
  /** Paints what the viewer currently shows, onto a canvas of any size. */
  compose(canvas: HTMLCanvasElement): void;
}

/** Records the video of the Live screen with the joints over it. Nothing here throws. */
export interface VideoRecorder {
  /** Makes the view recordable until the returned function is called, which also ends and saves a recording. */
  attach(view: RecordedView): () => void;
  /** Starts a recording if there is something to see, or ends it and saves the file. */
  toggle(): void;
  /** Closing the tab now would lose a recording. */
  readonly atRisk: boolean;
}

/** What it needs from the browser; tests pass a fake. */
export interface RecorderSource {
  readonly formatFor: typeof browserFormat;
  readonly recordCanvas: typeof recordCanvas;
  readonly watchFrames: typeof watchFrames;
  readonly createCanvas: () => HTMLCanvasElement;
  /** Milliseconds. */
  readonly now: () => number;
}

const BROWSER: RecorderSource = {
  formatFor: browserFormat,
  recordCanvas,
  watchFrames,
  createCanvas: () => document.createElement('canvas'),
  now: () => performance.now(),
};

/** A recording that reaches this size is ended and saved: the browser holds all of it in memory until then. */
const MAX_BYTES = 500e6;

/** How often its length on the page is updated. Milliseconds. */
const TICK_MS = 500;

export function createVideoRecorder(app: AppStore, store: LiveStore, save: Save, source = BROWSER): VideoRecorder {
  let view: RecordedView | undefined;
  let end: (() => void) | undefined; // ends the recording in progress
  let unsaved = 0; // recordings whose file is not complete yet

  const show = (recording: LiveState['recording']) => store.setState({ recording });
  const say = (sentence: string) => tell(app, sentence);

  function fail(error: unknown): void {
    console.info('posecade:', error);
    app.setState({ notice: report(error) });
  }

  /** Paints the canvas whenever there is something new to see, until the returned function is called. */
  function keepPainting({ video, compose }: RecordedView, canvas: HTMLCanvasElement): () => void {
    const paint = () => compose(canvas);
    paint();
    const unwatch = source.watchFrames(video, paint);
    const { width, height } = store.getState();
    const unsubscribe = store.subscribe((now, before) => {
      if (now.phase !== 'running' || now.width !== width || now.height !== height)
        end?.(); // another source, or a phone that was turned
      else if (now.people !== before.people) paint();
    });
    return () => {
      unwatch();
      unsubscribe();
    };
  }

  /** Throws a SourceError if the browser cannot record. */
  function begin(on: RecordedView): void {
    const size = store.getState();
    const { mimeType, width, height } = source.formatFor(size.width, size.height);
    const canvas = source.createCanvas();
    [canvas.width, canvas.height] = [width, height];
    on.compose(canvas); // Firefox does not record a canvas that was never painted
    const started = source.now();
    let bytes = 0;
    const recording = source.recordCanvas(canvas, mimeType, (total) => {
      bytes = total;
      if (bytes >= MAX_BYTES) finish();
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
    unsaved += 1;
    show({ seconds: 0, bytes: 0 });
    say('Recording the video with the joints overlaid.');
    recording.done
      .finally(finish) // the browser may have ended it by itself
      .then(({ blob, extension, cut }) => {
        const name = `posecade ${stamp()}.${extension}`;
        save(name, blob);
        const full = blob.size >= MAX_BYTES ? ' The recording reached its size limit. Start another to continue.' : '';
        const early = cut ? ' The browser ended the recording early.' : '';
        say(`${name} saved, ${megabytes(blob.size)}.${full}${early}`);
      })
      .catch(fail)
      .finally(() => {
        unsaved -= 1;
      });
  }

  return {
    attach: (attached) => {
      view = attached;
      return () => {
        end?.();
        if (view === attached) view = undefined;
      };
    },

    toggle: () => {
      if (end) end();
      else if (view && store.getState().phase === 'running') {
        try {
          begin(view);
        } catch (error) {
          fail(error);
        }
      }
    },

    get atRisk() {
      return unsaved > 0;
    },
  };
}
