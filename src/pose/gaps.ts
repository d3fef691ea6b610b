/**
 * Where somebody else may be, once somebody is known: people in one picture are often about as large as one another and stand side by
 * side, and who shares a square of the first looks with somebody more striking is seen in none of them.
 */
import type { Size } from './roi';
import type { Roi } from './space';

/** Side of such a square over that of the people who are known (the median): room for somebody larger, or off its middle. */
const ROOM = 1.3;
/** Steps from one square to the next, in sides of the square: somebody between two of them still lies in one. */
const STEP = 0.7;
/** A square whose middle lies nearer to a known person's is a look at that person. Share of the side of that person's square. */
const CLEAR = 0.35;
/** The nearest to those who are known. */
const MOST_GAPS = 9;

/** How far apart the middles of two squares are, along the axis where they are farther apart. */
const apart = (a: Roi, b: Roi) => Math.max(Math.abs(a.cx - b.cx), Math.abs(a.cy - b.cy));

/** Squares where none of the known people is; none if nobody is known. known: a square round each of them, image pixels. */
export function gapRois(known: readonly Roi[], image: Size): Roi[] {
  const sides = known.map(({ side }) => side).sort((a, b) => a - b);
  const median = sides[Math.floor(sides.length / 2)];
  if (median === undefined) return [];
  const side = ROOM * median;
  const along = (length: number) => {
    const count = Math.ceil(length / (STEP * side));
    return Array.from({ length: count }, (_, i) => ((i + 0.5) / count) * length);
  };
  const nearest = (roi: Roi) => Math.min(...known.map((one) => apart(roi, one)));
  return along(image.height)
    .flatMap((cy) => along(image.width).map((cx) => ({ cx, cy, side })))
    .filter((roi) => known.every((one) => apart(roi, one) > CLEAR * one.side))
    .sort((a, b) => nearest(a) - nearest(b))
    .slice(0, MOST_GAPS);
}
