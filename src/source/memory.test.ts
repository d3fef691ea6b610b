import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recall, remember } from './memory';

let kept: string | null;

beforeEach(() => {
  kept = null;
  vi.stubGlobal('localStorage', { getItem: () => kept, setItem: (_: string, value: string) => (kept = value) });
});

afterEach(() => vi.unstubAllGlobals());

it('remembers settings that are stored one after the other', () => {
  expect(recall()).toEqual({});
  remember({ camera: 'a' });
  remember({ lines: 1080 });
  remember({ mirror: false });
  expect(recall()).toEqual({ camera: 'a', lines: 1080, mirror: false });
});

it.each(['{"camera":7,"lines":721,"mirror":"yes"}', 'nonsense', 'null'])('ignores invalid stored values: %s', (value) => {
  kept = value;
  expect(recall()).toEqual({});
});

it('works without storage', () => {
  vi.stubGlobal('localStorage', undefined);
  remember({ camera: 'a' });
  expect(recall()).toEqual({});
});
