import { JOINTS, jointLabel, sideOf } from '../../pose/skeleton';
import { useApp, useAppState, useChosenPerson } from '../shell/context';
import { Export } from './Export';

/** Every joint of the chosen person: score, place, and how far the fine stage moved it. */
export function JointTable() {
  const { store } = useApp();
  const person = useChosenPerson();
  const chosen = useAppState((state) => state.chosenJoint);
  const threshold = useAppState((state) => state.threshold);
  if (!person) return null;
  const { pose, coarse } = person.result;
  return (
    <section className="card" aria-labelledby="joints-title">
      <h2 id="joints-title">Joints</h2>
      <table className="joints">
        <thead>
          <tr>
            <th scope="col">Joint</th>
            <th scope="col">
              <abbr title="How likely it lies within a tenth of the torso's length of its true place">Score</abbr>
            </th>
            <th scope="col">x, y px</th>
            <th scope="col">
              <abbr title="How far the fine stage moved the coarse position, in pixels of the photograph">Moved</abbr>
            </th>
          </tr>
        </thead>
        <tbody>
          {JOINTS.map((name, index) => {
            const joint = pose[index];
            const from = coarse[index];
            if (!joint || !from) return null;
            return (
              <tr key={name} data-unsure={joint.score < threshold || undefined} data-chosen={index === chosen || undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={index === chosen} onClick={() => store.setState({ chosenJoint: index })}>
                    <span className="swatch" data-side={sideOf(index)} aria-hidden="true" />
                    {jointLabel(index)}
                  </button>
                </th>
                <td className="score">
                  <meter min={0} max={1} value={joint.score} aria-label={`Score of ${jointLabel(index)}`} />
                  {joint.score.toFixed(2)}
                </td>
                <td>
                  {joint.x.toFixed(0)}, {joint.y.toFixed(0)}
                </td>
                <td>{Math.hypot(joint.x - from.x, joint.y - from.y).toFixed(1)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Export />
    </section>
  );
}
