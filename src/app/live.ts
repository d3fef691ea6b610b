import {
  type Camera,
  listCameras,
  onCamerasChanged,
  openCamera,
  rememberCamera,
  rememberedCamera,
  type Wanted,
} from '../source/camera';
import { SourceError } from '../source/error';
import { grabFrame, playFrames } from '../source/frames';
import type { Engine } from './engine';
import { createLoop } from './loop';
import { Meter } from './meter';
import { report } from './report';
import type { AppStore, LiveState } from './store';

/** What the live screen can be told to do. Nothing here throws: failures end up in the store's notice. */
export interface Live {
  /** The live screen is shown: what was said of a photograph is cleared. */
  enter(): void;
  /** Opens the camera of last time, or another; the browser may ask the user. */
  start(): Promise<void>;
  /** Ends everything and releases the camera. */
  stop(): void;
  choose(camera: string): Promise<void>;
  /** The camera on the other side of the device. */
  turn(): Promise<void>;
  set(change: Partial<Pick<LiveState, 'mirrored' | 'heat' | 'smoothing'>>): void;
  /** Frames come by this element, until the returned function is called. */
  attach(video: HTMLVideoElement): () => void;
  /** A hidden page rests; the camera stays open. */
  setHidden(hidden: boolean): void;
  /** The painter says that the pose of the frame taken at `captured` is on the screen. */
  drawn(captured: number): void;
  retry(): Promise<void>;
}

/** Where frames come from; tests give their own. */
export interface LiveSource {
  readonly openCamera: typeof openCamera;
  readonly listCameras: typeof listCameras;
  readonly onCamerasChanged: typeof onCamerasChanged;
  readonly rememberCamera: typeof rememberCamera;
  readonly rememberedCamera: typeof rememberedCamera;
  readonly playFrames: typeof playFrames;
  readonly grabFrame: typeof grabFrame;
  /** Milliseconds, on the clock of the frames. */
  readonly now: () => number;
}

const BROWSER: LiveSource = {
  openCamera,
  listCameras,
  onCamerasChanged,
  rememberCamera,
  rememberedCamera,
  playFrames,
  grabFrame,
  now: () => performance.now(),
};

/** The live screen's actions. */
export function createLive(store: AppStore, engine: Engine, source: LiveSource = BROWSER): Live {
  let session = new AbortController(); // from a start to its stop
  let playing = new AbortController(); // one camera in one video element
  let camera: Camera | undefined;
  let video: HTMLVideoElement | undefined;
  let hidden = false;
  let meter = new Meter();
  let forgetDevices = () => {};

  const state = () => store.getState().live;
  const set = (change: Partial<LiveState>) => store.setState({ live: { ...state(), ...change } });

  function release(): void {
    session.abort();
    playing.abort();
    camera?.stop();
    camera = undefined;
    forgetDevices();
    store.setState({ livePose: undefined });
  }

  function stop(): void {
    if (state().phase === 'off') return;
    release();
    set({ phase: 'off', stats: undefined });
  }

  function fail(error: unknown): void {
    console.info('posecade:', error);
    stop();
    store.setState({ notice: report(error), message: '' });
  }

  async function refreshCameras(signal: AbortSignal): Promise<void> {
    const before = state().cameras;
    const cameras = await source.listCameras().catch(() => before);
    if (signal.aborted) return;
    const added = cameras.find(({ id }) => !before.some((known) => known.id === id));
    set({ cameras });
    if (added && before.length > 0) store.setState({ message: `${added.label} is there now; choose it below the picture.` });
  }

  async function open(wanted: Wanted): Promise<void> {
    release();
    session = new AbortController();
    const { signal } = session;
    set({ phase: ['off', 'asking'].includes(state().phase) ? 'asking' : 'changing', stats: undefined });
    store.setState({ notice: undefined, message: 'Waiting for the camera. The browser may ask whether it is allowed.' });
    try {
      const opened = await source.openCamera(signal, wanted, {
        onEnded: () => signal.aborted || fail(new SourceError('camera-ended')),
        onMute: () => signal.aborted || store.setState({ notice: report(new SourceError('camera-muted')) }),
        onUnmute: () => store.getState().notice?.code === 'camera-muted' && store.setState({ notice: undefined }),
      });
      camera = opened;
      if (wanted.by !== 'preferred') source.rememberCamera(opened.id);
      const { id, facing, width, height, label } = opened;
      set({ phase: 'starting', camera: id, facing, width, height, mirrored: facing !== 'environment' });
      store.setState({ message: `${label || 'The camera'} is on.` });
      forgetDevices = source.onCamerasChanged(() => void refreshCameras(signal));
      play();
      await refreshCameras(signal);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

  /** Runs the camera in the element, once both are there. */
  function play(): void {
    playing.abort();
    if (!camera || !video) return;
    playing = new AbortController();
    meter = new Meter();
    const { signal } = playing;
    const look = createLoop(signal, { store, engine, source, meter, video, fail });
    source.playFrames(signal, video, camera.stream, (captured) => {
      if (!hidden) look(captured);
    });
  }

  /** Stops as the user asked, and takes back what was said of the camera. */
  function end(): void {
    if (state().phase !== 'off') store.setState({ message: 'The camera is off.' });
    stop();
    if (store.getState().notice?.code.startsWith('camera-')) store.setState({ notice: undefined });
  }

  const start = () => open({ by: 'preferred', id: state().camera ?? source.rememberedCamera() });

  return {
    enter: () =>
      store.setState(({ engine: status }) => ('failure' in status ? { message: '' } : { notice: undefined, message: '' })),

    start,

    stop: end,

    choose: (id) => open({ by: 'exact', id }),

    turn: () => open({ by: 'facing', facing: state().facing === 'environment' ? 'user' : 'environment' }),

    set,

    attach: (element) => {
      video = element;
      play();
      return () => {
        playing.abort();
        if (video === element) video = undefined;
      };
    },

    setHidden: (now) => {
      hidden = now;
    },

    drawn: (captured) => meter.draw(source.now(), captured),

    retry: () => {
      const { state: engineState } = store.getState().engine;
      if (engineState === 'failed' || engineState === 'unsupported') engine.restart();
      return start();
    },
  };
}
