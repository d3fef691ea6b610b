import type { HeatChoice } from '../../app/shell/store';
import { jointLabel } from '../../pose/skeleton';
import { useApp, useAppState } from '../shell/context';
import { SideLegend } from '../shell/SideLegend';
import { Threshold } from '../shell/Threshold';
import { PickPhoto } from './PickPhoto';

const HEATS: readonly HeatChoice[] = ['none', 'all', 'joint'];

function HeatSwitch() {
  const { review } = useApp();
  const heat = useAppState((state) => state.overlay.heat);
  const joint = useAppState((state) => state.chosenJoint);
  const labels: Record<HeatChoice, string> = { none: 'off', all: 'all joints', joint: jointLabel(joint) };
  return (
    <fieldset className="segments">
      <legend>Coarse heat-maps</legend>
      {HEATS.map((choice) => (
        <label key={choice}>
          <input type="radio" name="heat" checked={heat === choice} onChange={() => review.setOverlay({ heat: choice })} />
          <span>{labels[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What is drawn over the photograph. */
export function Toolbar() {
  const { review } = useApp();
  const overlay = useAppState((state) => state.overlay);
  const sample = useAppState((state) => state.photo?.sample);
  return (
    <div className="toolbar">
      <label className="check">
        <input
          type="checkbox"
          checked={overlay.skeleton}
          onChange={({ target }) => review.setOverlay({ skeleton: target.checked })}
        />
        Skeleton
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={overlay.offsets}
          onChange={({ target }) => review.setOverlay({ offsets: target.checked })}
        />
        Coarse against refined
      </label>
      {overlay.offsets && <span className="legend">○ coarse, ● refined, of the chosen person</span>}
      <HeatSwitch />
      <Threshold />
      <SideLegend />
      <div className="toolbar-end">
        <PickPhoto>Another photograph</PickPhoto>
      </div>
      {sample && (
        <p className="credit">
          <a href={sample.source}>{sample.title}</a>, {sample.author}, <a href={sample.licenceUrl}>{sample.licence}</a>.
        </p>
      )}
    </div>
  );
}
