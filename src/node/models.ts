/** Networks from disk instead of a server. */
import { readFile } from 'node:fs/promises';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { readPoseModel } from '../model/architectures';
import { checkContract, type DetectorContract } from '../model/detector/contract';
import { Detector } from '../model/detector/detector';
import type { PoseModel } from '../model/pose-model';

/** Makes WASM the current backend. folder: where its binaries are, with a closing slash. Throws an Error where it does not start. */
export async function startWasm(folder: string): Promise<void> {
  setWasmPaths(folder);
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

/** contract.json, checked, and the bytes of the weights, of the detector in a folder. */
export async function readDetector(folder: string): Promise<{ contract: DetectorContract; bytes: ArrayBuffer }> {
  const contract = checkContract(JSON.parse(await readFile(`${folder}/contract.json`, 'utf8')));
  const file = await readFile(`${folder}/${contract.weights.file}`);
  return { contract, bytes: new Uint8Array(file).buffer };
}

/** The detector of a folder on the current backend; the caller's to dispose. */
export async function openDetector(folder: string): Promise<Detector> {
  const { contract, bytes } = await readDetector(folder);
  return Detector.create(contract, bytes);
}
