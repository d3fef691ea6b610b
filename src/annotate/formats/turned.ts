import type { Box } from '../../pose/roi';

/** The upright box round one that is turned clockwise by some degrees about a point. Pixels: in shares of the sides it would be skewed. */
export function roundTurned(box: Box, degrees: number, about: { readonly x: number; readonly y: number }): Box {
  if (degrees % 360 === 0) return box;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const corners = [box.x, box.x + box.width].flatMap((x) =>
    [box.y, box.y + box.height].map((y) => {
      const [dx, dy] = [x - about.x, y - about.y];
      return { x: about.x + dx * cos - dy * sin, y: about.y + dx * sin + dy * cos };
    }),
  );
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
