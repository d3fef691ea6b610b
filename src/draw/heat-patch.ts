import type { Box } from '../pose/roi';
import { imagePoint, imageToView, type View } from '../pose/space';
import { strokeBox, VEIL } from './paint';

/** A coloured heat map and the part of the image that it covers. */
export interface HeatPatch {
  readonly heat: CanvasImageSource;
  readonly box: Box;
}

function rectOf(box: Box, view: View): readonly [number, number, number, number] {
  const start = imageToView(imagePoint(box.x, box.y), view);
  return [start.x, start.y, box.width * view.scale, box.height * view.scale];
}

/** Draws heat maps over the image, each where the next finer one does not cover it. From coarse to fine; the view is not mirrored. */
export function paintPatches(ctx: CanvasRenderingContext2D, patches: readonly HeatPatch[], view: View): void {
  patches.forEach(({ heat, box }, i) => {
    const finer = patches[i + 1];
    ctx.save();
    ctx.beginPath();
    ctx.rect(...rectOf(box, view));
    if (finer) ctx.rect(...rectOf(finer.box, view));
    ctx.clip('evenodd');
    ctx.fillStyle = VEIL;
    ctx.fillRect(...rectOf(box, view));
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(heat, ...rectOf(box, view));
    ctx.restore();
    strokeBox(ctx, box, view, 0.6, [2, 4]);
  });
}
