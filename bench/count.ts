/** What a page asks of its GPU, counted by wrapping the methods that ask. Import it before anything makes a device. */

export interface Counts {
  readonly dispatches: number;
  readonly submits: number;
  readonly buffers: number;
  readonly destroyedBuffers: number;
  readonly textures: number;
  readonly bindGroups: number;
  readonly bytesRead: number;
}

const counts = { dispatches: 0, submits: 0, buffers: 0, destroyedBuffers: 0, textures: 0, bindGroups: 0, bytesRead: 0 };

/** Has `note` told of every call of a method of a class. */
function spy<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  note: (self: T, args: T[K] extends (...args: infer A) => unknown ? A : never) => void,
): void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  prototype[name] = function (this: T, ...args: unknown[]) {
    note(this, args as T[K] extends (...args: infer A) => unknown ? A : never);
    return original.apply(this, args);
  } as T[K];
}

spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => {
  counts.dispatches += 1;
});
spy(GPUQueue.prototype, 'submit', () => {
  counts.submits += 1;
});
spy(GPUDevice.prototype, 'createBuffer', () => {
  counts.buffers += 1;
});
spy(GPUBuffer.prototype, 'destroy', () => {
  counts.destroyedBuffers += 1;
});
spy(GPUDevice.prototype, 'createTexture', () => {
  counts.textures += 1;
});
spy(GPUDevice.prototype, 'createBindGroup', () => {
  counts.bindGroups += 1;
});
spy(GPUBuffer.prototype, 'mapAsync', (buffer, [, , size]) => {
  counts.bytesRead += size ?? buffer.size;
});

/** What was asked since the last call. */
export function takeCounts(): Counts {
  const taken = { ...counts };
  for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] = 0;
  return taken;
}
