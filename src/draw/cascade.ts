import type { Box } from '../pose/roi';
import { strokeOutlined } from './outline';
import type { DrawnImage } from './paint';
import { CREAM, css, HALO, type Rgb } from './palette';

/** Panels of the cascade are squares of `side` CSS pixels that show a square `area` of the image (image pixels). */
export interface Panel {
  readonly area: Box;
  readonly side: number;
}

/** Draws a square area of the image over the whole panel; black outside the image, as the network sees it. */
export function paintArea(ctx: CanvasRenderingContext2D, image: DrawnImage, { area, side }: Panel): void {
  const scale = side / area.width;
  ctx.fillStyle = '#000';
  ctx.fillRect(0, 0, side, side);
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(image.source, -area.x * scale, -area.y * scale, image.width * scale, image.height * scale);
}

/** Draws a coloured heat map over the panel, each cell as a plain square. */
export function paintCells(ctx: CanvasRenderingContext2D, heat: CanvasImageSource, side: number): void {
  ctx.fillStyle = 'rgba(10, 14, 22, 0.45)';
  ctx.fillRect(0, 0, side, side);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(heat, 0, 0, side, side);
  ctx.imageSmoothingEnabled = true;
}

/** Outlines a square; x, y and size are shares of the panel's side. */
export function paintSquare(ctx: CanvasRenderingContext2D, side: number, at: Box, rgb: Rgb, width: number): void {
  strokeOutlined(ctx, width, css(rgb), () => ctx.rect(at.x * side, at.y * side, at.width * side, at.height * side));
}

/** A dot for a refined joint; x and y in CSS pixels of the panel. */
export function paintDot(ctx: CanvasRenderingContext2D, x: number, y: number, rgb: Rgb): void {
  ctx.beginPath();
  ctx.arc(x, y, 5.5, 0, 2 * Math.PI);
  ctx.fillStyle = css(rgb);
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = HALO;
  ctx.stroke();
}

/** A ring for a coarse joint; x and y in CSS pixels of the panel. */
export function paintRing(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  strokeOutlined(ctx, 2.5, CREAM, () => ctx.arc(x, y, 9, 0, 2 * Math.PI));
}

/** An arrow from the coarse to the refined position; CSS pixels of the panel. Nothing if shorter than a pixel. */
export function paintArrow(ctx: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < 1) return;
  const head = Math.min(9, length / 2);
  const angle = Math.atan2(dy, dx);
  ctx.lineCap = 'round';
  strokeOutlined(ctx, 2.5, CREAM, () => {
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    for (const turn of [2.6, -2.6]) {
      ctx.moveTo(...to);
      ctx.lineTo(to[0] + head * Math.cos(angle + turn), to[1] + head * Math.sin(angle + turn));
    }
  });
}
