import type { Backend, Frame } from '../../engine/protocol';
import { JOINT_COUNT } from '../../pose/skeleton';
import type { Person } from '../photo/people';

/** 1 image, 2 images. */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const BACKEND_NAME: Readonly<Record<Backend, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly' };

/** Milliseconds as a person reads them: 8.4 ms, 84 ms, 1.3 s. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** The present time for a file's name: 2026-01-31T12-30-00 (UTC). */
export function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Seconds as a player shows them: 0:07.25, 12:00.00. */
export function clock(seconds: number): string {
  const hundredths = Math.floor(seconds * 100 + 1e-6);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(hundredths / 6000)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/** 1234567 -> 1.2 MB, 1234 -> 1 kB (decimal, as downloads are stated). */
export function megabytes(bytes: number): string {
  if (bytes < 1e5) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Joints that score at least the threshold. */
export function seenJoints(person: Person, threshold: number): number {
  return person.result.pose.filter((joint) => joint.score >= threshold).length;
}

export function foundSentence(
  people: readonly Person[],
  chosen: Person,
  ms: number,
  backend: Backend | undefined,
  threshold: number,
): string {
  const joints = seenJoints(chosen, threshold);
  if (joints === 0) return unsureSentence;
  const seen = `${joints} of ${JOINT_COUNT} joints`;
  const where = backend ? ` on ${BACKEND_NAME[backend]}` : '';
  const number = people.indexOf(chosen) + 1;
  return `${people.length > 1 ? `${count(people.length, 'person', 'people')}. Person ${number}: ${seen}` : seen} in ${duration(ms)}${where}.`;
}

const unsureSentence = 'No joint is sure enough there. Drag a box round the whole person.';

export const nobodyThereSentence = 'Nobody sure enough there. Drag a box round the whole person.';

export const nobodySentence = 'Nobody found. Click a person, or drag a box round one.';

export function openedSentence(name: string, frame: Frame): string {
  return `${name || 'Picture'} opened, ${frame.width} × ${frame.height} pixels.`;
}

/** why: what follows in the sentence, with the mark before it. */
export function asideSentence(others: number, why = ''): string {
  return others > 0 ? `${count(others, 'other file')} left aside${why}.` : '';
}
