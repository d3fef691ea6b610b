/** Counts a page's GPU calls by wrapping the methods. Import it before anything creates a device. */

import { spy } from './spy';

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

/** The counts since the last call. */
export function takeCounts(): Counts {
  const taken = { ...counts };
  for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] = 0;
  return taken;
}
