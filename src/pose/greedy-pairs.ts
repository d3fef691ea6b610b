/** One-to-one matching: takes each pair unless one of its members has been taken in another. pairs: in order of preference. */
export function greedyPairs<A, B>(pairs: Iterable<readonly [A, B]>): Map<A, B> {
  const result = new Map<A, B>();
  const taken = new Set<B>();
  for (const [one, other] of pairs) {
    if (result.has(one) || taken.has(other)) continue;
    result.set(one, other);
    taken.add(other);
  }
  return result;
}
