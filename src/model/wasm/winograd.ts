/**
 * The kernel Winograd3x3 of TensorFlow.js's WASM backend: 3x3 convolutions with stride 1, more than half of the networks' multiplications, in 0.5 to
 * 0.8 of the time of the backend's own kernel (assembly/winograd.ts). The module works in the backend's memory, on its tensors.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { WinogradInputs, WinogradKernel } from '../tfjs/winograd';
import { WINOGRAD } from './winograd-binary';

/** What the module exports. Addresses are in its memory. */
interface Winograd {
  scratchBytes(images: number, height: number, width: number, channels: number, outputs: number): number;
  convolve(
    x: number,
    images: number,
    height: number,
    width: number,
    channels: number,
    weights: number,
    outputs: number,
    bias: number,
    relu: boolean,
    result: number,
    scratch: number,
  ): void;
}

const KERNEL: WinogradKernel = 'Winograd3x3'; // importing the name would make this chunk import the worker's entry
const opened = new WeakMap<tf.KernelBackend, Winograd>();

/** Adds the kernel to the current backend, which must be WASM. Does nothing where WebAssembly has no vectors. */
export async function openWinograd(): Promise<void> {
  const bytes = Uint8Array.from(atob(WINOGRAD), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return;
  const backend = tf.backend() as BackendWasm;
  const { memory } = (backend.wasm as unknown as { asm: { memory: WebAssembly.Memory } }).asm;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  opened.set(backend, instance.exports as unknown as Winograd);
  if (tf.getKernel(KERNEL, 'wasm')) return;
  tf.registerKernel({ kernelName: KERNEL, backendName: 'wasm', kernelFunc: run as unknown as tf.KernelFunc });
}

function run({
  inputs,
  attrs,
  backend,
}: {
  inputs: WinogradInputs;
  attrs: { relu: boolean };
  backend: BackendWasm;
}): tf.TensorInfo {
  const winograd = opened.get(backend);
  if (!winograd) throw new Error('openWinograd() was not called on this backend');
  const { x, weights, bias } = inputs;
  const [images, height, width, channels] = x.shape;
  const [, panels, , panel] = weights.shape;
  const outputs = panels * panel;
  const address = ({ dataId }: tf.TensorInfo) => {
    const offset = backend.getMemoryOffset(dataId);
    if (offset === 0) throw new Error('WebAssembly is out of memory'); // the backend does not check what its malloc returns
    return offset;
  };
  const result = backend.makeOutput([images, height, width, outputs], 'float32');
  const scratch = backend.makeOutput([winograd.scratchBytes(images, height, width, channels, outputs) / 4], 'float32');
  try {
    winograd.convolve(
      address(x),
      images,
      height,
      width,
      channels,
      address(weights),
      outputs,
      bias ? address(bias) : 0,
      attrs.relu,
      address(result),
      address(scratch),
    );
    return result;
  } catch (error) {
    backend.disposeData(result.dataId);
    throw error;
  } finally {
    backend.disposeData(scratch.dataId);
  }
}
