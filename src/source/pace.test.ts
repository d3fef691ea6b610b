import { expect, it } from 'vitest';
import { FramePace } from './pace';

/** The estimated interval between frames, seconds. */
const interval = (pace: FramePace) => pace.beside(0, 1) / 1.5;

it('uses the smallest gap between consecutive frames', () => {
  const pace = new FramePace();
  expect(interval(pace)).toBeCloseTo(1 / 30);
  for (const position of [0, 0.08, 0.12, 0.12, 0.1201, 0.2]) pace.see(position, false);
  expect(interval(pace)).toBeCloseTo(0.04);
  pace.see(0.21, true); // a step or a seek
  pace.see(0, false); // a loop
  pace.see(3, false);
  expect(interval(pace)).toBeCloseTo(0.04);
});

it('finds the middle of the next and previous frame from anywhere in a frame, and nothing before the first', () => {
  const pace = new FramePace();
  for (const position of [0, 0.04]) pace.see(position, false);
  for (const position of [0.4, 0.42, 0.4399]) {
    expect(pace.beside(position, 1)).toBeCloseTo(0.46);
    expect(pace.beside(position, -1)).toBeCloseTo(0.38);
  }
  expect(pace.beside(0.01, -1)).toBeCloseTo(0.02);
});
