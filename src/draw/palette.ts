import { type Side, sideOf } from '../pose/skeleton';

/** Red, green, blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** The two hues are distinguishable with every common kind of colour blindness, and both stand out on photos. The person's own left and right. */
export const SIDE_RGB: Readonly<Record<Side, Rgb>> = {
  left: [64, 190, 255],
  right: [255, 146, 56],
  middle: [247, 243, 232],
};

/** Drawn around everything, so that no colour of the image hides it. */
export const HALO = 'rgba(10, 14, 22, 0.72)';

export function css([r, g, b]: Rgb, alpha = 1): string {
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

/** The colour of marks that belong to no side. */
export const CREAM = css(SIDE_RGB.middle);

/** The hue of a joint's side. */
export function jointRgb(joint: number): Rgb {
  return SIDE_RGB[sideOf(joint)];
}

/** The hue of a bone: its side's if both ends are on that side or one is in the middle, else the middle's. */
export function boneRgb(a: number, b: number): Rgb {
  const [one, two] = [sideOf(a), sideOf(b)];
  if (one === two || two === 'middle') return SIDE_RGB[one];
  return one === 'middle' ? SIDE_RGB[two] : SIDE_RGB.middle;
}
