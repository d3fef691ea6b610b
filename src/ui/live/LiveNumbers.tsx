import { useState } from 'react';
import { duration } from '../../app/shell/format';
import { Details } from '../shell/Details';
import { EngineDetails, timingRows } from '../shell/EngineDetails';
import { Rows } from '../shell/Rows';
import { useLiveState } from './context';
import { LiveChart } from './LiveChart';

/** Charts and step timings. */
function Measurements() {
  const stats = useLiveState((state) => state.stats);
  const isVideo = useLiveState((state) => state.video !== undefined);
  const width = useLiveState((state) => state.width);
  const height = useLiveState((state) => state.height);
  if (!stats) return null;
  return (
    <>
      <LiveChart history={stats.history} />
      <section aria-labelledby="steps-title">
        <h3 id="steps-title">Time per frame</h3>
        <Rows
          rows={[...timingRows(stats.timings), ['Latency, 95th percentile', stats.latency ? duration(stats.latency.p95) : '…']]}
        />
      </section>
      <section aria-labelledby="source-title">
        <h3 id="source-title">Source</h3>
        <Rows rows={[[isVideo ? 'Video' : 'Camera', `${width} × ${height} px`]]} />
      </section>
    </>
  );
}

/** The performance numbers; updated about twice a second. */
export function LiveNumbers() {
  const [open, setOpen] = useState(false);
  const stats = useLiveState((state) => state.stats);
  const nobody = useLiveState((state) => state.nobody);
  const rows: readonly (readonly [string, string])[] = stats
    ? [
        ['Frames per second', stats.framesPerSecond?.toFixed(1) ?? '…'],
        ['Latency', stats.latency ? duration(stats.latency.median) : nobody ? 'nobody in view' : '…'], // measured to the drawing of somebody
        ['Dropped frames', `${stats.dropped} of ${stats.frames}`],
      ]
    : [];
  return (
    <section className="card" aria-labelledby="live-numbers-title">
      <h2 id="live-numbers-title">Performance</h2>
      {stats ? <Rows rows={rows} /> : <p className="hint">Waiting for the first frame.</p>}
      <Details open={open} onToggle={setOpen}>
        <Measurements />
        <EngineDetails />
      </Details>
    </section>
  );
}
