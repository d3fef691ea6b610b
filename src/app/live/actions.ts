import { type Box, boxFromPose } from '../../pose/roi';
import type { ImagePoint } from '../../pose/space';
import { SourceError } from '../../source/error';
import type { Player } from '../../source/player';
import { type Dropped, videoIn } from '../../source/transfer';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { enterScreen, tell } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { BROWSER, type LiveSource } from './live-source';
import { createOpening } from './opening';
import { createRunner, type Runner } from './runner';
import { DEFAULTS, fromQuery, toQuery } from './settings';
import { createLiveStore, type LiveState, type LiveStore, NOBODY } from './state';

/** What the Live screen can do. Nothing here throws: failures end up in the app store's notice. */
export interface LiveActions extends Pick<Runner, 'attach' | 'setHidden' | 'drawn'> {
  readonly store: LiveStore;
  /** Called when the screen is shown. */
  enter(): void;
  /** Opens the camera used last; the browser may ask the user for permission. */
  start(): Promise<void>;
  /** Stops everything: turns the camera off, or closes the video. */
  stop(): void;
  /** Opens a video file in place of the camera. If it cannot be opened, what plays is left as it is. */
  openVideo(file: File): Promise<void>;
  /** Opens the video among the items dropped or pasted. */
  openDropped(dropped: Dropped): Promise<void>;
  /** Controls of the open video; they do nothing without one. */
  readonly player: Pick<Player, 'toggle' | 'seek' | 'step' | 'setLoop'>;
  /** Follows only the person with this id; undefined: everybody. */
  follow(id: number | undefined): void;
  /** Follows the person at a point of the image (the smallest of several), or everybody if nobody is there. */
  followAt(point: ImagePoint): void;
  /** Follows the next person in view; after the last one, everybody. */
  followNext(): void;
  chooseCamera(id: string): Promise<void>;
  /** Switches to the camera on the other side of the device. */
  flipCamera(): Promise<void>;
  set(change: Partial<Pick<LiveState, 'mirrored' | 'heat' | 'smoothing' | 'trails' | 'lines'>>): void;
  /** Applies the settings of a link. query: the part after its question mark. */
  readLink(query: string): void;
  /** The settings for a link, without a question mark; empty for the defaults. */
  link(): string;
}

/** Limbs reach beyond the joints' box: a click this near to it is on the person. As a share of its longer side. */
const NEAR_JOINTS = 0.1;

function isInside({ x, y }: ImagePoint, box: Box): boolean {
  const near = NEAR_JOINTS * Math.max(box.width, box.height);
  return x >= box.x - near && y >= box.y - near && x <= box.x + box.width + near && y <= box.y + box.height + near;
}

export function createLiveActions(app: AppStore, engine: Engine, source: LiveSource = BROWSER): LiveActions {
  const store = createLiveStore();
  const runner = createRunner({ app, store, engine, source, fail: (error) => opening.fail(error) });
  const opening = createOpening({ app, store, source, runner });
  store.subscribe(({ phase }, before) => phase !== before.phase && app.setState({ streaming: phase !== 'off' }));

  function follow(id: number | undefined): void {
    if (store.getState().followed === id) return;
    tell(app, id === undefined ? 'Showing everybody.' : `Following person ${id} only.`);
    store.setState({ followed: id, lost: false }); // may end a recording, whose message must come last
    change({});
  }

  function change(settings: Partial<LiveState>): void {
    const { lines, video, phase } = store.getState();
    store.setState(settings);
    if (video && !video.playing) runner.feed?.player?.repeatFrame(); // no other frame would arrive to show the change
    const reopens = store.getState().lines !== lines && !video && phase !== 'off';
    if (reopens) void opening.reopenCamera();
  }

  const { lines = DEFAULTS.lines, mirror } = source.recall();
  store.setState({ lines, mirror });

  return {
    store,

    enter: () => enterScreen(app, 'live'),

    start: opening.start,

    stop: () => {
      const { phase, video } = store.getState();
      if (phase !== 'off') tell(app, video ? 'The video is closed.' : 'The camera is off.');
      opening.stop();
      if (app.getState().notice?.code.startsWith('camera-')) app.setState({ notice: undefined });
    },

    openVideo: (file) => opening.openVideo(file, 0),

    openDropped: async (dropped) => {
      const isFolder = dropped.some(({ folder }) => folder);
      const file = videoIn(dropped) ?? (isFolder ? undefined : dropped[0]?.file); // a file that is no video is reported as what it is
      if (file) await opening.openVideo(file, dropped.length - 1);
      else app.setState({ notice: report(new SourceError(isFolder ? 'folder' : 'nothing-given')) });
    },

    player: {
      toggle: () => runner.feed?.player?.toggle(),
      seek: (seconds) => runner.feed?.player?.seek(seconds),
      step: (direction, held) => runner.feed?.player?.step(direction, held),
      setLoop: (loop) => runner.feed?.player?.setLoop(loop),
    },

    follow,

    followAt: (point) => {
      const { people = NOBODY } = store.getState();
      const at = people
        .flatMap(({ id, pose }) => {
          const box = boxFromPose(pose, app.getState().threshold);
          return box ? { id, box } : [];
        })
        .filter(({ box }) => isInside(point, box))
        .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
      follow(at[0]?.id);
    },

    followNext: () => {
      const { people = NOBODY, followed } = store.getState();
      const ids = people.map(({ id }) => id).sort((a, b) => a - b);
      follow(ids.find((id) => followed === undefined || id > followed));
    },

    chooseCamera: (id) => opening.openCamera({ by: 'exact', id }),

    flipCamera: () => {
      const facing = store.getState().facing === 'environment' ? 'user' : 'environment';
      return opening.openCamera({ by: 'facing', facing });
    },

    set: (settings) => {
      const { video, facing } = store.getState();
      const isForCameras = settings.mirrored !== undefined && !video && facing !== 'environment';
      const forCameras = isForCameras ? { mirror: settings.mirrored } : {};
      if (settings.lines) source.remember({ lines: settings.lines });
      if (forCameras.mirror !== undefined) source.remember(forCameras);
      change({ ...settings, ...forCameras });
    },

    readLink: (query) => {
      const { settings, unknown } = fromQuery(query);
      const now = store.getState();
      const { threshold, mirror: wanted = now.mirror, ...rest } = settings;
      const mirrored = now.video || now.facing === 'environment' ? now.mirrored : (wanted ?? now.mirrored);
      app.setState({ threshold });
      change({ ...rest, mirror: wanted, mirrored });
      if (unknown.length > 0) tell(app, `These settings in the link were not understood: ${unknown.join(', ')}.`);
    },

    link: () => toQuery({ ...store.getState(), threshold: app.getState().threshold }),

    attach: runner.attach,
    setHidden: runner.setHidden,
    drawn: runner.drawn,
  };
}
