/**
 * The browser bench without a browser: the cascade and peers' graph models on WebGPU in Node, with Dawn (npm package `webgpu`), for a
 * machine that has a GPU but no screen.
 *
 *   npm run bench:gpu -- [--peers DIR] [--batches 1,2,4,8] [--rounds N] [--layers]
 *
 * As in bench:browser, except that peers share the process, and that the golden images are run first: the distance of the joints from PyTorch's
 * shows whether the adapter computes correctly. A software adapter is chosen by Vulkan's own variable: VK_ICD_FILENAMES names its
 * description, such as Chromium's vk_swiftshader_icd.json.
 */
import { parseArgs } from 'node:util';
import { create, globals } from 'webgpu';
import type { LayerTime } from '../bench/layers';
import type { Subject } from '../bench/subject';
import { countOf, countsOf } from './arguments';
import { OPTIONS, peersIn, printLayers, printRuns, type Row } from './bench-tables';

// What the bench and the networks expect of a browser. Set before they are loaded, because they wrap these classes' methods.
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
const { openCascade, openPeer } = await import('./bench-gpu-subjects');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const [batches, rounds] = [countsOf('batches', values.batches), countOf('rounds', values.rounds)];
  const { subject: cascade, layers, error } = await openCascade();
  console.log(`adapter: ${cascade.adapter}; joints within ${(await error()).toExponential(0)} px of PyTorch's`);
  const rowOf = (name: string, subject: Subject, people: number): Row & { readonly subject: Subject } => ({
    name,
    people,
    first: subject.first,
    subject,
    runs: [],
  });
  const rows = batches.map((people) => rowOf('cascade', cascade, people));
  const { peers } = values;
  for (const name of peersIn(peers)) rows.push(rowOf(name, await openPeer(`${peers}/${name}.json`), 1));
  for (const { subject, people } of rows) await subject.run(people); // not counted: a batch size's first run compiles
  for (let round = 0; round < rounds; round += 1)
    for (const { subject, people, runs } of rows) runs.push(await subject.run(people));
  printRuns(rows);
  if (!values.layers) return;
  const times: LayerTime[][] = [];
  for (const people of batches) times.push(await layers(people, rounds));
  printLayers(batches, times);
}

main().then(
  () => process.exit(), // Dawn keeps Node alive
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
