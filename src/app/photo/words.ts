import type { Backend, Frame } from '../../engine/protocol';
import { JOINT_COUNT } from '../../pose/skeleton';
import { BACKEND_NAME, count, duration } from '../shell/format';
import type { Person } from './people';

/** How many joints score at least the threshold. */
export function seenJoints(person: Person, threshold: number): number {
  return person.result.pose.filter((joint) => joint.score >= threshold).length;
}

const unsureSentence = 'No joint there is certain enough to show. Drag a box around the whole person.';

export const nobodyThereSentence = 'Nobody detected there. Drag a box around the whole person.';

export const nobodySentence = 'Nobody detected. Click a person, or drag a box around one.';

export function foundSentence(
  people: readonly Person[],
  chosen: Person,
  ms: number,
  backend: Backend | undefined,
  threshold: number,
): string {
  const joints = seenJoints(chosen, threshold);
  if (joints === 0 && chosen.origin.kind !== 'found') return unsureSentence;
  const whose = `${count(people.length, 'person', 'people')}. Person ${people.indexOf(chosen) + 1}: `;
  if (joints === 0) return `${whose}no joint scores ${Math.round(100 * threshold)}% or more.`;
  const where = backend ? ` on ${BACKEND_NAME[backend]}` : '';
  return `${people.length > 1 ? whose : ''}${joints} of ${JOINT_COUNT} joints in ${duration(ms)}${where}.`;
}

export function openedSentence(name: string, frame: Frame): string {
  return `${name || 'Photo'} opened, ${frame.width} × ${frame.height} pixels.`;
}
