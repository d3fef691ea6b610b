import { allocate } from './allocate';
import { CROP_FLOATS, type Shown } from './frame';
import type { WebGpu } from './gpu';
import type { Recording } from './recorder';
import type { Binding } from './step';
import type { Storage } from './tensor';

/** Constants by name, shared by all batch sizes of a network. Owns them until dispose(). */
export class Constants {
  private readonly device: GPUDevice;
  private readonly made = new Map<string, GPUBuffer>();
  /** Those for which it is not known yet whether the device has memory. */
  private readonly fresh = new Map<string, GPUBuffer>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  of(name: string, make: () => Float32Array<ArrayBuffer>): GPUBuffer {
    const known = this.made.get(name) ?? this.fresh.get(name);
    if (known) return known;
    const buffer = filled(this.device, make(), GPUBufferUsage.STORAGE);
    this.fresh.set(name, buffer);
    return buffer;
  }

  /** Accepts those created since the last call: the device has memory for them. */
  keep(): void {
    for (const [name, buffer] of this.fresh) this.made.set(name, buffer);
    this.fresh.clear();
  }

  /** Destroys those created since the last keep(). */
  discard(): void {
    for (const buffer of this.fresh.values()) buffer.destroy();
    this.fresh.clear();
  }

  dispose(): void {
    this.discard();
    for (const buffer of this.made.values()) buffer.destroy();
  }
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly readsFrame: boolean;
  readonly workgroups: number;
}

/** What to copy out of the result, bytes. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Steps recorded for one batch size: all buffers and bind groups are made here, once; a run encodes the same dispatches, submits once and
 * reads back once. Owns its buffers until dispose().
 */
export class Program {
  /** Bytes for all images together. */
  readonly resultBytes: number;
  private readonly sampler: GPUSampler;
  private readonly crops: GPUBuffer;
  private frame: { readonly texture: GPUTexture; readonly group: GPUBindGroup } | undefined;
  private readonly device: GPUDevice;
  private readonly dispatches: readonly Dispatch[];
  private readonly result: GPUBuffer;
  private readonly owned: GPUBuffer[] = [];
  /** Staging buffers that no run is using. */
  private readonly staging: GPUBuffer[] = [];

  /** The steps must be compiled already. If it throws, only constants are left on the device. */
  constructor(gpu: WebGpu, constants: Constants, recording: Recording, images: number) {
    this.device = gpu.device;
    this.resultBytes = recording.result.bytes;
    this.sampler = gpu.device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
    try {
      this.crops = this.buffer(4 * CROP_FLOATS * images, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
      const { result, dispatches } = this.prepare(gpu, constants, recording);
      this.result = result;
      this.dispatches = dispatches;
      this.staging.push(this.newStaging());
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Makes the buffers and bind groups of all steps. */
  private prepare({ device, pipelines }: WebGpu, constants: Constants, { steps, result }: Recording) {
    const { buffers, place } = allocate(steps, [result]);
    const made = buffers.map((size) => this.buffer(size, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC));
    const bufferOf = (storage: Storage): GPUBuffer => {
      const buffer = made[place.get(storage) ?? -1];
      if (!buffer) throw new RangeError(`no step has ${storage.name}`);
      return buffer;
    };
    const resourceOf = (binding: Binding): GPUBindingResource => {
      switch (binding.kind) {
        case 'numbers': {
          const buffer = filled(device, binding.numbers, GPUBufferUsage.STORAGE);
          this.owned.push(buffer);
          return { buffer };
        }
        case 'constant':
          return { buffer: constants.of(binding.name, binding.make) };
        default:
          return { buffer: bufferOf(binding.storage), size: binding.storage.bytes };
      }
    };
    const dispatches = steps.map((step): Dispatch => {
      const pipeline = pipelines.of(step);
      const entries = step.bindings.map((binding, i) => ({ binding: i, resource: resourceOf(binding) }));
      const group = device.createBindGroup({ label: step.name, layout: pipeline.getBindGroupLayout(0), entries });
      return { pipeline, group, readsFrame: step.readsFrame ?? false, workgroups: step.workgroups };
    });
    return { result: bufferOf(result), dispatches };
  }

  /** Sets the crops for the next runs. Creates a bind group only if the texture has changed. */
  show({ texture, list }: Shown): void {
    this.device.queue.writeBuffer(this.crops, 0, list);
    if (texture === this.frame?.texture) return;
    const pipeline = this.dispatches.find(({ readsFrame }) => readsFrame)?.pipeline;
    if (!pipeline) throw new RangeError('no step reads the frame');
    const resources = [texture.createView(), this.sampler, { buffer: this.crops }];
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    this.frame = { texture, group: this.device.createBindGroup({ layout: pipeline.getBindGroupLayout(1), entries }) };
  }

  /** The spans of the result, concatenated. Several runs may be in flight; each reads the crops that were shown when it began. */
  async run(spans: readonly Span[]): Promise<Float32Array<ArrayBuffer>> {
    const length = spans.reduce((sum, span) => sum + span.length, 0);
    const staging = this.staging.pop() ?? this.newStaging();
    try {
      const encoder = this.device.createCommandEncoder();
      encode(encoder, this.dispatches, this.frame?.group ?? null);
      let at = 0;
      for (const span of spans) {
        encoder.copyBufferToBuffer(this.result, span.offset, staging, at, span.length);
        at += span.length;
      }
      this.device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ, 0, length);
      const numbers = new Float32Array(staging.getMappedRange(0, length).slice(0));
      staging.unmap();
      this.staging.push(staging);
      return numbers;
    } catch (error) {
      staging.destroy(); // perhaps there was no memory for it
      throw error;
    }
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy();
  }

  private newStaging(): GPUBuffer {
    return this.buffer(this.resultBytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  private buffer(size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.device.createBuffer({ size, usage });
    this.owned.push(buffer);
    return buffer;
  }
}

function encode(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[], frame: GPUBindGroup | null): void {
  const pass = encoder.beginComputePass();
  for (const { pipeline, group, readsFrame, workgroups } of dispatches) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    if (readsFrame) pass.setBindGroup(1, frame);
    pass.dispatchWorkgroups(workgroups);
  }
  pass.end();
}

function filled(
  device: GPUDevice,
  numbers: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  usage: GPUBufferUsageFlags,
): GPUBuffer {
  const buffer = mapped(device, Math.ceil(numbers.byteLength / 16) * 16, usage);
  new Uint32Array(buffer.getMappedRange()).set(new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length));
  buffer.unmap();
  return buffer;
}

/** A buffer that is mapped from the start. No memory for it is an exception, which no error scope sees. */
function mapped(device: GPUDevice, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
  try {
    return device.createBuffer({ size, usage, mappedAtCreation: true });
  } catch (error) {
    throw new Error(`the GPU is out of memory: ${error}`, { cause: error });
  }
}
