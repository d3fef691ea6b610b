import { type Box, clampPoint, type Size } from '../pose/roi';
import { type ImagePoint, imagePoint, type View } from '../pose/space';

/** The edges and corners of a box, named as compass points. */
export const GRIPS = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Grip = (typeof GRIPS)[number];

/** The axis-aligned box with two given opposite corners. */
export function boxBetween(a: ImagePoint, b: ImagePoint): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** The least length of a box's longer and of its shorter side: smaller boxes are taken for accidental. CSS pixels. */
const [MIN_LONGER, MIN_SHORTER] = [12, 4];

/** Whether a box was drawn on purpose. None is thinner than a pixel of the image: trainers refuse those. */
export function isDrawn({ width, height }: Box, { scale }: Pick<View, 'scale'>): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return short >= 1 && short * scale >= MIN_SHORTER && long * scale >= MIN_LONGER;
}

/** The position of a grip: a corner, or the middle of an edge. */
export function gripPoint(box: Box, grip: Grip): ImagePoint {
  const across = grip.includes('w') ? 0 : grip.includes('e') ? 1 : 0.5;
  const down = grip.includes('n') ? 0 : grip.includes('s') ? 1 : 0.5;
  return imagePoint(box.x + across * box.width, box.y + down * box.height);
}

/**
 * The box with one edge or corner moved by (dx, dy) image pixels, kept inside the image and at least a pixel wide and high. Dragging an edge past
 * the opposite one flips the box.
 */
export function resizeBox(box: Box, grip: Grip, dx: number, dy: number, image: Size): Box {
  const [east, south] = [box.x + box.width, box.y + box.height];
  const a = imagePoint(box.x + (grip.includes('w') ? dx : 0), box.y + (grip.includes('n') ? dy : 0));
  const b = imagePoint(east + (grip.includes('e') ? dx : 0), south + (grip.includes('s') ? dy : 0));
  return boxWithin(a, b, image);
}

/** A person's box encloses their outline, which extends beyond the joints on every side by this share of the joints' longer side. */
const OUTLINE = 0.06;

/** The box around a person, from the box of the joints, kept inside the image and at least a pixel wide and high. Image pixels. */
export function boxRound({ x, y, width, height }: Box, image: Size): Box {
  const more = Math.max(1, OUTLINE * Math.max(width, height));
  return boxWithin(imagePoint(x - more, y - more), imagePoint(x + width + more, y + height + more), image);
}

/** The box with two given opposite corners, kept inside the image and at least a pixel wide and high. */
function boxWithin(a: ImagePoint, b: ImagePoint, image: Size): Box {
  const { x, y, width, height } = boxBetween(clampPoint(a, image), clampPoint(b, image));
  return {
    x: Math.min(x, image.width - 1),
    y: Math.min(y, image.height - 1),
    width: Math.max(1, width),
    height: Math.max(1, height),
  };
}
