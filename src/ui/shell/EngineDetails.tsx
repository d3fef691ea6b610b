import { BACKEND_NAME, duration, megabytes } from '../../app/shell/format';
import type { EstimateResult, Step } from '../../engine/protocol';
import { useAppState } from './context';
import { Rows } from './Rows';

const STEPS: readonly (readonly [Step, string])[] = [
  ['crop', 'Crop'],
  ['network', 'Networks'],
  ['total', 'Total'],
];

/** How long each step takes, in words. */
export const timingRows = (timings: EstimateResult['timings']) =>
  STEPS.map(([step, label]) => [label, duration(timings[step])] as const);

/** What runs, and on what. */
export function EngineDetails() {
  const ready = useAppState(({ engine }) => ('ready' in engine ? engine.ready : undefined)); // not its state, which changes with each pass
  if (!ready) return null;
  const { backend, why, model } = ready;
  const rows: readonly (readonly [string, string])[] = [
    ['Runs on', `${BACKEND_NAME[backend]}: ${why}`],
    ['Model', model.name],
    ['Parameters', `${(model.parameters / 1e6).toFixed(2)} M`],
    ['Work per pass', `${model.gmac.toFixed(2)} GMAC`],
    ['Weights of the cascade', megabytes(model.bytes)],
    ['Input', `${model.input} × ${model.input} px`],
  ];
  return (
    <section aria-labelledby="engine-title">
      <h3 id="engine-title">Engine</h3>
      <Rows rows={rows} />
    </section>
  );
}
