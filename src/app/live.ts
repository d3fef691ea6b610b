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
import { openFilm } from '../source/film';
import { grabFrame, playFrames } from '../source/frames';
import { type Player, playFilm } from '../source/player';
import { videoIn } from '../source/transfer';
import type { Engine } from './engine';
import { createLoop, type Look } from './loop';
import { Meter } from './meter';
import { report } from './report';
import type { AppStore, FilmState, LiveState } from './store';

/** What the live screen can be told to do. Nothing here throws: failures end up in the store's notice. */
export interface Live {
  /** The live screen is shown: what was said of a photograph is cleared. */
  enter(): void;
  /** Opens the camera of last time, or another; the browser may ask the user. */
  start(): Promise<void>;
  /** Ends everything; releases the camera, or closes the video. */
  stop(): void;
  /** Opens a video file in the camera's place. One that cannot be opened leaves what plays as it is. */
  openFile(file: File): Promise<void>;
  /** The video among what was dropped or pasted; to be called while the event is handled. undefined: there is none. */
  videoIn(transfer: DataTransfer | null): File | undefined;
  /** What the video that is open can be told; does nothing without one. */
  readonly player: Omit<Player, 'lookAgain'>;
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
  readonly openFilm: typeof openFilm;
  readonly playFilm: typeof playFilm;
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
  openFilm,
  playFilm,
  now: () => performance.now(),
};

/** What plays: a camera that is on, or a file that is open. */
interface Feed {
  play(signal: AbortSignal, video: HTMLVideoElement, look: Look): void;
  /** Whoever opened it is done with it. */
  close(): void;
}

/** The live screen's actions. */
export function createLive(store: AppStore, engine: Engine, source: LiveSource = BROWSER): Live {
  let opening = new AbortController(); // of a file; what plays meanwhile goes on
  let session = new AbortController(); // from a start to its stop
  let playing = new AbortController(); // one feed in one video element
  let feed: Feed | undefined;
  let player: Player | undefined;
  let video: HTMLVideoElement | undefined;
  let hidden = false;
  let meter = new Meter();
  let forgetDevices = () => {};
  let again: () => Promise<void> = () => start(); // what a retry does
  let resume = false; // the film was playing when the page was hidden

  const state = () => store.getState().live;
  const set = (change: Partial<LiveState>) => store.setState({ live: { ...state(), ...change } });

  function release(): void {
    opening.abort();
    session.abort();
    playing.abort();
    feed?.close();
    feed = undefined;
    player = undefined;
    forgetDevices();
    store.setState({ livePose: undefined });
  }

  function stop(): void {
    opening.abort();
    if (state().phase === 'off') return;
    release();
    set({ phase: 'off', film: undefined, stats: undefined });
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
    const phase = ['off', 'asking'].includes(state().phase) ? 'asking' : 'changing';
    set({ phase, film: undefined, stats: undefined });
    store.setState({ notice: undefined, message: 'Waiting for the camera. The browser may ask whether it is allowed.' });
    try {
      const opened = await source.openCamera(signal, wanted, {
        onEnded: () => signal.aborted || fail(new SourceError('camera-ended')),
        onMute: () => signal.aborted || store.setState({ notice: report(new SourceError('camera-muted')) }),
        onUnmute: () => store.getState().notice?.code === 'camera-muted' && store.setState({ notice: undefined }),
      });
      feed = cameraFeed(opened);
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

  const cameraFeed = (camera: Camera): Feed => ({
    play: (signal, element, look) => source.playFrames(signal, element, camera.stream, (captured) => look(captured)),
    close: () => camera.stop(),
  });

  const setFilm = (change: Partial<FilmState>) => {
    const { film } = state();
    if (film) set({ film: { ...film, ...change } });
  };

  async function openFile(file: File): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    store.setState({ notice: undefined, message: `Opening ${file.name}…` });
    try {
      const film = await source.openFilm(signal, file);
      if (signal.aborted) film.close();
      signal.throwIfAborted();
      release();
      session = new AbortController();
      again = () => openFile(file);
      feed = {
        play: (stopped, element, look) => {
          player = source.playFilm(stopped, element, film, { onFrame: look, onChange: setFilm, onFailed: fail });
        },
        close: () => film.close(),
      };
      const { name, width, height, duration } = film;
      const start = { position: 0, playing: false, loop: false };
      set({ phase: 'starting', film: { name, duration, ...start }, width, height, mirrored: false, stats: undefined });
      store.setState({ message: `${name} opened, ${width} × ${height} pixels.` });
      play();
    } catch (error) {
      if (signal.aborted) return;
      console.info('posecade:', error);
      store.setState({ notice: report(error), message: '' });
    }
  }

  /** Runs the feed in the element, once both are there. */
  function play(): void {
    playing.abort();
    if (!feed || !video) return;
    playing = new AbortController();
    meter = new Meter();
    const { signal } = playing;
    const look = createLoop(signal, { store, engine, source, meter, video, fail });
    feed.play(signal, video, (captured, moment) => {
      if (!hidden) look(captured, moment);
    });
  }

  /** Stops as the user asked, and takes back what was said of the camera. */
  function end(): void {
    const { phase, film } = state();
    if (phase !== 'off') store.setState({ message: film ? 'The video is closed.' : 'The camera is off.' });
    stop();
    if (store.getState().notice?.code.startsWith('camera-')) store.setState({ notice: undefined });
  }

  const start = () => {
    again = start;
    return open({ by: 'preferred', id: state().camera ?? source.rememberedCamera() });
  };

  return {
    enter: () =>
      store.setState(({ engine: status }) => ('failure' in status ? { message: '' } : { notice: undefined, message: '' })),

    start,

    stop: end,

    openFile,

    videoIn,

    player: {
      toggle: () => player?.toggle(),
      seek: (seconds) => player?.seek(seconds),
      step: (direction) => player?.step(direction),
      setLoop: (loop) => player?.setLoop(loop),
    },

    choose: (id) => open({ by: 'exact', id }),

    turn: () => open({ by: 'facing', facing: state().facing === 'environment' ? 'user' : 'environment' }),

    set: (change) => {
      set(change);
      const { film } = state();
      if (film && !film.playing) player?.lookAgain(); // else nothing would come to show it
    },

    attach: (element) => {
      video = element;
      play();
      return () => {
        playing.abort();
        if (video === element) video = undefined;
      };
    },

    setHidden: (now) => {
      if (hidden === now) return;
      hidden = now;
      if (hidden) resume = state().film?.playing ?? false;
      if (resume) player?.toggle();
    },

    drawn: (captured) => meter.draw(source.now(), captured),

    retry: () => {
      const { state: engineState } = store.getState().engine;
      if (engineState === 'failed' || engineState === 'unsupported') engine.restart();
      return again();
    },
  };
}
