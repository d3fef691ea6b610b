import type { HeatChoice } from '../../app/photo/state';
import { jointLabel } from '../../pose/skeleton';
import { SideLegend } from '../shell/SideLegend';
import { Threshold } from '../shell/Threshold';
import { usePhoto, usePhotoState } from './context';
import { INSPECTOR } from './inspector/Inspector';
import { PickPhoto } from './PickPhoto';

const HEATS: readonly HeatChoice[] = ['none', 'all', 'joint'];

function HeatSwitch() {
  const photo = usePhoto();
  const heat = usePhotoState((state) => state.overlay.heat);
  const joint = usePhotoState((state) => state.chosenJoint);
  const labels: Record<HeatChoice, string> = { none: 'off', all: 'all joints', joint: jointLabel(joint) };
  return (
    <fieldset className="segments">
      <legend>Coarse heat maps</legend>
      {HEATS.map((choice) => (
        <label key={choice}>
          <input type="radio" name="heat" checked={heat === choice} onChange={() => photo.setOverlay({ heat: choice })} />
          <span>{labels[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What is drawn over the photo. The steps of the cascade are below everything else, so a button here leads to them. */
export function Toolbar() {
  const photo = usePhoto();
  const inspect = () => {
    photo.setInspecting(true);
    const panel = document.getElementById(INSPECTOR);
    panel?.focus({ preventScroll: true });
    panel?.scrollIntoView({ block: 'start' }); // if it is open already; otherwise it scrolls again once it has its height
  };
  const overlay = usePhotoState((state) => state.overlay);
  const sample = usePhotoState((state) => state.photo?.sample);
  return (
    <div className="toolbar">
      <label className="check">
        <input
          type="checkbox"
          checked={overlay.skeleton}
          onChange={({ target }) => photo.setOverlay({ skeleton: target.checked })}
        />
        Skeleton
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={overlay.offsets}
          onChange={({ target }) => photo.setOverlay({ offsets: target.checked })}
        />
        Refinement offsets
      </label>
      {overlay.offsets && <span className="legend">○ coarse, ● refined, of the selected person</span>}
      <HeatSwitch />
      <button type="button" onClick={inspect}>
        Look inside
      </button>
      <Threshold />
      <SideLegend />
      <div className="toolbar-end">
        <PickPhoto>Open another photo</PickPhoto>
      </div>
      {sample && (
        <p className="credit">
          <a href={sample.source}>{sample.title}</a>, {sample.author}, <a href={sample.licenceUrl}>{sample.licence}</a>.
        </p>
      )}
    </div>
  );
}
