import { expect, it } from 'vitest';
import { gapRois } from './gaps';

const image = { width: 1200, height: 400 };
const at = (cx: number, side = 300) => ({ cx, cy: 200, side });

it('looks nowhere where nobody is known, or one person fills the picture', () => {
  expect(gapRois([], image)).toEqual([]);
  expect(gapRois([{ cx: 200, cy: 200, side: 400 }], { width: 400, height: 400 })).toEqual([]);
});

it('looks beside those who are known, in squares a little larger than theirs, the nearest first', () => {
  const gaps = gapRois([at(150)], image);
  const middles = gaps.map(({ cx }) => cx);
  expect(middles.length).toBeGreaterThan(2);
  expect(middles).toEqual([...middles].sort((a, b) => a - b)); // away from the one on the left
  for (const { cx, cy, side } of gaps) {
    expect(side).toBeGreaterThan(300);
    expect(side).toBeLessThan(450);
    expect(Math.max(Math.abs(cx - 150), Math.abs(cy - 200))).toBeGreaterThan(100);
  }
});

it('has everybody beside those who are known well within a square', () => {
  const gaps = gapRois([at(150)], image);
  for (let cx = 300; cx <= 1100; cx += 50)
    expect(Math.min(...gaps.map((roi) => Math.max(Math.abs(roi.cx - cx), Math.abs(roi.cy - 200)) / roi.side))).toBeLessThan(0.36);
});

it('leaves no gap where people stand close, and looks at few places however small people are', () => {
  const row = [100, 300, 500, 700, 900, 1100].map((cx) => at(cx));
  expect(gapRois(row, image)).toEqual([]);
  expect(gapRois([at(600, 20)], image).length).toBeLessThan(16); // no more than go to the device at once
});
