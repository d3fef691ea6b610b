import { CASCADE } from './cascade/cascade';
import { ModelError } from './error';
import type { Architecture, PoseModelSpec } from './pose-model';

/** Every kind of network that can run. */
const ARCHITECTURES: readonly Architecture[] = [CASCADE];

/** contract: contract.json, parsed. Throws a ModelError 'contract-mismatch' if no architecture recognises it. */
export function readPoseModel(contract: unknown): PoseModelSpec {
  const format = (contract as { readonly format?: unknown } | null)?.format;
  const architecture = ARCHITECTURES.find((one) => one.format === format);
  if (!architecture) {
    const known = ARCHITECTURES.map((one) => `"${one.format}"`).join(', ');
    throw new ModelError('contract-mismatch', `the format of the model is ${JSON.stringify(format)}, not one of ${known}`);
  }
  return architecture.read(contract);
}
