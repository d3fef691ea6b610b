import { paintArea, paintCells } from '../../../draw/cascade';
import { heatOf } from '../../../draw/heat';
import { JOINTS, jointLabel } from '../../../pose/skeleton';
import { usePhoto } from '../context';
import type { JointTrace } from './joint-trace';
import { PanelCanvas } from './PanelCanvas';

const SIDE = 72;

/** The coarse maps of all joints, side by side; clicking one chooses its joint. */
export function JointMaps({ trace }: { trace: JointTrace }) {
  const { store } = usePhoto();
  return (
    <ul className="joint-maps" aria-label="Coarse maps of all joints">
      {JOINTS.map((name, joint) => (
        <li key={name}>
          <button type="button" aria-pressed={joint === trace.joint} onClick={() => store.setState({ chosenJoint: joint })}>
            <PanelCanvas
              side={SIDE}
              paint={(ctx) => {
                paintArea(ctx, trace.image, { area: trace.crop, side: SIDE });
                paintCells(ctx, heatOf(trace.coarseMaps, [joint]), SIDE);
              }}
            />
            {jointLabel(joint)}
          </button>
        </li>
      ))}
    </ul>
  );
}
