import { expect, it } from 'vitest';
import { keypoint } from '../pose/pose';
import type { View } from '../pose/space';
import { drawTrail } from './trail';

const view: View = { scale: 2, left: 0, top: 0, mirrored: false, width: 100 };

/** Records the strokes: from, to, opacity and width. */
function strokesOf(trail: Parameters<typeof drawTrail>[1], threshold = 0.2) {
  const strokes: { from: number[]; to: number[]; alpha: number; width: number }[] = [];
  let [from, to]: number[][] = [[], []];
  const ctx = {
    globalAlpha: 1,
    lineWidth: 1,
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    moveTo: (...at: number[]) => (from = at),
    lineTo: (...at: number[]) => (to = at),
    stroke: () => strokes.push({ from: from ?? [], to: to ?? [], alpha: ctx.globalAlpha, width: ctx.lineWidth }),
  };
  drawTrail(ctx as unknown as CanvasRenderingContext2D, trail, view, { joints: [0], threshold, width: 4 });
  return strokes;
}

const point = (time: number, x: number, score = 0.9) => ({ time, pose: [keypoint(x, 5, score)] });

it('connects the positions of a joint, the newest most opaque', () => {
  const strokes = strokesOf([point(0, 1), point(500, 2), point(1000, 4)]);
  expect(strokes.map(({ from, to }) => [from, to])).toEqual([
    [
      [2, 10],
      [4, 10],
    ],
    [
      [4, 10],
      [8, 10],
    ],
  ]);
  expect(strokes[1]?.alpha).toBeGreaterThan(strokes[0]?.alpha ?? 1);
  expect(strokes[1]?.width).toBe(4);
});

it('leaves a gap where the joint scores below the threshold', () => {
  expect(strokesOf([point(0, 1), point(500, 2, 0.1), point(1000, 4)])).toEqual([]);
  expect(strokesOf([])).toEqual([]);
});
