/** An id of a COCO file; text if it is text there, or has more digits than a JavaScript number can hold. */
export type Id = number | string;

export const isNumberId = (value: unknown): value is number => Number.isSafeInteger(value);
export const isId = (value: unknown): value is Id => isNumberId(value) || (typeof value === 'string' && value !== '');

/** Keeps given ids that are not yet taken; the others get whole numbers, counting up from the highest as long as that is exact. */
export function chooseIds(wanted: readonly unknown[]): Id[] {
  const taken = new Set<string>();
  const kept = wanted.map((id) => {
    if (!isId(id) || taken.has(String(id))) return undefined;
    taken.add(String(id));
    return id;
  });
  const highest = wanted.reduce<number>((high, id) => (isNumberId(id) ? Math.max(high, id) : high), 0);
  let last = highest + wanted.length < Number.MAX_SAFE_INTEGER ? highest : 0;
  return kept.map((id) => {
    if (id !== undefined) return id;
    do last += 1;
    while (taken.has(String(last)));
    return last;
  });
}
