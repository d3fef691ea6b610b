/**
 * Times the cascade, the detector and a peer's graph model in turn, on WASM, and prints ratios of the medians (and of the fastest runs): a
 * time alone would say more about the machine than about the model.
 *
 *   npm run bench -- --peer FILE.json [--runs N]    a graph model (cli/peer.ts says where MoveNet's are)
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { countOf } from './arguments';
import { openDetector, openModel, startWasm } from './node';
import { openPeer } from './peer';

/** Uncounted runs of each. */
const WARM_UP = 5;
/** Numbers of people in an image to time. */
const CROWDS = [1, 2, 4];

const flipTested = (people: number) => `image of ${people}, flip test`;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { peer: { type: 'string' }, runs: { type: 'string', default: '60' } } });
  if (!values.peer) throw new Error('give --peer FILE.json and, optionally, --runs N');
  const count = countOf('runs', values.runs);
  await startWasm();
  const cascade = await openModel('public/models/cascade');
  const detector = await openDetector('public/models/detector');
  const peer = await openPeer(values.peer);
  const { signal } = new AbortController();
  const blank = (side: number, images = 1) => tf.zeros<tf.Rank.R4>([images, side, side, 3]);
  const [crop, peersCrop, image] = [blank(cascade.info.input), blank(peer.info.input), blank(detector.contract.input.size)];
  const poses = (people: number) => {
    const crops = blank(cascade.info.input, people);
    return () => cascade.run(signal, crops, 'none');
  };
  const detect = () => detector.run(signal, image, 0);
  const runs: Readonly<Record<string, () => Promise<unknown>>> = {
    cascade: () => cascade.run(signal, crop, 'none'),
    [basename(values.peer)]: () => peer.run(signal, peersCrop, 'none'),
    detector: detect,
    ...Object.fromEntries(
      CROWDS.map((people) => {
        const pass = poses(people);
        return [`image of ${people}`, async () => [await detect(), await pass()]];
      }),
    ),
    ...Object.fromEntries(
      CROWDS.map((people) => {
        const pass = poses(people);
        return [flipTested(people), async () => [await detect(), await pass(), await pass()]];
      }),
    ),
  };
  const times = Object.entries(runs).map(([name, run]) => ({ name, run, list: [] as number[] }));
  for (let i = -WARM_UP; i < count; i += 1)
    for (const { run, list } of times) {
      const time = await timed(run);
      if (i >= 0) list.push(time);
    }
  const at = (name: string, part: number) => {
    const list = times.find((one) => one.name === name)?.list.toSorted((a, b) => a - b) ?? [];
    return list[Math.floor(part * list.length)] ?? Number.NaN;
  };
  const print = (name: string, other: string) => {
    const ratio = (part: number) => (at(name, part) / at(other, part)).toFixed(2);
    console.log(`${name} / ${other}: median ${ratio(0.5)}, fastest ${ratio(0)}`);
  };
  print('cascade', basename(values.peer));
  print('detector', 'cascade');
  for (const people of CROWDS) print(`image of ${people}`, 'cascade');
  for (const people of CROWDS) print(flipTested(people), 'cascade');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
