import { CREAM, HALO } from './palette';

/** The 2D context of a canvas, on the page or offscreen. */
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Strokes a path twice, dark and wide below, coloured above, so that it is visible on any image. width in CSS pixels. */
export function strokeOutlined(ctx: Context2D, width: number, colour: string, trace: () => void): void {
  for (const [line, style] of [
    [width + 2, HALO],
    [width, colour],
  ] as const) {
    ctx.lineWidth = line;
    ctx.strokeStyle = style;
    ctx.beginPath();
    trace();
    ctx.stroke();
  }
}

/** A cross around a point that leaves the point itself uncovered; its arms extend to `reach`. CSS pixels. */
export function strokeCross(ctx: Context2D, x: number, y: number, width: number, reach: number): void {
  strokeOutlined(ctx, width, CREAM, () => {
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      ctx.moveTo(x + 5 * dx, y + 5 * dy);
      ctx.lineTo(x + reach * dx, y + reach * dy);
    }
  });
}
