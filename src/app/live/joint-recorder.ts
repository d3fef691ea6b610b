import type { AppStore, State } from '../shell/store';
import { stamp } from '../shell/summary';
import { Series, type SeriesInfo, seriesCsv, seriesDocument } from './series';
import type { Save } from './video-recorder';

/** Writes down the joints of the live screen, frame by frame. */
export interface JointRecorder {
  /** Begins a new series, or ends the one that runs. Nothing while no pictures come; asks before it lets go of frames that were not saved. */
  toggle(): void;
  /** Ends it, if it runs; what there is can still be saved. */
  stop(): void;
  save(format: 'csv' | 'json'): void;
  /** Closing the tab now would lose frames. */
  readonly atRisk: boolean;
}

/** The page says how many frames there are after this time, not at each of them. Milliseconds. */
const TELL_MS = 300;

function infoOf({ live, engine }: State): SeriesInfo {
  return {
    source: live.film?.name ?? 'camera',
    width: live.width,
    height: live.height,
    smoothing: live.smoothing,
    model: 'ready' in engine ? engine.ready.model.name : undefined,
  };
}

/** Whether frames still belong to the same series: other pictures have other pixels. */
function isSame(info: SeriesInfo, state: State): boolean {
  const now = infoOf(state);
  return now.source === info.source && now.width === info.width && now.height === info.height;
}

/** confirm: asks the user, who says yes or no. */
export function createJointRecorder(store: AppStore, save: Save, confirm: (question: string) => boolean): JointRecorder {
  let series = new Series();
  let saved = true; // what there is, if anything
  let info: SeriesInfo | undefined;
  let end: (() => void) | undefined; // of the series that runs
  let telling: ReturnType<typeof setTimeout> | undefined;

  const show = (shown: State['live']['series']) => store.setState(({ live }) => ({ live: { ...live, series: shown } }));
  const say = (message: string) => store.setState({ message });

  function tell(): void {
    telling = undefined;
    show({ running: true, frames: series.count });
  }

  function finish(unsubscribe: () => void): void {
    unsubscribe();
    clearTimeout(telling);
    telling = undefined;
    end = undefined;
    const { count: frames, full } = series;
    saved = frames === 0;
    show(frames > 0 ? { running: false, frames } : undefined);
    if (full) say(`The recording of joints is full with ${frames} frames. Save it, then begin another one.`);
    else if (frames === 0) say('No joints were recorded: nobody was followed meanwhile.');
    else say(`The joints of ${frames === 1 ? 'one frame are' : `${frames} frames are`} recorded. Save them as CSV or JSON.`);
  }

  function begin(): void {
    series = new Series();
    let about: SeriesInfo | undefined; // known with the first frame
    let first: number | undefined; // of the camera's frames, milliseconds
    const unsubscribe = store.subscribe((state, { livePose: before }) => {
      if (about && !isSame(about, state)) return end?.();
      const { livePose } = state;
      if (!livePose || livePose === before) return;
      first ??= livePose.time;
      about ??= infoOf(state);
      info = about;
      series.add(livePose.position ?? (livePose.time - first) / 1000, livePose.pose);
      if (series.full) end?.();
      else telling ??= setTimeout(tell, TELL_MS);
    });
    end = () => finish(unsubscribe);
    show({ running: true, frames: 0 });
    say('Recording the joints of every frame that is looked at.');
  }

  return {
    toggle: () => {
      if (end) return end();
      if (['off', 'asking'].includes(store.getState().live.phase)) return;
      if (saved || confirm('Record joints anew? Those of the last recording were not saved.')) begin();
    },

    stop: () => end?.(),

    save: (format) => {
      if (!info) return;
      const frames = series.read();
      const name = `${info.source.replace(/\.[^.]*$/, '')} joints ${stamp()}.${format}`;
      const text = format === 'csv' ? seriesCsv(info, frames) : JSON.stringify(seriesDocument(info, frames));
      saved = true;
      save(name, new Blob([text], { type: format === 'csv' ? 'text/csv' : 'application/json' }));
      say(`${name} saved.`);
    },

    get atRisk() {
      return !saved || (end !== undefined && series.count > 0);
    },
  };
}
