import { expect, it } from 'vitest';
import { FramePace } from './pace';

it('takes the smallest gap between frames that follow on each other', () => {
  const pace = new FramePace();
  expect(pace.interval).toBeCloseTo(1 / 30);
  for (const position of [0, 0.08, 0.12, 0.12, 0.1201, 0.2]) pace.see(position, false);
  expect(pace.interval).toBeCloseTo(0.04);
  pace.see(0.21, true); // a step or a seek
  pace.see(0, false); // a loop
  pace.see(3, false);
  expect(pace.interval).toBeCloseTo(0.04);
});
