import { count } from '../../app/shell/format';
import { useLive, useLiveState } from './context';

/** Records the joints of many frames, and saves them. */
export function JointSeries() {
  const { jointRecorder } = useLive();
  const series = useLiveState((state) => state.series);
  const on = useLiveState(({ phase }) => phase !== 'off' && phase !== 'asking');
  if (!on && !series) return null;
  const frames = series && count(series.frames, 'frame');
  return (
    <section className="card" aria-labelledby="series-title">
      <h2 id="series-title">Joints over time</h2>
      <div className="row">
        {on && (
          <button type="button" className="record" data-running={series?.running || undefined} onClick={jointRecorder.toggle}>
            {series?.running ? 'Stop recording joints' : series ? 'Start a new recording' : 'Record joints'}
            {series?.running && <span aria-hidden="true"> · {frames}</span>}
          </button>
        )}
        {series && !series.running && (
          <>
            <button type="button" onClick={() => jointRecorder.save('csv')}>
              Save CSV
            </button>
            <button type="button" onClick={() => jointRecorder.save('json')}>
              Save JSON
            </button>
          </>
        )}
      </div>
      <p className="hint">
        {series && !series.running && <strong>{frames} recorded. </strong>}
        For each frame: its time, and everybody’s ID, score and joints, as drawn (smoothed), in pixels of the source.
      </p>
    </section>
  );
}
