import { takeCounts } from '../../bench/count';
import { readPoseModel } from '../../src/model/architectures';
import { fetchContract, fetchWeights } from '../../src/model/load';
import { startBackend, stopBackend } from '../../src/model/start';
import type { Shape } from './device';

export interface RecordedRun {
  /** Bytes [people, size, size, 3]. */
  readonly shape: Shape;
  readonly pixels: readonly number[];
  readonly frames: number;
}

/** The model recorded on the device, without a worker: once with its maps, then `frames` times without, then given up, and disposed of. */
export async function runRecorded({ shape, pixels, frames }: RecordedRun) {
  const { signal } = new AbortController();
  const folder = new URL('models/cascade/', document.baseURI).href;
  const spec = readPoseModel(await fetchContract(signal, folder));
  const bytes = await fetchWeights(signal, folder, spec.weights, () => undefined);
  const backend = await startBackend('webgpu');
  if (!backend.gpu) throw new Error(backend.why);
  takeCounts();
  const model = await spec.create(bytes, backend.gpu.device);
  const sheet = sheetOf(shape, pixels);
  const people = await model.run(signal, sheet, 'all');
  await model.run(signal, sheet, 'none');
  const made = takeCounts();
  for (let i = 0; i < frames; i += 1) await model.run(signal, sheet, 'none');
  const counts = takeCounts();
  const aborter = new AbortController();
  const aborted = model.run(aborter.signal, sheet, 'none').catch(String);
  aborter.abort('given up');
  await aborted;
  const [again] = await model.run(signal, sheet, 'none');
  model.dispose();
  stopBackend(backend);
  const plain = (maps?: Float32Array) => Array.from(maps ?? []);
  return {
    people: people.map(({ joints, coarseMaps, fineMaps }) => ({
      joints,
      coarseMaps: plain(coarseMaps),
      fineMaps: plain(fineMaps),
    })),
    counts,
    buffers: { made: made.buffers, destroyed: takeCounts().destroyedBuffers },
    aborted: await aborted,
    again: again?.joints ?? [],
  };
}

function sheetOf([people, side]: Shape, rgb: readonly number[]): OffscreenCanvas {
  const sheet = new OffscreenCanvas(side, side * people);
  const rgba = Uint8ClampedArray.from({ length: side * side * people * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
  sheet.getContext('2d')?.putImageData(new ImageData(rgba, side), 0, 0);
  return sheet;
}
