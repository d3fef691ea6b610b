/** Networks from disk instead of a server. */
import { readFile } from 'node:fs/promises';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../engine/error';
import { readPoseModel } from '../model/architectures';
import { checkContract, type DetectorContract } from '../model/detector/contract';
import { Detector } from '../model/detector/detector';
import { ModelError } from '../model/error';
import { parseContract } from '../model/parse-contract';
import type { PoseModel } from '../model/pose-model';
import { holdWasm } from '../model/wasm/backend';
import { openWinograd } from '../model/wasm/winograd';
import type { WebGpu } from '../model/webgpu/gpu';

export { releaseWasm } from '../model/wasm/backend';

let known: string | undefined; // the folder that TensorFlow.js was given

/**
 * Makes WASM the current backend, until releaseWasm(). folder: where its binaries are, with a trailing slash. Rejects with an EngineError
 * 'no-backend' if it does not start.
 */
export const startWasm = (folder: string): Promise<void> =>
  holdWasm(async () => {
    if (folder !== known) setWasmPaths(folder); // throws after a failed start
    known = folder;
    if (!(await tf.setBackend('wasm')))
      throw new EngineError({ code: 'no-backend', detail: `WebAssembly does not start with the binaries in ${folder}` });
    await openWinograd();
  });

/** Rejects with a ModelError 'weights-unreachable' if the file cannot be read. */
async function readModelFile(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(`${folder}/${name}`);
  } catch (cause) {
    throw new ModelError('weights-unreachable', `${name} cannot be read in ${folder}`, { cause });
  }
}

async function readContract(folder: string): Promise<unknown> {
  return parseContract((await readModelFile(folder, 'contract.json')).toString(), `contract.json in ${folder}`);
}

/** The parsed contract.json and the bytes of the weights of the model in a folder. Rejects with a ModelError, as do all functions below. */
export async function readModel(folder: string): Promise<{ json: unknown; bytes: ArrayBuffer }> {
  const json = await readContract(folder);
  const file = await readModelFile(folder, readPoseModel(json).weights.file);
  return { json, bytes: new Uint8Array(file).buffer };
}

/** Opens the model in a folder, whatever its architecture, on the GPU, if one is given, else on the current backend. The caller disposes it. */
export async function openModel(folder: string, gpu?: WebGpu): Promise<PoseModel> {
  const { json, bytes } = await readModel(folder);
  return readPoseModel(json).create(bytes, gpu);
}

/** The checked contract.json and the bytes of the weights of the detector in a folder. */
export async function readDetector(folder: string): Promise<{ contract: DetectorContract; bytes: ArrayBuffer }> {
  const contract = checkContract(await readContract(folder));
  const file = await readModelFile(folder, contract.weights.file);
  return { contract, bytes: new Uint8Array(file).buffer };
}

/** Opens the detector in a folder, likewise. */
export async function openDetector(folder: string, gpu?: WebGpu): Promise<Detector> {
  const { contract, bytes } = await readDetector(folder);
  return Detector.create(contract, bytes, gpu);
}
