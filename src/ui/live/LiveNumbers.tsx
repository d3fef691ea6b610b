import { duration } from '../../app/shell/summary';
import { useAppState } from '../shell/context';
import { STAGES } from '../shell/Numbers';
import { Rows } from '../shell/Rows';
import { LiveChart } from './LiveChart';

/** How fast it goes; brought up to date about twice a second. */
export function LiveNumbers() {
  const stats = useAppState((state) => state.live.stats);
  const film = useAppState((state) => state.live.film !== undefined);
  const width = useAppState((state) => state.live.width);
  const height = useAppState((state) => state.live.height);
  const rows: (readonly [string, string])[] = stats
    ? [
        ['Frames a second', stats.framesPerSecond.toFixed(1)],
        ['Capture to drawing, median', stats.latency ? duration(stats.latency.median) : '…'],
        ['Capture to drawing, 95%', stats.latency ? duration(stats.latency.p95) : '…'],
        ...STAGES.map(([stage, label]) => [label, duration(stats.timings[stage])] as const),
        ['Frames passed over', `${stats.dropped} of ${stats.frames}`],
        [film ? 'Video' : 'Camera', `${width} × ${height} px`],
      ]
    : [];
  return (
    <section className="card" aria-labelledby="live-numbers-title">
      <h2 id="live-numbers-title">Right now</h2>
      {stats && <LiveChart history={stats.history} />}
      {stats ? <Rows rows={rows} /> : <p className="hint">Waiting for the first frame.</p>}
    </section>
  );
}
