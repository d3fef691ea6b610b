import { useId } from 'react';
import { useApp, useAppState } from './context';

/** From which score on a joint is drawn. */
export function Threshold() {
  const { store } = useApp();
  const threshold = useAppState((state) => state.threshold);
  const slider = useId(); // a label without it would name the output
  return (
    <label className="slider" htmlFor={slider}>
      Hide joints below <span>{Math.round(threshold * 100)}%</span>
      <input
        id={slider}
        type="range"
        min={0}
        max={0.9}
        step={0.05}
        value={threshold}
        onChange={({ target }) => store.setState({ threshold: target.valueAsNumber })}
      />
    </label>
  );
}
