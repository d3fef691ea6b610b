import type { Step } from './step';
import type { Storage } from './tensor';

export interface Allocation {
  /** Bytes of each buffer. */
  readonly buffers: readonly number[];
  /** Index of the buffer that holds a storage. */
  readonly place: ReadonlyMap<Storage, number>;
}

const storagesOf = ({ bindings }: Step) =>
  bindings.flatMap((binding) => (binding.kind === 'read' || binding.kind === 'write' ? [binding.storage] : []));

/**
 * Buffers for what the steps read and write, in as few bytes as a greedy best fit finds: a storage lives from the first step that names it to the
 * last, after which its buffer is reused. `kept` outlive the steps.
 */
export function allocate(steps: readonly Step[], kept: readonly Storage[]): Allocation {
  const last = new Map<Storage, number>();
  steps.forEach((step, i) => {
    for (const storage of storagesOf(step)) last.set(storage, i);
  });
  for (const storage of kept) last.set(storage, steps.length);

  const buffers: number[] = [];
  const place = new Map<Storage, number>();
  const free = new Set<number>();
  const take = ({ bytes }: Storage): number => {
    // The smallest that is large enough; else the largest, which grows.
    const ordered = [...free].sort((a, b) => (buffers[a] ?? 0) - (buffers[b] ?? 0));
    const at = ordered.find((buffer) => (buffers[buffer] ?? 0) >= bytes) ?? ordered.at(-1) ?? buffers.length;
    buffers[at] = Math.max(buffers[at] ?? 0, bytes);
    free.delete(at);
    return at;
  };
  steps.forEach((step, i) => {
    const storages = new Set(storagesOf(step));
    for (const storage of storages) if (!place.has(storage)) place.set(storage, take(storage));
    for (const storage of storages) if (last.get(storage) === i) free.add(place.get(storage) ?? 0);
  });
  return { buffers, place };
}
