/** Options and output of the WebGPU benches. */
import { existsSync } from 'node:fs';
import type { LayerTime } from '../bench/layers';
import type { Run } from '../bench/subject';

const PEERS = ['movenet-lightning', 'movenet-thunder'];

/** Options for parseArgs. */
export const OPTIONS = {
  peers: { type: 'string' },
  batches: { type: 'string', default: '1,2,4,8' },
  rounds: { type: 'string', default: '10' },
  layers: { type: 'boolean', default: false },
} as const;

/** The peers whose models are in a folder; none if no folder is given. Throws if the folder has none. */
export function peersIn(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  const peers = PEERS.filter((peer) => existsSync(`${folder}/${peer}.json`));
  if (peers.length === 0) throw new Error(`--peers: ${folder} has neither ${PEERS.map((peer) => `${peer}.json`).join(' nor ')}`);
  return peers;
}

/** A network on that many people at once. */
export interface Row {
  readonly name: string;
  readonly people: number;
  /** Time to the first result, ms. */
  readonly first: number;
  readonly runs: Run[];
}

/** The value below which `part` of the times lie, ms. */
function quantile(runs: readonly Run[], part: number): number {
  const times = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.floor(part * times.length)] ?? Number.NaN;
}

/** Times, and their ratios to the first peer's: a time alone would say more about the machine than about the model. */
export function printRuns(rows: readonly Row[]): void {
  const base = rows.find(({ name }) => name === PEERS[0]);
  const table = rows.map(({ name, people, first, runs }) => {
    const [median, fastest] = [quantile(runs, 0.5), quantile(runs, 0)];
    const { dispatches, submits, buffers, bindGroups, bytesRead } = runs.at(-1)?.counts ?? {};
    const ratio = (part: number, time: number) => (base ? (time / quantile(base.runs, part)).toFixed(2) : '');
    return {
      network: name,
      people,
      'median ms': median.toFixed(1),
      'fastest ms': fastest.toFixed(1),
      'median ratio': ratio(0.5, median),
      'fastest ratio': ratio(0, fastest),
      'first ms': Math.round(first),
      dispatches,
      submits,
      buffers,
      'bind groups': bindGroups,
      'bytes read': bytesRead,
    };
  });
  console.table(table);
}

/** The fastest time of each dispatch at each batch size, ms, and its ratio to that of the first size. */
export function printLayers(batches: readonly number[], times: readonly (readonly LayerTime[])[]): void {
  const [first = []] = times;
  const table = first.map(({ name, ms: base }, i) => {
    const columns = batches.flatMap((people, k) => {
      const ms = times[k]?.[i]?.ms ?? Number.NaN;
      return [[`${people}: ms`, ms.toFixed(2)], ...(k > 0 ? [[`${people}: times`, (ms / base).toFixed(2)]] : [])];
    });
    return { layer: name, ...Object.fromEntries(columns) };
  });
  console.table(table);
}
