import { beforeEach, expect, it, vi } from 'vitest';
import { recall, remember } from './memory';

let kept: string | null;

beforeEach(() => {
  kept = null;
  vi.stubGlobal('localStorage', { getItem: () => kept, setItem: (_: string, value: string) => (kept = value) });
});

it('remembers settings that are stored one after the other', () => {
  expect(recall()).toEqual({});
  remember({ camera: 'a' });
  remember({ lines: 1080 });
  remember({ mirror: false });
  expect(recall()).toEqual({ camera: 'a', lines: 1080, mirror: false });
});

it('ignores invalid stored values', () => {
  kept = '{"camera":7,"lines":721,"mirror":"yes"}';
  expect(recall()).toEqual({});
});
