import { expect, it, vi } from 'vitest';
import type { Detector } from './detector/detector';
import type { PoseModel } from './pose-model';
import { warmUp } from './warm-up';

const blank = (side: number) => ({ width: side, height: side, data: new Uint8Array(3 * side * side) });

function setUp(presence: number, map: number) {
  const model = {
    info: { input: 192 },
    compile: vi.fn(),
    run: vi.fn(async () => [{ joints: [{ presence: 0.5 }, { presence }] }]),
  };
  const detector = { contract: { input: { size: 320 } }, compile: vi.fn(), maps: vi.fn(async () => [Float32Array.of(0, map)]) };
  const start = () =>
    warmUp(
      new AbortController().signal,
      { model: model as unknown as PoseModel, detector: detector as unknown as Detector },
      blank as never,
    );
  return { model, detector, start };
}

it('compiles and runs both networks, each on an image of its own size', async () => {
  const { model, detector, start } = setUp(0.01, -3);
  await start();
  expect(model.compile).toHaveBeenCalledOnce();
  expect(detector.compile).toHaveBeenCalledOnce();
  expect(model.run).toHaveBeenCalledWith(expect.anything(), blank(192), 'none');
  expect(detector.maps).toHaveBeenCalledWith(expect.anything(), blank(320));
});

it.each([
  [0, -3],
  [Number.NaN, -3],
  [0.01, 0],
  [0.01, Number.NaN],
])('rejects what does not compute: presence %f, map %f', async (presence, map) => {
  await expect(setUp(presence, map).start()).rejects.toThrow('zeros or NaN');
});
