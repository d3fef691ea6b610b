/** What Node lacks of a browser: the WASM binaries and the model come from disk. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { readPoseModel } from '../src/model/architectures';
import { Cascade } from '../src/model/cascade/cascade';
import { checkContract } from '../src/model/cascade/contract';
import { checkContract as checkDetectorContract, type DetectorContract } from '../src/model/detector/contract';
import { Detector } from '../src/model/detector/detector';
import type { PoseModel } from '../src/model/pose-model';

/** Makes WASM the current backend. */
export async function startWasm(): Promise<void> {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  if (!(await tf.setBackend('wasm'))) throw new Error('the WASM backend does not start');
}

/** contract.json as parsed, and the bytes of the weights, of the model in a folder. */
export async function readModel(folder: string): Promise<{ json: unknown; bytes: ArrayBuffer }> {
  const json: unknown = JSON.parse(await readFile(`${folder}/contract.json`, 'utf8'));
  const file = await readFile(`${folder}/${readPoseModel(json).weights.file}`);
  return { json, bytes: new Uint8Array(file).buffer };
}

/** The model of a folder, of whatever architecture, on the current backend; the caller's to dispose. */
export async function openModel(folder: string): Promise<PoseModel> {
  const { json, bytes } = await readModel(folder);
  return readPoseModel(json).create(bytes);
}

/** The cascade of a folder on the current backend; the caller's to dispose. */
export async function openCascade(folder: string): Promise<Cascade> {
  const { json, bytes } = await readModel(folder);
  return Cascade.create(checkContract(json), bytes);
}

/** contract.json, checked, and the bytes of the weights, of the detector in a folder. */
export async function readDetector(folder: string): Promise<{ contract: DetectorContract; bytes: ArrayBuffer }> {
  const contract = checkDetectorContract(JSON.parse(await readFile(`${folder}/contract.json`, 'utf8')));
  const file = await readFile(`${folder}/${contract.weights.file}`);
  return { contract, bytes: new Uint8Array(file).buffer };
}

/** The detector of a folder on the current backend; the caller's to dispose. */
export async function openDetector(folder: string): Promise<Detector> {
  const { contract, bytes } = await readDetector(folder);
  return Detector.create(contract, bytes);
}
