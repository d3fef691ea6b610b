import { jointScore } from '../../pose/confidence';
import { cropPoint } from '../../pose/space';
import type { JointReading, PersonReading } from '../pose-model';
import type { Contract } from './contract';
import { COLUMNS, rowOf } from './row';

/** One row of the read-back, complete or cut off before either kind of map -> a person. */
export function unpack(row: Float32Array, { joints, input, coarse, fine, confidence }: Contract): PersonReading {
  const peaks = joints.map((_, joint) => {
    const cell = row[joint * COLUMNS] ?? 0;
    return { column: cell % coarse.cells, line: Math.floor(cell / coarse.cells) };
  });
  const reach = (fine.crop - 1) / 2;
  const corners = peaks.map(({ column, line }) => cropPoint((column - reach) * coarse.stride, (line - reach) * coarse.stride));
  const readings = peaks.map(({ column, line }, joint): JointReading => {
    const [, mass = 0, right = 0, down = 0, x = 0, y = 0, sharp = 0] = row.subarray(joint * COLUMNS, (joint + 1) * COLUMNS);
    const total = Math.max(mass, 1e-12);
    const corner = corners[joint] ?? cropPoint(0, 0);
    return {
      coarse: cropPoint((column + right / total) * coarse.stride, (line + down / total) * coarse.stride),
      fine: cropPoint(corner.x + x * fine.stride, corner.y + y * fine.stride),
      presence: mass,
      score: jointScore(confidence, joint, mass, sharp),
    };
  });
  const { verdict, colours, coarseMaps, fineMaps, stored } = rowOf({ joints, coarse, fine });
  return {
    joints: readings,
    verdict: { somebody: row[verdict] ?? 0, quality: row[verdict + 1] ?? 0 },
    colours: {
      side: coarse.cells,
      stride: coarse.stride,
      values: row.slice(colours, coarseMaps).map((value) => value * input.std + input.mean),
    },
    ...(row.length > coarseMaps
      ? { coarseMaps: withoutTails(row.subarray(coarseMaps, fineMaps), coarse.cells ** 2, stored) }
      : {}),
    ...(row.length > fineMaps ? { fineMaps: row.slice(fineMaps), fineOrigins: corners } : {}),
  };
}

/** Rows of `stored` numbers -> their first `kept`. */
function withoutTails(rows: Float32Array, kept: number, stored: number): Float32Array {
  const out = new Float32Array((rows.length / stored) * kept);
  for (let i = 0; i * stored < rows.length; i += 1) out.set(rows.subarray(i * stored, i * stored + kept), i * kept);
  return out;
}
