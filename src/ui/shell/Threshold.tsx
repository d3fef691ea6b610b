import { useApp, useAppState } from './context';
import { Slider } from './Slider';

/** The score from which a joint is drawn. */
export function Threshold() {
  const { store } = useApp();
  const threshold = useAppState((state) => state.threshold);
  return (
    <Slider
      label="Hide joints below"
      text={`${Math.round(threshold * 100)}%`}
      value={threshold}
      max={0.9}
      step={0.05}
      onChange={(value) => store.setState({ threshold: value })}
    />
  );
}
