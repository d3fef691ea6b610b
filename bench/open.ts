import { takeCounts } from './count';
import type { Subject } from './subject';

/**
 * Makes a subject from a network. infer: one inference on `people` crops, up to the numbers in JavaScript; the first, on one crop, runs here.
 * start: when loading began.
 */
export async function subjectOf(start: number, infer: (people: number) => Promise<unknown>): Promise<Subject> {
  const timed = async (people: number) => {
    takeCounts();
    const begin = performance.now();
    await infer(people);
    return { ms: performance.now() - begin, counts: takeCounts() };
  };
  await timed(1);
  const first = performance.now() - start;
  const { vendor, architecture, device, description } = (await navigator.gpu.requestAdapter())?.info ?? {};
  const names = [vendor, architecture, device, description].filter(Boolean);
  return { adapter: names.join(' ') || 'an adapter without a name', first, run: timed };
}

/** Bytes of an image that is not all one colour: [people, side, side, 3]. */
export function noise(people: number, side: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length: people * side * side * 3 }, () => {
    state = (state * 48271) % 2147483647;
    return state % 256;
  });
}
