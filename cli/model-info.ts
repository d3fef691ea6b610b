/** Prints what the shipped model costs, as JSON.   npm run model:info
 * Operations are counted on WASM; WebGPU's are the steps of its program, and far fewer (npm run bench:browser). */
import * as tf from '@tensorflow/tfjs-core';
import { openCascade, startWasm } from './node';

/** Kernels that move no data; names that end in __op only wrap another kernel. */
const FREE = ['Reshape', 'Identity'];

async function main(): Promise<void> {
  await startWasm();
  const cascade = await openCascade('public/models/cascade');
  const { input, weights } = cascade.contract;
  const pixels = tf.zeros<tf.Rank.R4>([1, input.size, input.size, 3]);
  const { kernels } = await tf.profile(async () => {
    await cascade.run(new AbortController().signal, pixels, 'none');
    return [];
  });
  const names = kernels.map(({ name }) => name).filter((name) => !FREE.includes(name) && !name.endsWith('__op'));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const gmac = (stage: string) =>
    [...cascade.macs].reduce((sum, [name, macs]) => (name.startsWith(stage) ? sum + macs : sum), 0) / 1e9;
  const info = {
    parameters: weights.parameters,
    bytes: weights.bytes,
    sha256: weights.sha256,
    gmacPerPerson: { coarse: gmac('coarse.'), fine: gmac('fine.'), total: gmac('') },
    opsPerPerson: { total: names.length, ...Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)) },
  };
  console.log(JSON.stringify(info, null, 2));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
