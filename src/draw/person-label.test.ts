import { expect, it } from 'vitest';
import { keypoint } from '../pose/pose';
import { drawPersonLabel } from './person-label';
import { fitView } from './viewport';

const view = fitView({ width: 640, height: 480 }, { width: 640, height: 480 }, false);
const pose = [keypoint(100, 200, 0.9), keypoint(120, 90, 0.8), keypoint(300, 10, 0.05)];

/** What is drawn: the number, its position, and the colour below it. */
function drawn(id: number, threshold: number) {
  const texts: [string, number, number][] = [];
  const fills: string[] = [];
  const ctx = {
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    roundRect: () => undefined,
    measureText: () => ({ width: 8 }),
    fill: () => fills.push(ctx.fillStyle),
    fillText: (text: string, x: number, y: number) => texts.push([text, x, y]),
    fillStyle: '',
  };
  drawPersonLabel(ctx as unknown as CanvasRenderingContext2D, id, pose, view, threshold);
  return { texts, fills };
}

it('is drawn above the highest joint that passes the threshold', () => {
  const { texts } = drawn(2, 0.2);
  expect(texts).toEqual([['2', 120, expect.any(Number)]]);
  expect(texts[0]?.[2]).toBeLessThan(90);
});

it('has the same colour for the same id, and another for another id', () => {
  expect(drawn(3, 0.2).fills).toEqual(drawn(3, 0.2).fills);
  expect(drawn(3, 0.2).fills).not.toEqual(drawn(4, 0.2).fills);
});

it('is omitted if no joint passes the threshold', () => {
  expect(drawn(1, 0.95).texts).toEqual([]);
});
