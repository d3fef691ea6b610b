import type { Person } from '../../app/photo/people';
import { seenJoints } from '../../app/photo/words';
import { JOINT_COUNT } from '../../pose/skeleton';
import { useAppState } from '../shell/context';
import { focusNeighbour } from '../shell/focus-neighbour';
import { usePhoto, usePhotoState } from './context';

const HOW: Record<Person['origin']['kind'], string> = {
  found: 'automatic',
  point: 'clicked',
  box: 'in your box',
};

/** Who was found, and how to find more. */
export function People() {
  const photo = usePhoto();
  const people = usePhotoState((state) => state.people);
  const searched = usePhotoState((state) => state.searched);
  const chosen = usePhotoState((state) => state.chosenPerson);
  const threshold = useAppState((state) => state.threshold);
  const work = useAppState((state) => state.work);
  const busy = work !== 'none'; // the button stays nevertheless: it may have the focus
  const pointed = people.some(({ origin }) => origin.kind !== 'found');
  return (
    <section className="card" aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      {work !== 'none' && people.length === 0 && !searched && <p aria-hidden="true">Searching for people…</p>}
      {searched && (
        <p className="searched">
          Estimating poses: {Math.round((100 * searched.done) / searched.total)}%
          <progress aria-label="Poses estimated" value={searched.done} max={searched.total} />
        </p>
      )}
      {people.length > 0 && (
        <ul className="people">
          {people.map((person, i) => (
            <li key={person.id}>
              <button
                type="button"
                aria-pressed={person.id === chosen}
                onClick={() => photo.store.setState({ chosenPerson: person.id })}
              >
                <strong>Person {i + 1}</strong> {HOW[person.origin.kind]}
                <span className="count">
                  {seenJoints(person, threshold)}/{JOINT_COUNT}
                </span>
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={`Remove person ${i + 1}`}
                onClick={({ currentTarget }) => {
                  focusNeighbour(currentTarget);
                  photo.remove(person.id);
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="hint">
        posecade may miss small or partly hidden people, and may mark things that are not people. <strong>Click or tap</strong>{' '}
        someone it missed, or <strong>drag a box</strong> around them.
      </p>
      <button type="button" aria-disabled={busy || undefined} onClick={() => busy || void photo.findAgain()}>
        {pointed ? 'Start over' : 'Find people again'}
      </button>
    </section>
  );
}
