import { jointScore } from '../pose/confidence';
import { type CropPoint, cropPoint } from '../pose/space';
import type { Contract } from './contract';
import { COLUMNS } from './decode';

/** One joint; positions in pixels of the input. */
export interface JointReading {
  readonly coarse: CropPoint;
  readonly fine: CropPoint;
  /** Where cell (0, 0) of the fine map begins. */
  readonly origin: CropPoint;
  /** Probability of the coarse map in the window round its peak: that there is such a joint, and there. */
  readonly presence: number;
  readonly score: number;
}

export interface PersonReading {
  readonly joints: readonly JointReading[];
  /** [joints, cells, cells] probabilities, row-major. */
  readonly coarseMaps?: Float32Array;
  readonly fineMaps?: Float32Array;
}

/** One row of the packed read-back (see decode.ts) -> a person. */
export function unpack(row: Float32Array, { joints, coarse, fine, confidence }: Contract): PersonReading {
  const count = joints.length;
  const readings = joints.map((_, joint): JointReading => {
    const at = (column: number) => row[joint * COLUMNS + column] ?? 0;
    const [cell, mass, right, down, x, y, sharp] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6)];
    const [column, line] = [cell % coarse.cells, Math.floor(cell / coarse.cells)];
    const total = Math.max(mass, 1e-12);
    const corner = cropPoint((column - (fine.crop - 1) / 2) * coarse.stride, (line - (fine.crop - 1) / 2) * coarse.stride);
    return {
      coarse: cropPoint((column + right / total) * coarse.stride, (line + down / total) * coarse.stride),
      fine: cropPoint(corner.x + x * fine.stride, corner.y + y * fine.stride),
      origin: corner,
      presence: mass,
      score: jointScore(confidence, joint, mass, sharp),
    };
  });
  // A coarse map is followed by two cells that are no part of the picture.
  const [cells, stored] = [coarse.cells ** 2, coarse.cells ** 2 + 2];
  const [mapsAt, finesAt] = [count * COLUMNS, count * (COLUMNS + stored)];
  return {
    joints: readings,
    ...(row.length > mapsAt ? { coarseMaps: withoutTails(row.subarray(mapsAt, finesAt), cells, stored) } : {}),
    ...(row.length > finesAt ? { fineMaps: row.slice(finesAt) } : {}),
  };
}

/** Rows of `stored` numbers -> their first `kept`. */
function withoutTails(rows: Float32Array, kept: number, stored: number): Float32Array {
  const out = new Float32Array((rows.length / stored) * kept);
  for (let i = 0; i * stored < rows.length; i += 1) out.set(rows.subarray(i * stored, i * stored + kept), i * kept);
  return out;
}
