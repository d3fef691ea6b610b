import { type MouseEvent, useEffect, useRef } from 'react';
import { JOINTS, jointLabel } from '../../../pose/skeleton';
import { useAppState } from '../../shell/context';
import { useChosenPerson, usePhoto, usePhotoState } from '../context';
import { imageOf } from '../viewer/scene';
import { JointMaps } from './JointMaps';
import { traceJoint } from './joint-trace';
import { CoarseStep, FineStep, OffsetStep, PiecesStep, PyramidStep } from './Steps';

/** Whose joints are shown, where there are several people. */
function PersonChoice() {
  const { store } = usePhoto();
  const people = usePhotoState((state) => state.people);
  const chosen = usePhotoState((state) => state.chosenPerson);
  if (people.length < 2) return null;
  return (
    <label>
      Person{' '}
      <select value={chosen} onChange={({ target }) => store.setState({ chosenPerson: Number(target.value) })}>
        {people.map(({ id }, i) => (
          <option key={id} value={id}>
            {i + 1}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Takes the place of the maps while there are none. */
function Missing() {
  const photo = usePhoto();
  const work = useAppState((state) => state.work);
  if (work !== 'none') return <p className="hint">Computing the maps…</p>;
  const retry = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    currentTarget.closest('section')?.focus({ preventScroll: true }); // the button is about to disappear
    void photo.retryMaps();
  };
  return (
    <div className="row">
      <p className="hint">The maps could not be computed.</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

function Panels() {
  const { store } = usePhoto();
  const person = useChosenPerson();
  const joint = usePhotoState((state) => state.chosenJoint);
  const model = useAppState(({ engine }) => ('ready' in engine ? engine.ready.model : undefined));
  const image = imageOf(store.getState());
  if (!person || !image) return <p className="hint">Nobody is selected.</p>;
  const trace = model && traceJoint(image, model, person, joint);
  return (
    <>
      <div className="joint-choice">
        <PersonChoice />
        <label>
          Joint{' '}
          <select value={joint} onChange={({ target }) => store.setState({ chosenJoint: Number(target.value) })}>
            {JOINTS.map((name, index) => (
              <option key={name} value={index}>
                {jointLabel(index)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {trace ? (
        <>
          <ol className="cascade">
            <PyramidStep trace={trace} />
            <CoarseStep trace={trace} />
            <PiecesStep trace={trace} />
            <FineStep trace={trace} />
            <OffsetStep trace={trace} />
          </ol>
          <JointMaps trace={trace} />
        </>
      ) : (
        <Missing />
      )}
    </>
  );
}

/** The id of the panel. */
export const INSPECTOR = 'inspector';

/** "Inside the cascade": how one joint came to be where it is. Fetches maps only while it is open. */
export function Inspector() {
  const photo = usePhoto();
  const open = usePhotoState((state) => state.inspecting);
  const panel = useRef<HTMLElement>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open && !before.current) panel.current?.scrollIntoView({ block: 'start' }); // a key opens it from anywhere
    before.current = open;
  }, [open]);
  return (
    <section ref={panel} id={INSPECTOR} className="inspector" tabIndex={-1} aria-labelledby="inspector-title">
      <div className="inspector-head">
        <h2 id="inspector-title">Inside the cascade</h2>
        <button type="button" aria-expanded={open} onClick={() => photo.setInspecting(!open)}>
          {open ? 'Close' : 'Show all steps'}
        </button>
      </div>
      {open && <Panels />}
    </section>
  );
}
