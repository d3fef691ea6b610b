import { HALO } from './palette';

/** Strokes a path twice, dark and wide below, coloured above, so that it shows on any photograph. width in CSS pixels. */
export function strokeOutlined(ctx: CanvasRenderingContext2D, width: number, colour: string, trace: () => void): void {
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
