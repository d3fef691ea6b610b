import { JOINTS, jointLabel, sideOf } from '../../pose/skeleton';
import { useAppState } from '../shell/context';
import { useChosenPerson, usePhoto, usePhotoState } from './context';
import { Export } from './Export';

/** Every joint of the selected person: score, position, and in detail how far the fine stage moved it. */
export function JointTable({ details }: { details: boolean }) {
  const { store } = usePhoto();
  const person = useChosenPerson();
  const chosen = usePhotoState((state) => state.chosenJoint);
  const threshold = useAppState((state) => state.threshold);
  if (!person) return null;
  const { pose, coarse, refined } = person.result;
  return (
    <section className="card" aria-labelledby="joints-title">
      <h2 id="joints-title">Joints</h2>
      <table className="joints">
        <thead>
          <tr>
            <th scope="col">Joint</th>
            <th scope="col">
              <abbr title="The probability that the joint is within a tenth of the torso's length of its true position">
                Score
              </abbr>
            </th>
            <th scope="col">x, y px</th>
            {details && (
              <th scope="col">
                <abbr title="How far the fine stage moved the joint from its coarse position, in pixels of the photo">
                  Offset
                </abbr>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {JOINTS.map((name, index) => {
            const joint = pose[index];
            const [from, to] = [coarse[index], refined[index]];
            if (!joint || !from || !to) return null;
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
                {details && <td>{Math.hypot(to.x - from.x, to.y - from.y).toFixed(1)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      <Export />
    </section>
  );
}
