import { BACKEND_NAME, duration, megabytes } from '../../app/shell/summary';
import type { Step } from '../../engine/protocol';
import { useAppState } from './context';
import { Rows } from './Rows';

/** The stages of a look, in words. */
export const STAGES: readonly (readonly [Step, string])[] = [
  ['crop', 'Cut the crop'],
  ['upload', 'To the device'],
  ['network', 'Cascade, coarse and fine'],
  ['total', 'In all'],
];

function Timings() {
  const timings = useAppState((state) => state.timings);
  if (!timings) return null;
  return (
    <section className="card" aria-labelledby="time-title">
      <h2 id="time-title">Time of the last look</h2>
      <dl className="numbers">
        {STAGES.map(([stage, label]) => (
          <div key={stage} data-total={stage === 'total' || undefined}>
            <dt>{label}</dt>
            <dd>{duration(timings[stage])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What runs. */
export function Model() {
  const engine = useAppState((state) => state.engine);
  if (!('ready' in engine)) return null;
  const { backend, why, model } = engine.ready;
  const rows: readonly (readonly [string, string])[] = [
    ['Runs on', `${BACKEND_NAME[backend]}: ${why}`],
    ['Model', model.name],
    ['Parameters', `${(model.parameters / 1e6).toFixed(2)} M`],
    ['Work for one person', `${model.gmac.toFixed(2)} GMAC`],
    ['Weights', megabytes(model.bytes)],
    ['Input', `${model.input} × ${model.input} px`],
  ];
  return (
    <section className="card" aria-labelledby="model-title">
      <h2 id="model-title">Engine</h2>
      <Rows rows={rows} />
    </section>
  );
}

/** How long it took, and what runs. */
export function Numbers() {
  return (
    <div className="pair">
      <Timings />
      <Model />
    </div>
  );
}
