/** contract.json of a detector: what training's export says about the weights beside it; see the cascade's. */
import type { EverybodyConfidence, PersonConfidence } from '../../pose/everybody';
import { ModelError } from '../error';
import type { InputScale } from '../network';
import { bytesOf, type WeightsFile } from '../weights';

const FORMAT = 'posecade-detector-1';

const OF_A_PERSON: readonly (keyof PersonConfidence)[] = ['box', 'somebody', 'quality', 'offset', 'threshold'];

/** The score of a box, the probability that a person is there: logistic(slope * logit + offset), fitted on images held out of training. */
interface BoxConfidence {
  readonly slope: number;
  readonly offset: number;
}

export interface DetectorContract {
  readonly format: typeof FORMAT;
  /** Side of the square input, pixels; the image is centred in it, on black. */
  readonly input: InputScale & { readonly size: number };
  /** The map: cells per side, input pixels per cell. */
  readonly map: { readonly cells: number; readonly stride: number };
  /** Confidence of a box and, once the joints in it are known, of a person. */
  readonly confidence: BoxConfidence & EverybodyConfidence;
  readonly weights: WeightsFile;
}

/** Checks parsed JSON against what this code can run. Throws a ModelError 'contract-mismatch' that says what differs. */
export function checkContract(json: unknown): DetectorContract {
  const contract = json as DetectorContract;
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new ModelError('contract-mismatch', `this code cannot run the detector: ${what}`);
  };
  demand(contract?.format === FORMAT, `its format is ${JSON.stringify(contract?.format)}, not "${FORMAT}"`);
  const { input, map, confidence, weights } = contract;
  demand(Boolean(input && map && confidence && weights), 'a section of contract.json is missing');
  demand(input.size === map.cells * map.stride, `${map.cells} cells of ${map.stride} px do not fill ${input.size} px`);
  demand(
    Number.isFinite(input.mean) && input.std > 0 && Number.isFinite(input.std),
    'input.mean and input.std must be finite, and std positive',
  );
  demand(confidence.slope > 0 && Number.isFinite(confidence.slope), 'confidence.slope must be positive');
  demand(Number.isFinite(confidence.offset), 'confidence.offset must be a number');
  for (const fit of [confidence.person, confidence.flipTest])
    for (const part of OF_A_PERSON) demand(Number.isFinite(fit?.[part]), `the fit of a person's score has no ${part}`);
  demand(Array.isArray(weights.specs), 'it lists no weights');
  const bytes = bytesOf(weights.specs);
  demand(bytes === weights.bytes, `its tensors take ${bytes} bytes, its file ${weights.bytes}`);
  return contract;
}
