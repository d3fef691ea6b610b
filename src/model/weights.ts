import * as tf from '@tensorflow/tfjs-core';
import type { Numbers, WeightSource } from './blocks';
import { ModelError } from './error';

/** One tensor of a weights file, in the file's order (TensorFlow.js weight specs; numbers are little-endian float16). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a contract says about the file beside it. */
export interface WeightsFile {
  /** Its name, in the contract's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly parameters: number;
  readonly specs: readonly WeightSpec[];
}

const BYTES_PER_NUMBER = 2;

/** Size of a file of these tensors, bytes. */
export function bytesOf(specs: readonly WeightSpec[]): number {
  return BYTES_PER_NUMBER * specs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}

/** Throws a ModelError 'weights-damaged' unless the bytes are those that the contract describes. */
async function checkWeights({ bytes: size, sha256 }: WeightsFile, bytes: ArrayBuffer): Promise<void> {
  if (bytes.byteLength !== size) {
    throw new ModelError('weights-damaged', `the weights have ${bytes.byteLength} bytes, the contract says ${size}`);
  }
  // Plain http has no crypto.subtle (nor WebGPU): there the size has to suffice.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new ModelError('weights-damaged', `the weights hash to ${hex}, the contract says ${sha256}`);
}

/** The weights by name. Keeps track of those that a network takes. */
export class Weights implements WeightSource {
  private readonly all: Map<string, Numbers>;
  private readonly taken = new Set<string>();

  constructor(all: ReadonlyMap<string, Numbers>) {
    this.all = new Map(all);
  }

  has(name: string): boolean {
    return this.all.has(name);
  }

  /** Throws a ModelError 'contract-mismatch' if there is no tensor of that name and shape. */
  take(name: string, shape: readonly (number | undefined)[]): Numbers {
    const numbers = this.all.get(name);
    if (numbers === undefined) throw new ModelError('contract-mismatch', `the weights lack ${name}`);
    const fits = numbers.shape.length === shape.length && numbers.shape.every((length, i) => length === (shape[i] ?? length));
    if (!fits) {
      const wanted = shape.map((length) => length ?? '?');
      throw new ModelError('contract-mismatch', `${name} has the shape [${numbers.shape}], not [${wanted}]`);
    }
    this.taken.add(name);
    return numbers;
  }

  /** Replaces layers with one made from them: kernel [side, side, inputs, outputs], bias [outputs]. */
  replace(layers: readonly string[], name: string, kernel: Numbers, bias: Float32Array): void {
    for (const layer of layers) for (const part of ['kernel', 'bias']) this.all.delete(`${layer}.${part}`);
    this.all.set(`${name}.kernel`, kernel);
    this.all.set(`${name}.bias`, { shape: [bias.length], values: bias });
  }

  /** Throws a ModelError 'contract-mismatch' if a tensor is left over: then the network is not the one that was trained. */
  finish(): void {
    const extra = [...this.all.keys()].filter((name) => !this.taken.has(name));
    if (extra.length > 0) throw new ModelError('contract-mismatch', `no layer takes ${extra.join(', ')}`);
  }

  entries(): Iterable<[string, Numbers]> {
    return this.all.entries();
  }
}

/** Weights with the shapes of the file's, all zeros. */
export function blankWeights({ specs }: Pick<WeightsFile, 'specs'>): Weights {
  const noughts = (shape: readonly number[]) => new Float32Array(shape.reduce((size, side) => size * side, 1));
  return new Weights(new Map(specs.map(({ name, shape }) => [name, { shape, values: noughts(shape) }])));
}

/** Reads the weights of a file, whose float16 TensorFlow.js unpacks. Rejects with a ModelError 'weights-damaged'. */
export async function openWeights(file: WeightsFile, bytes: ArrayBuffer): Promise<Weights> {
  await checkWeights(file, bytes);
  const specs = file.specs.map(({ name, shape }) => ({
    name,
    shape: [...shape],
    dtype: 'float32' as const,
    quantization: { dtype: 'float16' as const, original_dtype: 'float32' as const },
  }));
  await tf.ready(); // another engine of this thread may be starting its backend, and until then there is no current one
  const tensors = tf.io.decodeWeights(bytes, specs);
  const all = Object.entries(tensors).map(
    ([name, tensor]) => [name, { shape: tensor.shape, values: tensor.dataSync<'float32'>() }] as const,
  );
  tf.dispose(tensors);
  return new Weights(new Map(all));
}
