import { paintArea, paintCells } from '../../../draw/cascade';
import { JOINTS, jointLabel } from '../../../pose/skeleton';
import { useApp } from '../../shell/context';
import { heatOf } from '../viewer/scene';
import type { Look } from './look';
import { PanelCanvas } from './PanelCanvas';

const SIDE = 72;

/** The coarse maps of all joints, side by side; each chooses its joint. */
export function JointMaps({ look }: { look: Look }) {
  const { store } = useApp();
  return (
    <ul className="joint-maps" aria-label="Coarse maps of all joints">
      {JOINTS.map((name, joint) => (
        <li key={name}>
          <button type="button" aria-pressed={joint === look.joint} onClick={() => store.setState({ chosenJoint: joint })}>
            <PanelCanvas
              side={SIDE}
              paint={(ctx) => {
                paintArea(ctx, look.picture, { area: look.crop, side: SIDE });
                paintCells(ctx, heatOf(look.coarseMaps, [joint]), SIDE);
              }}
            />
            {jointLabel(joint)}
          </button>
        </li>
      ))}
    </ul>
  );
}
