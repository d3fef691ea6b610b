import { type Box, clampPoint, type Size } from '../pose/roi';
import { type ImagePoint, imagePoint } from '../pose/space';
import { boxBetween } from './box';

/** A crosshair that is moved with the keyboard; with a corner set, it spans a box. Image pixels. */
export interface Aim {
  readonly at: ImagePoint;
  readonly corner: ImagePoint | undefined;
}

export const aimAt = (at: ImagePoint): Aim => ({ at, corner: undefined });

/** Moves the crosshair, within the image. */
export const moveAim = ({ at, corner }: Aim, dx: number, dy: number, image: Size): Aim => ({
  at: clampPoint(imagePoint(at.x + dx, at.y + dy), image),
  corner,
});

/** Sets a corner where the crosshair is. */
export const cornerAim = ({ at }: Aim): Aim => ({ at, corner: at });

/** The box that the crosshair spans, if a corner is set. */
export const aimedBox = ({ at, corner }: Aim): Box | undefined => corner && boxBetween(corner, at);
