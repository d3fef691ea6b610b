/** Side of what is painted and read back, pixels. */
const SIDE = 16;
/** Colour management and rounding change a plain colour by less. */
const NOISE = 8;

/**
 * Whether a canvas returns other pixels than were painted, as with Firefox's resistFingerprinting and some privacy extensions: then nobody
 * is found in any image. Such browsers randomise the pixels, or return one plain colour.
 */
export function readBackIsNoise(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.fillStyle = 'rgb(40, 120, 200)';
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = 'rgb(220, 60, 20)';
  context.fillRect(0, 0, SIDE / 2, SIDE);
  return differs(context.getImageData(0, 0, SIDE, SIDE).data);
}

/** Whether SIDE x SIDE pixels (RGBA) differ from the two halves that readBackIsNoise paints. */
export function differs(pixels: Uint8ClampedArray): boolean {
  return pixels.some((value, i) => {
    const [x, channel] = [Math.floor(i / 4) % SIDE, i % 4];
    const painted = x < SIDE / 2 ? [220, 60, 20, 255] : [40, 120, 200, 255];
    return Math.abs(value - (painted[channel] ?? 0)) > NOISE;
  });
}
