import { useEffect, useRef } from 'react';
import { JOINTS, jointLabel } from '../../../pose/skeleton';
import { useApp, useAppState, useChosenPerson } from '../../shell/context';
import { pictureOf } from '../viewer/scene';
import { JointMaps } from './JointMaps';
import { lookAt } from './look';
import { CoarseStep, FineStep, OffsetStep, PiecesStep, PyramidStep } from './Steps';

/** Whose joints are looked at, where there are several people. */
function PersonChoice() {
  const { store } = useApp();
  const people = useAppState((state) => state.people);
  const chosen = useAppState((state) => state.chosenPerson);
  if (people.length < 2) return null;
  return (
    <label>
      Of{' '}
      <select value={chosen} onChange={({ target }) => store.setState({ chosenPerson: Number(target.value) })}>
        {people.map(({ id }, i) => (
          <option key={id} value={id}>
            person {i + 1}
          </option>
        ))}
      </select>
    </label>
  );
}

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
      <div className="joint-choice">
        <PersonChoice />
        <label>
          Follow the{' '}
          <select value={joint} onChange={({ target }) => store.setState({ chosenJoint: Number(target.value) })}>
            {JOINTS.map((name, index) => (
              <option key={name} value={index}>
                {jointLabel(index)}
              </option>
            ))}
          </select>
        </label>
      </div>
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
  const panel = useRef<HTMLElement>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open && !before.current) panel.current?.scrollIntoView({ block: 'start' }); // a key opens it from anywhere
    before.current = open;
  }, [open]);
  return (
    <section ref={panel} className="inspector" aria-labelledby="inspector-title">
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
