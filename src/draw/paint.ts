import type { Pose } from '../pose/pose';
import { type Box, roiBox, type Size } from '../pose/roi';
import { type ImagePoint, imagePoint, imageToView, type Roi, type View } from '../pose/space';
import { strokeCross } from './outline';
import { CREAM, HALO } from './palette';
import { drawPersonLabel } from './person-label';
import { drawOffsets, drawSkeleton, jointRadius, type SkeletonStyle } from './skeleton';

/** An image to draw: its pixels, and its size in image pixels (the bitmap itself may be smaller). */
export interface DrawnImage extends Size {
  readonly source: CanvasImageSource;
}

interface ScenePerson {
  readonly pose: Pose;
  /** The joints after each stage, to draw how far the fine one moved them. */
  readonly stages?: { readonly coarse: Pose; readonly refined: Pose };
  readonly roi: Roi;
  readonly chosen: boolean;
  /** Drawn faintly: little of the person is visible. */
  readonly faint?: boolean;
  /** Drawn above the person. */
  readonly number?: number | undefined;
  /** The box the user drew, image pixels. */
  readonly box: Box | undefined;
  /** A coloured heat map that covers the roi. */
  readonly heat: CanvasImageSource | undefined;
}

/** Everything drawn over the image. Points and boxes in image pixels. */
export interface Scene {
  readonly view: View;
  /** Size of the image, pixels, while heat maps are shown on it: it is darkened, so that a pale image does not wash out their colours. */
  readonly veiled: Size | undefined;
  readonly people: readonly ScenePerson[];
  readonly skeleton: boolean;
  readonly offsets: boolean;
  readonly threshold: number;
  readonly chosenJoint: number | undefined;
  /** Dashed: the box being drawn, and those whose pass has not ended. */
  readonly boxes: readonly Box[];
  /** Crosses: where the keyboard aims, and clicks whose pass has not ended. */
  readonly points: readonly ImagePoint[];
}

/** Opacity of a person who is drawn faintly. */
const FAINT = 0.45;
/** Drawn under heat maps, so that a pale image does not wash out their colours. */
export const VEIL = 'rgba(10, 14, 22, 0.35)';

/** Outlines a box. box: image pixels; dash: CSS pixels. */
export function strokeBox(ctx: CanvasRenderingContext2D, box: Box, view: View, opacity: number, dash: readonly number[]): void {
  const a = imageToView(imagePoint(box.x, box.y), view);
  const b = imageToView(imagePoint(box.x + box.width, box.y + box.height), view);
  ctx.save();
  ctx.globalAlpha = opacity;
  for (const [width, colour, pattern] of [
    [3.5, HALO, []],
    [1.5, CREAM, dash],
  ] as const) {
    ctx.setLineDash([...pattern]);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.strokeRect(Math.min(a.x, b.x), a.y, Math.abs(b.x - a.x), b.y - a.y);
  }
  ctx.restore();
}

/** The square of a crop on the canvas: left, top, width, height. */
function square(roi: Roi, view: View): [number, number, number, number] {
  const box = roiBox(roi);
  const start = imageToView(imagePoint(view.mirrored ? box.x + box.width : box.x, box.y), view);
  return [start.x, start.y, box.width * view.scale, box.height * view.scale];
}

/** One veil over the whole image: over the crops alone, it would have steps wherever they overlap. */
function drawVeil(ctx: CanvasRenderingContext2D, { width, height }: Size, { left, top, scale }: View): void {
  ctx.fillStyle = VEIL;
  ctx.fillRect(left, top, width * scale, height * scale);
}

function drawHeat(ctx: CanvasRenderingContext2D, heat: CanvasImageSource, roi: Roi, view: View): void {
  const [left, top, width, height] = square(roi, view);
  ctx.save();
  ctx.imageSmoothingQuality = 'high';
  if (view.mirrored) {
    ctx.translate(2 * left + width, 0);
    ctx.scale(-1, 1);
  }
  ctx.drawImage(heat, left, top, width, height);
  ctx.restore();
}

/** Marks a point. */
export function drawCross(ctx: CanvasRenderingContext2D, at: ImagePoint, view: View): void {
  const { x, y } = imageToView(at, view);
  strokeCross(ctx, x, y, 1.5, 16);
}

/** Paints the image itself. The context is in CSS pixels. */
export function paintImage(ctx: CanvasRenderingContext2D, image: DrawnImage, view: View): void {
  ctx.save();
  ctx.imageSmoothingQuality = 'high';
  ctx.translate(view.left, view.top);
  if (view.mirrored) {
    ctx.translate(image.width * view.scale, 0);
    ctx.scale(-1, 1);
  }
  ctx.drawImage(image.source, 0, 0, image.width * view.scale, image.height * view.scale);
  ctx.restore();
}

/** Paints everything that lies over the image. The context is cleared and in CSS pixels. */
export function paint(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { view } = scene;
  if (scene.veiled) drawVeil(ctx, scene.veiled, view);
  for (const person of scene.people) if (person.heat) drawHeat(ctx, person.heat, person.roi, view);
  const ordered = [...scene.people].sort((a, b) => Number(a.chosen) - Number(b.chosen));
  for (const person of ordered) {
    const style: SkeletonStyle = {
      threshold: scene.threshold,
      opacity: (person.chosen ? 1 : 0.55) * (person.faint ? FAINT : 1),
      radius: jointRadius(person.roi.side, view),
      chosenJoint: person.chosen ? scene.chosenJoint : undefined,
    };
    if (person.box) strokeBox(ctx, person.box, view, person.chosen ? 1 : 0.4, []);
    if (scene.skeleton) drawSkeleton(ctx, person.pose, view, style);
    if (scene.offsets && person.chosen && person.stages)
      drawOffsets(ctx, person.stages.coarse, person.stages.refined, person.pose, view, style);
  }
  for (const { number, pose } of ordered) if (number !== undefined) drawPersonLabel(ctx, number, pose, view, scene.threshold);
  for (const box of scene.boxes) strokeBox(ctx, box, view, 1, [6, 4]);
  for (const point of scene.points) drawCross(ctx, point, view);
}
