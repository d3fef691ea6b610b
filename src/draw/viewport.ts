import type { Size } from '../pose/roi';
import type { View } from '../pose/space';

/** The view that shows a whole image centred in a canvas. Sizes: image pixels, CSS pixels. */
export function fitView(image: Size, canvas: Size, mirrored = false): View {
  const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
  return {
    scale,
    left: (canvas.width - image.width * scale) / 2,
    top: (canvas.height - image.height * scale) / 2,
    mirrored,
    width: image.width,
  };
}

/**
 * Sizes the canvas to one backing pixel per device pixel, clears it, and returns its context in CSS pixels. size is in CSS pixels; ratio is
 * device pixels per CSS pixel.
 */
export function prepareCanvas(canvas: HTMLCanvasElement, size: Size, ratio: number): CanvasRenderingContext2D {
  const [width, height] = [Math.max(1, Math.round(size.width * ratio)), Math.max(1, Math.round(size.height * ratio))];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2D canvas');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(width / size.width, 0, 0, height / size.height, 0, 0);
  return context;
}
