import type { Wanted } from '../../source/camera';
import { SourceError, type SourceErrorCode } from '../../source/error';
import { asideSentence } from '../shell/format';
import { report } from '../shell/report';
import { tell } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { cameraFeed, videoFeed } from './feed';
import type { LiveSource } from './live-source';
import type { Runner } from './runner';
import type { LiveStore } from './state';

export interface OpeningParts {
  readonly app: AppStore;
  readonly store: LiveStore;
  readonly source: LiveSource;
  readonly runner: Runner;
}

/** Opens cameras and video files for the runner, one at a time. Nothing here throws: failures end up in the app store's notice. */
export interface Opening {
  /** Opens the camera used last, or the system's choice. */
  start(): Promise<void>;
  openCamera(wanted: Wanted): Promise<void>;
  /** Opens the camera that was wanted last again, with the current settings. */
  reopenCamera(): Promise<void>;
  /** If the file cannot be opened, what plays is left as it is. others: how many files came with it and are ignored. */
  openVideo(file: File, others: number): Promise<void>;
  /** Turns the camera off, or closes the video. */
  stop(): void;
  /** Stops because of an error, and reports it. */
  fail(error: unknown): void;
}

export function createOpening({ app, store, source, runner }: OpeningParts): Opening {
  let opening = new AbortController(); // of a video; what plays continues meanwhile
  let session = new AbortController(); // from each start to its stop
  let forgetDevices = () => {};
  let last: Wanted = { by: 'preferred', id: undefined };
  let again: (() => Promise<void>) | undefined; // restarts what the user last started

  function release(): void {
    session.abort();
    runner.close();
    forgetDevices();
    store.setState({ people: undefined });
  }

  function turnOff(): void {
    if (store.getState().phase === 'off') return;
    release();
    store.setState({ phase: 'off', video: undefined, stats: undefined });
  }

  function stop(): void {
    opening.abort();
    again = undefined; // leaving the screen stops, too: "Try again" elsewhere must not turn the camera on
    turnOff();
  }

  /** A video being opened meanwhile is not affected, and still opens. */
  function fail(error: unknown): void {
    console.info('posecade:', error);
    app.setState({ notice: { ...report(error), again: async () => again?.() }, message: '' });
    turnOff(); // may end a recording, whose message must come last
  }

  async function refreshCameras(signal: AbortSignal): Promise<void> {
    const before = store.getState().cameras;
    const cameras = await source.listCameras().catch(() => before);
    if (signal.aborted) return;
    const added = cameras.find(({ id }) => !before.some((known) => known.id === id));
    store.setState({ cameras });
    if (added && before.length > 0) tell(app, `${added.label} was connected. Choose it below the video.`);
  }

  /** Clears the notice with this code: its cause is gone. */
  const forget = (code: SourceErrorCode) => app.getState().notice?.code === code && app.setState({ notice: undefined });

  async function openCamera(wanted: Wanted): Promise<void> {
    opening.abort();
    release();
    last = wanted;
    session = new AbortController();
    const { signal } = session;
    const phase = ['off', 'asking'].includes(store.getState().phase) ? 'asking' : 'changing';
    store.setState({ phase, video: undefined, stats: undefined });
    app.setState({ notice: undefined });
    tell(app, 'Waiting for the camera. The browser may ask for your permission.');
    try {
      const events = {
        onEnded: () => signal.aborted || fail(new SourceError('camera-ended')),
        onMute: () => signal.aborted || app.setState({ notice: report(new SourceError('camera-muted')) }),
        onUnmute: () => forget('camera-muted'),
      };
      const onSilence = (silent: boolean) => {
        if (!silent) forget('camera-silent');
        else if (app.getState().notice?.code !== 'camera-muted')
          app.setState({ notice: report(new SourceError('camera-silent')) });
      };
      const camera = await source.openCamera(signal, wanted, events, store.getState().lines);
      signal.throwIfAborted();
      const { id, facing, width, height, label } = camera;
      if (wanted.by !== 'preferred') source.remember({ camera: id });
      const mirrored = facing !== 'environment' && (store.getState().mirror ?? true);
      last = { by: 'exact', id };
      store.setState({ phase: 'starting', camera: id, facing, width, height, mirrored });
      tell(app, `${label || 'The camera'} is on.`);
      forgetDevices = source.onCamerasChanged(() => void refreshCameras(signal));
      runner.open(cameraFeed(source, camera, onSilence));
      await refreshCameras(signal);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

  async function openVideo(file: File, others: number): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    app.setState({ notice: undefined });
    tell(app, `Opening ${file.name}…`);
    try {
      const video = await source.openVideo(signal, file);
      if (signal.aborted) video.close();
      signal.throwIfAborted();
      release();
      for (const code of ['camera-muted', 'camera-silent'] as const) forget(code); // its camera is off, and reports nothing any more
      session = new AbortController();
      again = () => openVideo(file, others);
      const { name, width, height, duration } = video;
      const state = { name, duration, position: 0, playing: false, loop: false };
      store.setState({ phase: 'starting', video: state, width, height, mirrored: false, stats: undefined });
      const aside = asideSentence(others, ': one video at a time');
      tell(app, `${name} opened, ${width} × ${height} pixels. ${aside}`.trim());
      const onChange = (change: Partial<typeof state>) =>
        store.setState(({ video: open }) => ({ video: open && { ...open, ...change } }));
      runner.open(videoFeed(source.playVideo, video, { onChange, onFailed: fail }));
    } catch (error) {
      if (signal.aborted) return;
      console.info('posecade:', error);
      app.setState({ notice: { ...report(error), again: () => openVideo(file, others) }, message: '' });
    }
  }

  const start = () => {
    again = start;
    return openCamera({ by: 'preferred', id: store.getState().camera ?? source.recall().camera });
  };

  return { start, openCamera, reopenCamera: () => openCamera(last), openVideo, stop, fail };
}
