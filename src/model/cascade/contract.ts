/**
 * contract.json: what training's export says about the weights beside it. The layers are code; whatever the code relies on and cannot
 * read from the shapes of the weights is checked here, so that an incompatible model is refused instead of run.
 */

import type { Confidence } from '../../pose/confidence';
import { WINDOW } from '../../pose/heatmap';
import { JOINTS } from '../../pose/skeleton';
import { ModelError } from '../error';
import { bytesOf, type WeightsFile } from '../weights';

export const FORMAT = 'posecade-cascade-1';
/** Cells of the early features per coarse cell, along one side: the network's own strides are 4 and 8. */
export const EARLY_PER_CELL = 2;

export interface Contract {
  readonly format: typeof FORMAT;
  readonly joints: readonly string[];
  /** Side of the square input, pixels; a byte b is fed in as (b / 255 - mean) / std. */
  readonly input: { readonly size: number; readonly mean: number; readonly std: number };
  /** Coarse maps: cells per side, input pixels per cell, side of the window that positions and scores are read from. */
  readonly coarse: { readonly cells: number; readonly stride: number; readonly window: number };
  /** Fine maps likewise; a crop spans `crop` coarse cells, and uses those coarse logits that are less than `reach` below the map's peak. */
  readonly fine: { readonly cells: number; readonly stride: number; readonly crop: number; readonly reach: number };
  readonly confidence: Confidence;
  readonly weights: WeightsFile;
}

/** Checks parsed JSON against what this code can run. Throws a ModelError 'contract-mismatch' that says what differs. */
export function checkContract(json: unknown): Contract {
  const contract = json as Contract;
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new ModelError('contract-mismatch', `this code cannot run the model: ${what}`);
  };
  demand(contract?.format === FORMAT, `its format is ${JSON.stringify(contract?.format)}, not "${FORMAT}"`);
  const { joints, input, coarse, fine, confidence, weights } = contract;
  demand(Boolean(input && coarse && fine && confidence && weights), 'a section of contract.json is missing');
  demand(JSON.stringify(joints) === JSON.stringify(JOINTS), 'its joints are not ours, or in another order');
  demand(
    Number.isFinite(input.mean) && input.std > 0 && Number.isFinite(input.std),
    'input.mean and input.std must be finite, and std positive',
  );
  demand(
    input.size === coarse.cells * coarse.stride,
    `${coarse.cells} cells of ${coarse.stride} px do not fill ${input.size} px`,
  );
  demand(coarse.stride === fine.stride * EARLY_PER_CELL, `strides ${coarse.stride} and ${fine.stride} are not in the ratio 2`);
  demand(fine.cells === fine.crop * EARLY_PER_CELL, `${fine.cells} fine cells do not span ${fine.crop} coarse ones`);
  demand(fine.crop % 2 === 1, `a crop of ${fine.crop} cells has no middle one`);
  demand(fine.reach > 0 && Number.isFinite(fine.reach), 'fine.reach must be positive');
  demand(coarse.window === WINDOW, `its window is ${coarse.window} cells, not ${WINDOW}`);
  demand(confidence.bias?.length === JOINTS.length, 'confidence.bias must have one number for each joint');
  demand([...confidence.bias, confidence.mass, confidence.sharp].every(Number.isFinite), 'confidence must consist of numbers');
  demand(Array.isArray(weights.specs), 'it lists no weights');
  const bytes = bytesOf(weights.specs);
  demand(bytes === weights.bytes, `its tensors take ${bytes} bytes, its file ${weights.bytes}`);
  return contract;
}
