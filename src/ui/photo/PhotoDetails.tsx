import { Details } from '../shell/Details';
import { EngineDetails, timingRows } from '../shell/EngineDetails';
import { Rows } from '../shell/Rows';
import { usePhotoState } from './context';

function InferenceTime() {
  const timings = usePhotoState((state) => state.timings);
  if (!timings) return null;
  return (
    <section aria-labelledby="time-title">
      <h3 id="time-title">Inference time</h3>
      <Rows rows={timingRows(timings)} />
    </section>
  );
}

/** How long the last inference took, and what runs. */
export function PhotoDetails({ open, onToggle }: { open: boolean; onToggle: (open: boolean) => void }) {
  return (
    <div className="card">
      <Details open={open} onToggle={onToggle}>
        <InferenceTime />
        <EngineDetails />
      </Details>
    </div>
  );
}
