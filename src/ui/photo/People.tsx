import type { Person } from '../../app/photo/people';
import { seenJoints } from '../../app/shell/summary';
import { JOINT_COUNT } from '../../pose/skeleton';
import { useApp, useAppState } from '../shell/context';

const HOW: Record<Person['origin']['kind'], string> = {
  found: 'automatic',
  point: 'clicked',
  box: 'in your box',
};

/** Who is posed, and how to pose more. */
export function People() {
  const { store, review } = useApp();
  const people = useAppState((state) => state.people);
  const chosen = useAppState((state) => state.chosenPerson);
  const threshold = useAppState((state) => state.threshold);
  const work = useAppState((state) => state.work);
  const pointed = people.some(({ origin }) => origin.kind !== 'found');
  return (
    <section className="card" aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      {work !== 'none' && people.length === 0 && <p aria-hidden="true">Looking for people…</p>}
      {people.length > 0 && (
        <ul className="people">
          {people.map((person, i) => (
            <li key={person.id}>
              <button
                type="button"
                aria-pressed={person.id === chosen}
                onClick={() => store.setState({ chosenPerson: person.id })}
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
                onClick={() => review.remove(person.id)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="hint">
        posecade may miss people who are small or half hidden, and take one who is not there.{' '}
        <strong>Click or tap a person</strong> to pose that one, or <strong>drag a box</strong> round each.
      </p>
      {work === 'none' && (pointed || people.length === 0) && (
        <button type="button" onClick={() => void review.findAgain()}>
          {pointed ? 'Clear clicks and boxes' : 'Find people again'}
        </button>
      )}
    </section>
  );
}
