import { mapSize } from '../pose/heatmap';
import { JOINT_COUNT, type Side, sideOf } from '../pose/skeleton';
import { SIDE_RGB } from './palette';

const SIDES: readonly Side[] = ['left', 'right', 'middle'];

/** One joint's map as strengths 0..1: shape from the map (peak 1), strength from its sum, so that an absent joint stays dark. */
function strengths(map: Float32Array): Float32Array {
  const top = map.reduce((high, value) => Math.max(high, value), 0);
  const sum = map.reduce((total, value) => total + value, 0);
  return top > 0 ? map.map((value) => (value / top) ** 0.75 * Math.min(1, sum)) : map;
}

/**
 * Colours heat maps: each side's hue, as strong as the strongest of its joints in that cell.
 * maps [J, size, size]; joints: which of them. Returns RGBA bytes [size, size, 4], not premultiplied.
 */
export function heatPixels(maps: Float32Array, joints: readonly number[], size: number): Uint8ClampedArray<ArrayBuffer> {
  const cells = size * size;
  const bySide = new Map(SIDES.map((side) => [side, new Float32Array(cells)]));
  for (const joint of joints) {
    const sum = bySide.get(sideOf(joint));
    strengths(maps.subarray(joint * cells, (joint + 1) * cells)).forEach((value, cell) => {
      if (sum && value > (sum[cell] ?? 0)) sum[cell] = value;
    });
  }
  const pixels = new Uint8ClampedArray(cells * 4);
  for (let cell = 0; cell < cells; cell += 1) {
    const shares = SIDES.map((side) => bySide.get(side)?.[cell] ?? 0);
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (total === 0) continue;
    const mix = (channel: 0 | 1 | 2) =>
      SIDES.reduce((sum, side, i) => sum + SIDE_RGB[side][channel] * (shares[i] ?? 0), 0) / total;
    pixels.set([mix(0), mix(1), mix(2), 255 * Math.max(...shares)], cell * 4);
  }
  return pixels;
}

/** The same as a small canvas of size x size pixels, ready to be drawn enlarged. */
function heatCanvas(maps: Float32Array, joints: readonly number[], size: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.getContext('2d')?.putImageData(new ImageData(heatPixels(maps, joints, size), size), 0, 0);
  return canvas;
}

const made = new WeakMap<Float32Array, Map<string, HTMLCanvasElement>>();

/** Coloured heat maps of maps [J, size, size] as a canvas to draw enlarged; created once for each choice of joints. */
export function heatOf(maps: Float32Array, joints: readonly number[]): HTMLCanvasElement {
  const canvases = made.get(maps) ?? new Map<string, HTMLCanvasElement>();
  made.set(maps, canvases);
  const key = joints.join();
  const canvas = canvases.get(key) ?? heatCanvas(maps, joints, mapSize(maps.subarray(0, maps.length / JOINT_COUNT)));
  canvases.set(key, canvas);
  return canvas;
}
