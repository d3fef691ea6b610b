import { JOINTS, jointLabel } from '../../pose/skeleton';
import { useApp, useAppState, useChosenPerson } from '../context';
import { pictureOf } from '../stage/scene';
import { JointMaps } from './JointMaps';
import { lookAt } from './look';
import { CoarseStep, FineStep, OffsetStep, PiecesStep, PyramidStep } from './Steps';

function Panels() {
  const { store } = useApp();
  const person = useChosenPerson();
  const joint = useAppState((state) => state.chosenJoint);
  const engine = useAppState((state) => state.engine);
  const picture = pictureOf(store.getState());
  if (!person || !picture || !('ready' in engine)) return <p className="hint">There is nobody to look at yet.</p>;
  const look = lookAt(picture, engine.ready.model, person, joint);
  if (!look) return <p className="hint">Fetching the maps…</p>;
  return (
    <>
      <label className="joint-choice">
        Follow the{' '}
        <select value={joint} onChange={({ target }) => store.setState({ chosenJoint: Number(target.value) })}>
          {JOINTS.map((name, index) => (
            <option key={name} value={index}>
              {jointLabel(index)}
            </option>
          ))}
        </select>
      </label>
      <ol className="cascade">
        <PyramidStep look={look} />
        <CoarseStep look={look} />
        <PiecesStep look={look} />
        <FineStep look={look} />
        <OffsetStep look={look} />
      </ol>
      <JointMaps look={look} />
    </>
  );
}

/** "Inside the cascade": how one joint came to be where it is. Maps are fetched only while it is open. */
export function Inspector() {
  const { review } = useApp();
  const open = useAppState((state) => state.inspecting);
  return (
    <section className="inspector" aria-labelledby="inspector-title">
      <div className="inspector-head">
        <h2 id="inspector-title">Inside the cascade</h2>
        <button type="button" aria-expanded={open} onClick={() => review.setInspecting(!open)}>
          {open ? 'Close' : 'Show every step'}
        </button>
      </div>
      {open && <Panels />}
    </section>
  );
}
