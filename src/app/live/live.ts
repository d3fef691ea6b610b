import type { Wanted } from '../../source/camera';
import { SourceError } from '../../source/error';
import type { Player } from '../../source/player';
import { videoIn } from '../../source/transfer';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { enterScreen } from '../shell/screen';
import type { AppStore, FilmState, LiveState } from '../shell/store';
import { cameraFeed, type Feed, filmFeed } from './feed';
import { BROWSER, type LiveSource } from './live-source';
import { createLoop } from './loop';
import { Meter } from './meter';
import { DEFAULTS, fromQuery, toQuery } from './settings';

/** What the live screen can be told to do. Nothing here throws: failures end up in the store's notice. */
export interface Live {
  /** The live screen is shown: what was said on another is cleared. */
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
  set(change: Partial<Pick<LiveState, 'mirrored' | 'heat' | 'smoothing' | 'trails' | 'lines'>>): void;
  /** Takes over the settings of a link; query: what follows its question mark. */
  readLink(query: string): void;
  /** The settings as a link has them, without a question mark; empty for the defaults. */
  link(): string;
  /** Frames come by this element, until the returned function is called. */
  attach(video: HTMLVideoElement): () => void;
  /** A hidden page rests; the camera stays open. */
  setHidden(hidden: boolean): void;
  /** The painter says that the pose of the frame taken at `captured` is on the screen. */
  drawn(captured: number): void;
}

/** The live screen's actions. */
export function createLive(store: AppStore, engine: Engine, source: LiveSource = BROWSER): Live {
  let opening = new AbortController(); // of a file; what plays meanwhile goes on
  let session = new AbortController(); // from a start to its stop
  let playing = new AbortController(); // one feed in one video element
  let feed: Feed | undefined;
  let video: HTMLVideoElement | undefined;
  let hidden = false;
  let meter = new Meter();
  let forgetDevices = () => {};
  let again: (() => Promise<void>) | undefined; // what the user started: where it fails, a retry starts it again
  let resume = false; // the film was playing when the page was hidden

  const state = () => store.getState().live;
  const set = (change: Partial<LiveState>) => store.setState({ live: { ...state(), ...change } });

  function release(): void {
    opening.abort();
    session.abort();
    playing.abort();
    feed?.close();
    feed = undefined;
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
    store.setState({ notice: { ...report(error), again }, message: '' });
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
      const events = {
        onEnded: () => signal.aborted || fail(new SourceError('camera-ended')),
        onMute: () => signal.aborted || store.setState({ notice: report(new SourceError('camera-muted')) }),
        onUnmute: () => store.getState().notice?.code === 'camera-muted' && store.setState({ notice: undefined }),
      };
      const opened = await source.openCamera(signal, wanted, events, state().lines);
      feed = cameraFeed(source.playFrames, opened);
      if (wanted.by !== 'preferred') source.remember({ camera: opened.id });
      const { id, facing, width, height, label } = opened;
      set({
        phase: 'starting',
        camera: id,
        facing,
        width,
        height,
        mirrored: facing !== 'environment' && (state().mirror ?? true),
      });
      store.setState({ message: `${label || 'The camera'} is on.` });
      forgetDevices = source.onCamerasChanged(() => void refreshCameras(signal));
      play();
      await refreshCameras(signal);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

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
      feed = filmFeed(source.playFilm, film, { onChange: setFilm, onFailed: fail });
      const { name, width, height, duration } = film;
      const start = { position: 0, playing: false, loop: false };
      set({ phase: 'starting', film: { name, duration, ...start }, width, height, mirrored: false, stats: undefined });
      store.setState({ message: `${name} opened, ${width} × ${height} pixels.` });
      play();
    } catch (error) {
      if (signal.aborted) return;
      console.info('posecade:', error);
      store.setState({ notice: { ...report(error), again: () => openFile(file) }, message: '' });
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

  function alter(change: Partial<LiveState>): void {
    const { lines, film, phase, camera } = state();
    set(change);
    if (film && !film.playing) feed?.player?.lookAgain(); // else nothing would come to show it
    if (state().lines !== lines && !film && phase !== 'off' && camera) void open({ by: 'exact', id: camera });
  }

  const start = () => {
    again = start;
    return open({ by: 'preferred', id: state().camera ?? source.recall().camera });
  };

  const { lines = DEFAULTS.lines, mirror } = source.recall();
  set({ lines, mirror });

  return {
    enter: () => enterScreen(store, 'live'),

    start,

    stop: end,

    openFile,

    videoIn,

    player: {
      toggle: () => feed?.player?.toggle(),
      seek: (seconds) => feed?.player?.seek(seconds),
      step: (direction) => feed?.player?.step(direction),
      setLoop: (loop) => feed?.player?.setLoop(loop),
    },

    choose: (id) => open({ by: 'exact', id }),

    turn: () => open({ by: 'facing', facing: state().facing === 'environment' ? 'user' : 'environment' }),

    set: (change) => {
      const forCameras = change.mirrored !== undefined && !state().film ? { mirror: change.mirrored } : {};
      if (change.lines) source.remember({ lines: change.lines });
      if (forCameras.mirror !== undefined) source.remember(forCameras);
      alter({ ...change, ...forCameras });
    },

    readLink: (query) => {
      const { settings, unknown } = fromQuery(query);
      const { threshold, mirror = state().mirror, ...rest } = settings;
      const mirrored = state().film || state().facing === 'environment' ? state().mirrored : (mirror ?? state().mirrored);
      store.setState({ threshold });
      alter({ ...rest, mirror, mirrored });
      if (unknown.length > 0)
        store.setState({ message: `The link says something that is not known here: ${unknown.join(', ')}.` });
    },

    link: () => {
      const { threshold, live } = store.getState();
      return toQuery({ ...live, threshold });
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
      if (resume) feed?.player?.toggle();
    },

    drawn: (captured) => meter.draw(source.now(), captured),
  };
}
