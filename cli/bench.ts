/**
 * Times one person through the cascade and through a peer's graph model, in turn, on WASM, and prints the ratio of the medians (and of
 * the fastest runs): a time alone would say more of the machine than of the model.
 *
 *   npm run bench -- --peer FILE.json [--runs N]    a graph model (cli/peer.ts says where MoveNet's are)
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { PoseModel } from '../src/model/pose-model';
import { openModel, startWasm } from './node';
import { openPeer } from './peer';

/** Runs of each that are not counted. */
const WARM_UP = 5;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { peer: { type: 'string' }, runs: { type: 'string', default: '60' } } });
  const count = Number(values.runs);
  if (!values.peer || !Number.isInteger(count) || count < 1) throw new Error('give --peer FILE.json; and if wanted --runs N');
  await startWasm();
  const cascade = await openModel('public/models/cascade');
  const peer = await openPeer(values.peer);
  const { signal } = new AbortController();
  const blank = ({ info: { input } }: PoseModel) => tf.zeros<tf.Rank.R4>([1, input, input, 3]);
  const [ours, theirs] = [blank(cascade), blank(peer)];
  const runs = { cascade: () => cascade.run(signal, ours, 'none'), peer: () => peer.run(signal, theirs, 'none') };
  const times = { cascade: [] as number[], peer: [] as number[] };
  for (let i = -WARM_UP; i < count; i += 1) {
    const [one, other] = [await timed(runs.cascade), await timed(runs.peer)];
    if (i < 0) continue;
    times.cascade.push(one);
    times.peer.push(other);
  }
  const at = (list: number[], part: number) => list.sort((a, b) => a - b)[Math.floor(part * list.length)] ?? Number.NaN;
  const ratio = (part: number) => (at(times.cascade, part) / at(times.peer, part)).toFixed(2);
  console.log(`cascade / ${basename(values.peer)}: median ${ratio(0.5)}, fastest ${ratio(0)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
