import { count, stamp } from '../shell/format';
import { tell } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { Series, type SeriesInfo, seriesCsv, seriesDocument } from './series';
import { type LiveState, type LiveStore, wantedPeople } from './state';
import type { Save } from './video-recorder';

/** Records the joints of the Live screen, frame by frame. */
export interface JointRecorder {
  /** Starts a new recording, or ends the one in progress. Asks before discarding unsaved frames. */
  toggle(): void;
  /** Ends the recording in progress; it can still be saved. */
  stop(): void;
  save(format: 'csv' | 'json'): void;
  /** Closing the tab now would lose frames. */
  readonly atRisk: boolean;
}

/** How often the frame count on the page is updated. Milliseconds. */
const COUNT_MS = 300;

/** confirm: asks the user a yes-or-no question. */
export function createJointRecorder(
  app: AppStore,
  store: LiveStore,
  save: Save,
  confirm: (question: string) => boolean,
): JointRecorder {
  let series = new Series();
  let saved = true; // whether all frames recorded so far, if any, are saved
  let info: SeriesInfo | undefined;
  let end: ((why?: string) => void) | undefined; // ends the recording in progress
  let counting: ReturnType<typeof setTimeout> | undefined;

  const show = (shown: LiveState['series']) => store.setState({ series: shown });
  const say = (sentence: string) => tell(app, sentence);

  function infoOf({ video, width, height, smoothing, followed }: LiveState): SeriesInfo {
    const { engine } = app.getState();
    const model = 'ready' in engine ? engine.ready.model.name : undefined;
    return { source: video?.name ?? 'camera', width, height, smoothing, model, followed };
  }

  /** Whether frames still belong to the same recording. Another source restarts the ids, even one of the same name and size. */
  function isSame(before: SeriesInfo, state: LiveState): boolean {
    return state.phase === 'running' && state.width === before.width && state.height === before.height;
  }

  function showCount(): void {
    counting = undefined;
    show({ running: true, frames: series.count });
  }

  function finish(unsubscribe: () => void, why: string): void {
    unsubscribe();
    clearTimeout(counting);
    counting = undefined;
    end = undefined;
    const { count: frames, full } = series;
    saved = frames === 0;
    show(frames > 0 ? { running: false, frames } : undefined);
    if (full) say(`The recording has reached its limit of ${frames} frames. Save it, then start another one.`);
    else if (frames === 0) say('No joints were recorded: nobody was detected.');
    else say(`${why} Joints of ${count(frames, 'frame')} recorded. Save them as CSV or JSON.`.trim());
  }

  function begin(): void {
    series = new Series();
    let about: SeriesInfo | undefined; // set at the first frame
    let first: number | undefined; // capture time of the camera's first frame with somebody in it, milliseconds
    const take = (state: LiveState) => {
      const { frame } = state;
      const people = wantedPeople(state);
      if (!frame || !people) return;
      if (people.length > 0) first ??= frame.time;
      if (frame.position === undefined && first === undefined) return; // time starts with the first person
      about ??= infoOf(state);
      info = about;
      series.add(frame.position ?? (frame.time - (first ?? frame.time)) / 1000, people, frame.follows);
      if (series.full) end?.();
      else counting ??= setTimeout(showCount, COUNT_MS);
    };
    const unsubscribe = store.subscribe((state, { frame: before }) => {
      if (about && !isSame(about, state))
        end?.(state.phase === 'running' ? 'The recording ended because the size of the image changed.' : '');
      else if (about && about.followed !== state.followed) end?.('The recording ended because you changed whom to follow.');
      else if (state.frame !== before) take(state);
    });
    end = (why = '') => finish(unsubscribe, why);
    take(store.getState()); // the frame on the screen
    show({ running: true, frames: series.count });
    say('Recording the joints of every processed frame.');
  }

  return {
    toggle: () => {
      if (end) return end();
      if (['off', 'asking'].includes(store.getState().phase)) return;
      if (saved || confirm('Start a new recording? The last one was not saved.')) begin();
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
