/** A page with the shipped model, as the engine's worker runs it. */
import { readPoseModel } from '../src/model/architectures';
import { fetchContract, fetchWeights } from '../src/model/load';
import { startBackend } from '../src/model/start';
import { timeLayers } from './layers';
import { noise, subjectOf } from './open';

globalThis.openSubject = async (url) => {
  const { signal } = new AbortController();
  const start = performance.now();
  const spec = readPoseModel(await fetchContract(signal, new URL('contract.json', url).href));
  const bytes = await fetchWeights(signal, new URL(spec.weights.file, url).href, spec.weights, () => undefined);
  const backend = await startBackend('webgpu');
  if (!backend.gpu) throw new Error(backend.why);
  const model = await spec.create(bytes, backend.gpu);
  await model.compile(() => undefined);
  const sheets = new Map<number, OffscreenCanvas>();
  const sheet = (people: number) => {
    const made = sheets.get(people) ?? sheetOf(people, model.info.input);
    sheets.set(people, made);
    return made;
  };
  const { device } = backend.gpu;
  const infer = (people: number) => model.run(signal, sheet(people), 'none');
  globalThis.layers = (people, rounds) => timeLayers(device, () => infer(people), rounds);
  globalThis.subject = await subjectOf(start, infer);
  return globalThis.subject;
};

/** Crops as the worker cuts them: one below the other. */
function sheetOf(people: number, side: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(side, side * people);
  const rgb = noise(people, side);
  const rgba = Uint8ClampedArray.from({ length: side * side * people * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, side), 0, 0);
  return canvas;
}
