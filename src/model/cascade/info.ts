import type { ModelInfo } from '../model-info';
import type { Contract } from './contract';

/** What a cascade says about itself. gmac: multiply-accumulates for one person, in 1e9. */
export function infoOf({ input, coarse, fine, weights }: Contract, gmac: number): ModelInfo {
  return {
    name: `cascade ${weights.sha256.slice(0, 8)}`,
    input: input.size,
    stages: {
      pyramid: [input.size, input.size / 2, input.size / 4],
      coarse: { size: coarse.cells, stride: coarse.stride },
      fine: { size: fine.cells, stride: fine.stride },
    },
    parameters: weights.parameters,
    gmac,
    bytes: weights.bytes,
  };
}
