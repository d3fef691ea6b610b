/** What Node needs in place of a browser: the WASM binaries and the model come from disk. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Cascade } from '../src/model/cascade/cascade';
import { checkContract } from '../src/model/cascade/contract';
import { readModel, startWasm as startWasmFrom } from '../src/node/models';

export { openDetector, openModel, readDetector, readModel } from '../src/node/models';

/** Makes WASM the current backend. */
export const startWasm = (): Promise<void> =>
  startWasmFrom(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** Opens the cascade in a folder on the current backend. The caller disposes it. */
export async function openCascade(folder: string): Promise<Cascade> {
  const { json, bytes } = await readModel(folder);
  return Cascade.create(checkContract(json), bytes);
}
