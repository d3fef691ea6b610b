import { count } from '../../app/shell/summary';
import { useApp, useAppState } from '../shell/context';

/** The joints of many frames, to be taken away. */
export function JointSeries() {
  const { jointRecorder } = useApp();
  const series = useAppState((state) => state.live.series);
  const on = useAppState(({ live: { phase } }) => phase !== 'off' && phase !== 'asking');
  if (!on && !series) return null;
  const frames = series && count(series.frames, 'frame');
  return (
    <section className="card" aria-labelledby="series-title">
      <h2 id="series-title">Joints over time</h2>
      <div className="row">
        {on && (
          <button type="button" className="record" aria-pressed={series?.running ?? false} onClick={jointRecorder.toggle}>
            {series?.running ? `Stop recording · ${frames}` : series ? 'Record joints anew' : 'Record joints'}
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
        Time, score, and x, y of each joint in pixels of the source, smoothed as they are drawn.
      </p>
    </section>
  );
}
