import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebGpu } from './gpu';
import { WebGpuNetwork } from './network';
import type { RecordingFor } from './recorder';
import { type Binding, write } from './step';

/** A fake device with that many bytes of memory; invalid buffers read as zeros, and those mapped from the start are an exception. */
class Device {
  readonly limits = { maxTextureDimension2D: 8192 };
  readonly queue = { writeBuffer: () => undefined, writeTexture: () => undefined, submit: () => undefined };
  readonly scopes: (Error | null)[] = [];
  left: number;

  constructor(memory: number) {
    this.left = memory;
  }

  createBuffer = ({ size, mappedAtCreation }: { size: number; mappedAtCreation?: boolean }) => {
    if (mappedAtCreation && size > this.left) throw new RangeError('size is too large for the implementation');
    return this.take(size, { size });
  };

  createTexture = ({ size: [width, height] }: { size: [number, number] }) =>
    this.take(4 * width * height, { width, height, createView: () => null });

  createBindGroup = ({ entries }: { entries: { resource: unknown }[] }) => entries;
  createSampler = () => null;
  pushErrorScope = (filter: string) => this.scopes.push(filter === 'out-of-memory' ? null : Error('another scope'));
  popErrorScope = async () => this.scopes.pop();

  createCommandEncoder = () => ({
    beginComputePass: () => ({
      setPipeline: () => undefined,
      setBindGroup: () => undefined,
      dispatchWorkgroups: () => undefined,
      end: () => undefined,
    }),
    copyBufferToBuffer: (result: { valid: boolean }, _: number, to: { answer: number; valid: boolean }) => {
      to.answer = result.valid ? 7 : 0;
    },
    finish: () => null,
  });

  private take(bytes: number, made: object) {
    const valid = bytes <= this.left;
    if (valid) this.left -= bytes;
    else this.scopes[this.scopes.length - 1] = new Error('the heap is full');
    const release = () => {
      if (resource.valid) this.left += bytes;
      resource.valid = false;
    };
    const resource = {
      ...made,
      valid,
      answer: 0,
      destroy: release,
      mapAsync: async () => undefined,
      getMappedRange: () => new Float32Array([resource.answer]).buffer,
      unmap: () => undefined,
    };
    return resource;
  }
}

const BYTES = 1000;

/** A network of one step, whose result has one number per image. */
function setUp(memory: number, ...others: Binding[]) {
  const device = new Device(memory);
  const pipeline = { getBindGroupLayout: () => null };
  const pipelines = { compile: vi.fn(async () => undefined), of: () => pipeline };
  const recordingFor: RecordingFor = (images) => {
    const result = { name: 'result', bytes: BYTES * images };
    return {
      steps: [{ name: 's', code: '', bindings: [...others, write(result)], readsFrame: true, workgroups: 1, macs: 0 }],
      result,
    };
  };
  const network = new WebGpuNetwork({ device, pipelines, software: false } as unknown as WebGpu, 8, recordingFor);
  const image = { width: 300, height: 8, data: new Uint8Array(3 * 300 * 8) };
  const run = (side: number) =>
    network.run(new AbortController().signal, { image, rois: [{ cx: side / 2, cy: 4, side }], mirrored: false }, 1);
  return { device, run };
}

beforeEach(() => {
  vi.stubGlobal('GPUBufferUsage', {});
  vi.stubGlobal('GPUTextureUsage', {});
  vi.stubGlobal('GPUMapMode', {});
});
afterEach(() => vi.unstubAllGlobals());

const FULL = 'out of memory: the heap is full';

it('reports a lack of memory for the buffers on every run, and runs once there is enough', async () => {
  const { device, run } = setUp(BYTES);
  await expect(run(8)).rejects.toThrow(FULL);
  await expect(run(8)).rejects.toThrow(FULL);
  expect(device.left).toBe(BYTES);
  device.left = 1e9;
  expect(await run(8)).toEqual([Float32Array.of(7)]);
});

it('reports a lack of memory for the numbers of a step, and leaves nothing behind', async () => {
  const { device, run } = setUp(1e6, { kind: 'numbers', numbers: new Uint32Array(1e6) });
  await expect(run(8)).rejects.toThrow('out of memory: RangeError');
  expect(device.left).toBe(1e6);
});

it('reports a lack of memory for the texture on every run, and runs once there is enough', async () => {
  const { device, run } = setUp(1e9);
  expect(await run(8)).toEqual([Float32Array.of(7)]);
  device.left = 0;
  await expect(run(300)).rejects.toThrow(FULL);
  device.left = 0;
  await expect(run(300)).rejects.toThrow(FULL);
  device.left = 1e9;
  expect(await run(300)).toEqual([Float32Array.of(7)]);
});

it('neither allocates memory nor checks for it once everything is created', async () => {
  const { device, run } = setUp(1e9);
  await run(8);
  const { left } = device;
  const push = vi.spyOn(device, 'pushErrorScope');
  await run(8);
  expect(device.left).toBe(left);
  expect(push).not.toHaveBeenCalled();
});
