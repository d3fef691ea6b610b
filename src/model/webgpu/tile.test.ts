import { describe, expect, it } from 'vitest';
import { GPU, SOFTWARE, type Tiling, tileFor } from './tile';

const tiling: Tiling = {
  ...GPU,
  invocations: 100,
  tiles: [
    { pixels: 8, channels: 24 },
    { pixels: 8, channels: 16 },
    { pixels: 2, channels: 8 },
  ],
};

describe('tileFor', () => {
  it('takes the largest tile that divides the channels', () => {
    expect(tileFor(tiling, 10_000, 48)).toEqual({ pixels: 8, channels: 24 });
    expect(tileFor(tiling, 10_000, 32)).toEqual({ pixels: 8, channels: 16 });
    expect(tileFor(tiling, 10_000, 48, [64])).toEqual({ pixels: 8, channels: 16 });
  });

  it('takes a smaller tile if too few invocations would be left', () => {
    expect(tileFor(tiling, 36, 64)).toEqual({ pixels: 2, channels: 8 });
  });

  it('refuses channels that no tile divides', () => {
    expect(() => tileFor(tiling, 36, 19)).toThrow(/19 channels/);
  });

  it.each([SOFTWARE, GPU])('stays within the limits of every adapter', ({ lanes, tilesPerWorkgroup, tiles }) => {
    expect(lanes).toBeLessThanOrEqual(256);
    const hidden = Math.max(...tiles.map(({ pixels }) => pixels)) * tilesPerWorkgroup * 96 * 4;
    expect(hidden).toBeLessThanOrEqual(16_384);
  });
});
