import * as tf from '@tensorflow/tfjs-core';
import { ModelError } from './error';

/** One tensor of a weights file, in the file's order (TensorFlow.js weight specs; numbers are little-endian float16). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a contract says of the file beside it. */
export interface WeightsFile {
  /** Its name, in the contract's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly parameters: number;
  readonly specs: readonly WeightSpec[];
}

const BYTES_PER_NUMBER = 2;

/** What a file of these tensors has. */
export function bytesOf(specs: readonly WeightSpec[]): number {
  return BYTES_PER_NUMBER * specs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}

/** Throws a ModelError 'weights-damaged' unless the bytes are those that the contract describes. */
export async function checkWeights({ bytes: size, sha256 }: WeightsFile, bytes: ArrayBuffer): Promise<void> {
  if (bytes.byteLength !== size) {
    throw new ModelError('weights-damaged', `the weights have ${bytes.byteLength} bytes, the contract says ${size}`);
  }
  // Plain http has no crypto.subtle (nor WebGPU): there the size has to do.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new ModelError('weights-damaged', `the weights hash to ${hex}, the contract says ${sha256}`);
}

/**
 * The weights by name, as tensors on the current backend, each to be taken once by the layer that it belongs to.
 * Owns every tensor: layers only borrow them.
 */
export class Weights {
  /** People in the batch that runs. */
  people = 1;
  /** Multiply-accumulates that each layer spent on one person in the last run. */
  readonly macs = new Map<string, number>();
  private readonly tensors: Record<string, tf.Tensor>;
  private readonly taken = new Set<string>();

  /** bytes: float16, checked before. */
  constructor(file: WeightsFile, bytes: ArrayBuffer) {
    const specs = file.specs.map(({ name, shape }) => ({
      name,
      shape: [...shape],
      dtype: 'float32' as const,
      quantization: { dtype: 'float16' as const, original_dtype: 'float32' as const },
    }));
    this.tensors = tf.io.decodeWeights(bytes, specs);
  }

  has(name: string): boolean {
    return name in this.tensors;
  }

  /** Throws a ModelError 'contract-mismatch' if there is none of that name and number of axes. */
  take<R extends tf.Rank>(name: string, rank: R): tf.Tensor<R> {
    const tensor = this.tensors[name];
    if (tensor === undefined) throw new ModelError('contract-mismatch', `the weights lack ${name}`);
    if (`R${tensor.rank}` !== rank) {
      throw new ModelError('contract-mismatch', `${name} has the shape [${tensor.shape}], not ${rank.slice(1)} axes`);
    }
    this.taken.add(name);
    return tensor as tf.Tensor<R>;
  }

  /** Puts a tensor made from others in their care. */
  keep<T extends tf.Tensor>(name: string, tensor: T): T {
    this.tensors[name] = tensor;
    this.taken.add(name);
    return tensor;
  }

  /** Throws a ModelError 'contract-mismatch' if a tensor was left over: then the network is not the one that was trained. */
  finish(): void {
    const extra = Object.keys(this.tensors).filter((name) => !this.taken.has(name));
    if (extra.length > 0) throw new ModelError('contract-mismatch', `no layer takes ${extra.join(', ')}`);
  }

  dispose(): void {
    tf.dispose(this.tensors);
  }
}
