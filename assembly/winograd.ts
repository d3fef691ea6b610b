/**
 * A 3x3 convolution with stride 1 for WebAssembly's vectors, in AssemblyScript: Winograd's F(2x2, 3x3), which takes 16 multiplications for four
 * outputs where the direct sum takes 36 (A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016). Tiles of 4x4 inputs
 * are transformed, each of their 16 places is a product of matrices, and the results are transformed back to 2x2 outputs.
 *
 * Works in the importer's memory: all arguments are addresses there, or numbers. Numbers are float32, images [n, y, x, channels].
 */

const BYTES: usize = 4;
const VECTOR: usize = 16;
/** Places of a tile. */
const PLACES: usize = 16;
/** Tiles at a time: few enough that their transforms stay in the CPU's cache. */
const BLOCK: i32 = 16;

/** Sides of the padded images: a pixel at the top and on the left, and as many as the last tiles need below and on the right. */
function padded(side: i32): i32 {
  return 2 * ((side + 1) / 2) + 2;
}

/** How many bytes of scratch convolve() needs. */
export function scratchBytes(images: i32, height: i32, width: i32, channels: i32, outputs: i32): usize {
  return BYTES * (<usize>(images * padded(height) * padded(width) * channels) + PLACES * BLOCK * (channels + outputs));
}

function pad(x: usize, images: i32, height: i32, width: i32, pixel: usize, to: usize): void {
  const row = <usize>width * pixel;
  const wide = <usize>padded(width) * pixel;
  memory.fill(to, 0, <usize>(images * padded(height)) * wide);
  for (let i = 0; i < images; i += 1) {
    for (let y = 0; y < height; y += 1) {
      memory.copy(to + <usize>(i * padded(height) + y + 1) * wide + pixel, x + <usize>(i * height + y) * row, row);
    }
  }
}

/** Transforms a row of four places along x, and writes it to four matrices. */
function transformRow(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + step, f32x4.add(b, c));
  v128.store(to + 2 * step, f32x4.sub(c, b));
  v128.store(to + 3 * step, f32x4.sub(b, d));
}

/** The 4x4 inputs at an address -> a row in each of the 16 matrices [BLOCK, channels], which follow one another. */
function transformTile(from: usize, row: usize, pixel: usize, to: usize): void {
  const step = <usize>BLOCK * pixel;
  for (let k: usize = 0; k < pixel; k += VECTOR) {
    const a = from + k;
    const b = a + row;
    const c = b + row;
    const d = c + row;
    const b0 = v128.load(b);
    const b1 = v128.load(b + pixel);
    const b2 = v128.load(b + 2 * pixel);
    const b3 = v128.load(b + 3 * pixel);
    const c0 = v128.load(c);
    const c1 = v128.load(c + pixel);
    const c2 = v128.load(c + 2 * pixel);
    const c3 = v128.load(c + 3 * pixel);
    transformRow(
      f32x4.sub(v128.load(a), c0),
      f32x4.sub(v128.load(a + pixel), c1),
      f32x4.sub(v128.load(a + 2 * pixel), c2),
      f32x4.sub(v128.load(a + 3 * pixel), c3),
      to + k,
      step,
    );
    transformRow(f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), f32x4.add(b3, c3), to + k + 4 * step, step);
    transformRow(f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), f32x4.sub(c3, b3), to + k + 8 * step, step);
    transformRow(
      f32x4.sub(b0, v128.load(d)),
      f32x4.sub(b1, v128.load(d + pixel)),
      f32x4.sub(b2, v128.load(d + 2 * pixel)),
      f32x4.sub(b3, v128.load(d + 3 * pixel)),
      to + k + 12 * step,
      step,
    );
  }
}

/**
 * Eight columns of a product: c [rows, 8 of many] = a [rows, depth] times b [depth, 8]. Four rows at a time, so that their sums stay in registers;
 * where fewer are left, the last one is computed more than once. depth: even.
 */
function multiply(a: usize, aStep: usize, rows: i32, depth: i32, b: usize, c: usize, cStep: usize): void {
  const last = rows - 1;
  for (let i = 0; i < rows; i += 4) {
    const row1 = <usize>min(i + 1, last);
    const row2 = <usize>min(i + 2, last);
    const row3 = <usize>min(i + 3, last);
    let a0 = a + <usize>i * aStep;
    let a1 = a + row1 * aStep;
    let a2 = a + row2 * aStep;
    let a3 = a + row3 * aStep;
    let sum00 = f32x4.splat(0);
    let sum01 = sum00;
    let sum10 = sum00;
    let sum11 = sum00;
    let sum20 = sum00;
    let sum21 = sum00;
    let sum30 = sum00;
    let sum31 = sum00;
    let p = b;
    for (let k = depth; k > 0; k -= 2) {
      let low = v128.load(p);
      let high = v128.load(p, 16);
      let x = v128.load32_splat(a0);
      sum00 = f32x4.add(sum00, f32x4.mul(x, low));
      sum01 = f32x4.add(sum01, f32x4.mul(x, high));
      x = v128.load32_splat(a1);
      sum10 = f32x4.add(sum10, f32x4.mul(x, low));
      sum11 = f32x4.add(sum11, f32x4.mul(x, high));
      x = v128.load32_splat(a2);
      sum20 = f32x4.add(sum20, f32x4.mul(x, low));
      sum21 = f32x4.add(sum21, f32x4.mul(x, high));
      x = v128.load32_splat(a3);
      sum30 = f32x4.add(sum30, f32x4.mul(x, low));
      sum31 = f32x4.add(sum31, f32x4.mul(x, high));
      low = v128.load(p, 32);
      high = v128.load(p, 48);
      x = v128.load32_splat(a0, 4);
      sum00 = f32x4.add(sum00, f32x4.mul(x, low));
      sum01 = f32x4.add(sum01, f32x4.mul(x, high));
      x = v128.load32_splat(a1, 4);
      sum10 = f32x4.add(sum10, f32x4.mul(x, low));
      sum11 = f32x4.add(sum11, f32x4.mul(x, high));
      x = v128.load32_splat(a2, 4);
      sum20 = f32x4.add(sum20, f32x4.mul(x, low));
      sum21 = f32x4.add(sum21, f32x4.mul(x, high));
      x = v128.load32_splat(a3, 4);
      sum30 = f32x4.add(sum30, f32x4.mul(x, low));
      sum31 = f32x4.add(sum31, f32x4.mul(x, high));
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      p += 64;
    }
    v128.store(c + <usize>i * cStep, sum00);
    v128.store(c + <usize>i * cStep, sum01, 16);
    v128.store(c + row1 * cStep, sum10);
    v128.store(c + row1 * cStep, sum11, 16);
    v128.store(c + row2 * cStep, sum20);
    v128.store(c + row2 * cStep, sum21, 16);
    v128.store(c + row3 * cStep, sum30);
    v128.store(c + row3 * cStep, sum31, 16);
  }
}

/** Two outputs side by side, from four sums along y; the second only if it is inside the image. */
function finishRow(to: usize, pixel: usize, right: bool, a: v128, b: v128, c: v128, d: v128, bias: v128, least: v128): void {
  v128.store(to, f32x4.max(f32x4.add(f32x4.add(f32x4.add(a, b), c), bias), least));
  if (right) v128.store(to + pixel, f32x4.max(f32x4.add(f32x4.sub(f32x4.sub(b, c), d), bias), least));
}

/** A row of each of the 16 products [BLOCK, outputs] -> 2x2 outputs at an address, as far as they are inside the image. */
function finishTile(from: usize, pixel: usize, to: usize, row: usize, right: bool, below: bool, bias: usize, least: v128): void {
  const step = <usize>BLOCK * pixel;
  for (let k: usize = 0; k < pixel; k += VECTOR) {
    const a = from + k;
    const b = a + 4 * step;
    const c = b + 4 * step;
    const d = c + 4 * step;
    const b0 = v128.load(b);
    const b1 = v128.load(b + step);
    const b2 = v128.load(b + 2 * step);
    const b3 = v128.load(b + 3 * step);
    const c0 = v128.load(c);
    const c1 = v128.load(c + step);
    const c2 = v128.load(c + 2 * step);
    const c3 = v128.load(c + 3 * step);
    const shift = bias ? v128.load(bias + k) : f32x4.splat(0);
    finishRow(
      to + k,
      pixel,
      right,
      f32x4.add(f32x4.add(v128.load(a), b0), c0),
      f32x4.add(f32x4.add(v128.load(a + step), b1), c1),
      f32x4.add(f32x4.add(v128.load(a + 2 * step), b2), c2),
      f32x4.add(f32x4.add(v128.load(a + 3 * step), b3), c3),
      shift,
      least,
    );
    if (!below) continue;
    finishRow(
      to + row + k,
      pixel,
      right,
      f32x4.sub(f32x4.sub(b0, c0), v128.load(d)),
      f32x4.sub(f32x4.sub(b1, c1), v128.load(d + step)),
      f32x4.sub(f32x4.sub(b2, c2), v128.load(d + 2 * step)),
      f32x4.sub(f32x4.sub(b3, c3), v128.load(d + 3 * step)),
      shift,
      least,
    );
  }
}

/**
 * x [images, height, width, channels] -> result [images, height, width, outputs], with zero padding. channels: a multiple of 4; outputs: a multiple of 8.
 * weights [16, outputs / 8, channels, 8]: the kernel, transformed. bias [outputs], or 0 for none.
 */
export function convolve(
  x: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  weights: usize,
  outputs: i32,
  bias: usize,
  relu: bool,
  result: usize,
  scratch: usize,
): void {
  const across = (width + 1) / 2;
  const each = ((height + 1) / 2) * across;
  const pixel = <usize>channels * BYTES;
  const row = <usize>padded(width) * pixel;
  const out = <usize>outputs * BYTES;
  const tiles = scratch + <usize>(images * padded(height)) * row;
  const products = tiles + PLACES * BLOCK * pixel;
  const least = f32x4.splat(relu ? 0 : -Infinity);
  pad(x, images, height, width, pixel, scratch);
  for (let first = 0; first < images * each; first += BLOCK) {
    const count = min(BLOCK, images * each - first);
    for (let t = 0; t < count; t += 1) {
      const image = (first + t) / each;
      const tile = (first + t) % each;
      const from = scratch + <usize>(image * padded(height) + 2 * (tile / across)) * row + <usize>(2 * (tile % across)) * pixel;
      transformTile(from, row, pixel, tiles + <usize>t * pixel);
    }
    for (let place: usize = 0; place < PLACES; place += 1) {
      for (let column: usize = 0; column < out; column += 8 * BYTES) {
        const part = weights + place * pixel * outputs + column * channels;
        multiply(tiles + place * BLOCK * pixel, pixel, count, channels, part, products + place * BLOCK * out + column, out);
      }
    }
    for (let t = 0; t < count; t += 1) {
      const image = (first + t) / each;
      const y = 2 * (((first + t) % each) / across);
      const q = 2 * (((first + t) % each) % across);
      const to = result + <usize>((image * height + y) * width + q) * out;
      finishTile(products + <usize>t * out, out, to, <usize>width * out, q + 1 < width, y + 1 < height, bias, least);
    }
  }
}
